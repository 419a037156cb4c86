import type { StudyView } from '../../../server/studies/contract.ts';
import { fieldInWords, stateInWords } from '../../language/recordWords.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { roleLabel } from '../../session.ts';
import { appointment, fullDay, fullStamp } from '../../time.ts';
import { instrumentShort, itemPlace, siteName, visitLabel } from '../naming.ts';

export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/**
 * The fields in which two states differ, in the words of the page and of the study; a state that isn’t an object is
 * one field without a name. What people wrote stays as they wrote it.
 * @param instrument of the form that changed, by whose items answers are called
 */
export function changesOf(
  before: unknown,
  after: unknown,
  study?: StudyView,
  instrument?: string,
): FieldChange[] {
  const of: Of = { study, instrument };
  if (!isObject(before) && !isObject(after)) {
    return before === null && after === null
      ? []
      : [{ field: '', before: inWords(before, 'status', of), after: inWords(after, 'status', of) }];
  }
  const [first, second] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(first), ...Object.keys(second)])]
    .filter((field) => JSON.stringify(first[field]) !== JSON.stringify(second[field]))
    .map((field) => ({
      field: fieldInWords(field),
      before: inWords(first[field], field, of),
      after: inWords(second[field], field, of),
    }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fields whose text is one of few that the server knows, not what somebody wrote. */
const coded = new Set(
  `attendance category choice continues dataState done expectedness fields inForce kind level outcome parts relatedness
  serious severity source state status stops`.split(/\s+/),
);
/** Fields that hold what the protocol names, and its list of them. */
const named = { event: 'events', lossReason: 'lossReasons', arm: 'arms' } as const;

interface Of {
  study: StudyView | undefined;
  instrument: string | undefined;
}

/** What stands under a field, as the protocol or the form calls it. */
function keyInWords(key: string, field: string, { study, instrument }: Of): string {
  if (field === 'answers' && instrument !== undefined) {
    const { number, label } = itemPlace(study, instrument, key);
    return number > 0 ? `${number} ${label}` : fieldInWords(key);
  }
  const lists: Record<string, readonly { id: string; label?: string; text?: string }[] | undefined> = {
    values: study?.document.screening.fields,
    criteria: study?.document.eligibility,
    ratings: study?.document.fidelity,
  };
  const one = lists[field]?.find(({ id }) => id === key);
  return one?.label ?? one?.text ?? fieldInWords(key);
}

function inWords(value: unknown, field: string, of: Of): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value)) return value.map((one) => inWords(one, field, of) ?? '–').join(', ');
  if (isObject(value)) {
    const entries = Object.entries(value);
    if (entries.length === 1 && 'value' in value) return inWords(value.value, field, of);
    return entries
      .map(([key, one]) => `${keyInWords(key, field, of)}: ${inWords(one, key, of) ?? '–'}`)
      .join('; ');
  }
  return typeof value === 'string' ? textInWords(value, field, of) : String(value);
}

function textInWords(text: string, field: string, { study }: Of): string {
  if (field === 'fields' && text !== 'all') return fieldInWords(text);
  const asked = study?.document.screening.fields.find(({ id }) => id === field);
  const option = asked?.kind === 'choice' ? asked.options.find(({ value }) => value === text) : undefined;
  if (option) return option.label;
  if (field === 'visit') return said(visitLabel(study, text));
  if (field === 'instrument') return instrumentShort(study, text);
  if (field === 'site') return siteName(study, text);
  if (field === 'role' && Object.hasOwn(roleLabel, text)) return roleLabel[text as keyof typeof roleLabel];
  if (field === 'label' || field === 'meaning') return said(text);
  if (Object.hasOwn(named, field)) {
    const list: readonly { id: string; label?: string; name?: string }[] =
      study?.document[named[field as keyof typeof named]] ?? [];
    const one = list.find(({ id }) => id === text);
    return one?.label ?? one?.name ?? text;
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return fullDay(text);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return appointment(text);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return fullStamp(text);
  return coded.has(field) ? stateInWords(text) : text;
}
