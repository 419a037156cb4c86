import { checkValues } from '../instruments/rules.ts';
import type { Study } from '../studies/study.ts';
import type { ItemValues } from './contract.ts';
import type { Place } from './place.ts';
import { blanks } from './rules.ts';

interface Problem {
  path: string;
  message: string;
}

/**
 * What can't be kept even in a form that is being entered: items that don't exist, codes that aren't known, days that
 * no calendar has. A number may be out of range while it is typed; it stands against completing the form.
 */
export function problemsOfDraft(study: Study, { instrument }: Place, values: ItemValues): Problem[] {
  const items = new Map(instrument.items.map((item) => [item.id, item]));
  const isTyped = (id: string): boolean => {
    const answer = values[id]!;
    return items.get(id)?.kind === 'number' && 'value' in answer && typeof answer.value === 'number';
  };
  return checkValues(instrument, values, study.document.missing)
    .filter(({ kind, item }) => kind === 'impossible' && !isTyped(item))
    .map(({ item, message }) => ({ path: `values.${item}`, message }));
}

/** What stands against completing the form: blanks, impossible values, no date, no reason outside the window. */
export function problemsOfCompletion(
  study: Study,
  { instrument }: Place,
  form: {
    values: ItemValues;
    assessedOn: string | null;
    late: 'before' | 'after' | null;
    lateReason: string | null;
  },
): Problem[] {
  const problems: Problem[] = [];
  if (form.assessedOn === null)
    problems.push({ path: 'assessedOn', message: 'The date of assessment is missing.' });
  if (form.late !== null && (form.lateReason ?? '').length < 3)
    problems.push({
      path: 'lateReason',
      message: `The assessment was ${form.late} the window: give a reason.`,
    });
  for (const item of blanks(instrument.items, form.values))
    problems.push({
      path: `values.${item.id}`,
      message: `${item.label} has no answer. Score it, or choose why it is missing.`,
    });
  for (const finding of checkValues(instrument, form.values, study.document.missing))
    if (finding.kind === 'impossible')
      problems.push({ path: `values.${finding.item}`, message: finding.message });
  return problems;
}
