import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { isReading } from '../../server/instruments/kinds.rules.ts';
import { t } from '../language/t.ts';
import { answerInWords } from './answer.ts';
import { REASON } from './difference.ts';
import type { Step } from './history.ts';

const heads: Record<string, string> = {
  assessedOn: t('Date of assessment'),
  lateReason: t('Reason for the date'),
};

/** The number that an item bears on the sheet; headings and words to read bear none. */
export function itemNumber(instrument: InstrumentDocument, id: string): number | null {
  const numbered = instrument.items.filter((item) => !isReading(item));
  const at = numbered.findIndex((item) => item.id === id);
  return at < 0 ? null : at + 1;
}

/** A field as the sheet names it: "5 Insomnia late", or "Date of assessment" above the items. */
export function fieldName(instrument: InstrumentDocument, field: string): string {
  const item = instrument.items.find(({ id }) => id === field);
  if (field.startsWith(REASON))
    return t('Reason: {fieldName}', { fieldName: fieldName(instrument, field.slice(REASON.length)) });
  if (!item) return heads[field] ?? field;
  const number = itemNumber(instrument, field);
  return number === null ? item.label : `${number} ${item.label}`;
}

/** A change in words: "5 Insomnia late: blank → 2"; of several fields the first and how many more. */
export function stepInWords(
  instrument: InstrumentDocument,
  missing: readonly { code: string; label: string }[],
  step: Step,
): string {
  const first = step[0];
  if (!first) return '';
  const item = instrument.items.find(({ id }) => id === first.field);
  const [was, is] = [first.before, first.after].map((value) => {
    if (value === null) return 'blank';
    if (!item) return 'value' in value ? String(value.value) : '';
    const words = answerInWords(item, value, missing, item.kind === 'choice' ? 'short' : 'full');
    return words.length > 40 ? `${words.slice(0, 39)}…` : words;
  });
  const more = step.length > 1 ? t(', and {step} more', { step: step.length - 1 }) : '';
  return `${fieldName(instrument, first.field)}: ${was} → ${is}${more}`;
}
