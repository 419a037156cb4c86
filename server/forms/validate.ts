import { judgeAnswers, progress, type Surroundings } from '../instruments/rules.ts';
import type { Study } from '../studies/study.ts';
import type { ItemValues } from './contract.ts';
import type { Judged } from './judge.ts';
import type { Place } from './place.ts';

interface Problem {
  path: string;
  message: string;
}

/**
 * What can't be kept even in a form that is being entered: items that don't exist, codes that aren't known, days that
 * no calendar has. A number may be out of range while it is typed, an answer may be to an item that applies no longer,
 * and checks may fail; all of that stands against completing the form.
 */
export function problemsOfDraft(study: Study, { instrument }: Place, values: ItemValues): Problem[] {
  const items = new Map(instrument.items.map((item) => [item.id, item]));
  const isTyped = (id: string | null): boolean => {
    const answer = values[id ?? '']!;
    const kind = items.get(id ?? '')?.kind;
    return (kind === 'number' || kind === 'slider') && 'value' in answer && typeof answer.value === 'number';
  };
  return judgeAnswers(instrument, values, study.document.missing)
    .filter(({ kind, item }) => kind === 'impossible' && !isTyped(item))
    .map(({ item, message }) => ({ path: `values.${item}`, message }));
}

/**
 * What stands against completing the form: blanks, impossible values, hard checks, no date, and no reason outside the
 * window or for what is unusual.
 */
export function problemsOfCompletion(
  { instrument }: Place,
  form: Pick<Judged, 'values' | 'assessedOn' | 'late' | 'lateReason' | 'reasons' | 'findings'>,
  around: Surroundings,
): Problem[] {
  const problems: Problem[] = [];
  if (form.assessedOn === null)
    problems.push({ path: 'assessedOn', message: 'The date of assessment is missing.' });
  if (form.late !== null && (form.lateReason ?? '').length < 3)
    problems.push({
      path: 'lateReason',
      message: `The assessment was ${form.late} the window: give a reason.`,
    });
  const { blank } = progress(instrument, form.values, around);
  for (const item of instrument.items)
    if (blank.includes(item.id))
      problems.push({
        path: `values.${item.id}`,
        message: `${item.label} has no answer. Score it, or choose why it is missing.`,
      });
  for (const { kind, item, key, message } of form.findings)
    if (kind === 'impossible')
      problems.push({ path: item === null ? 'assessedOn' : `values.${item}`, message });
    else if (form.reasons[key] === undefined) problems.push({ path: `reasons.${key}`, message });
  return problems;
}
