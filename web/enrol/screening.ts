import type { ScreeningField } from '../../server/studies/document.ts';
import { readNumber } from '../forms/readNumber.ts';
import { t } from '../language/t.ts';

/** What was typed or chosen for each screening field, by its identifier. */
export type Typed = Record<string, string>;

/** What is wrong with the answers, field by field. */
export function problemsOf(fields: readonly ScreeningField[], typed: Typed): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const problem = problemOf(field, typed[field.id] ?? '');
      return problem ? [[field.id, problem]] : [];
    }),
  );
}

/** The answers as they are stored: an option's value, or a number. */
export const valuesOf = (fields: readonly ScreeningField[], typed: Typed): Record<string, string | number> =>
  Object.fromEntries(fields.map((field) => [field.id, storedValue(field, typed[field.id] ?? '')]));

function problemOf(field: ScreeningField, typed: string): string | null {
  if (typed.trim() === '')
    return field.kind === 'choice' ? t('Choose one.') : t('{label} has no value.', { label: field.label });
  if (field.kind === 'choice') return null;
  const number = readNumber(typed);
  if (number === null) return t('“{typed}” is not a number.', { typed });
  if (number > field.max)
    return t('{label} {typed} is above the maximum, {max}.', { label: field.label, typed, max: field.max });
  return number < field.min
    ? t('{label} {typed} is below the minimum, {min}.', { label: field.label, typed, min: field.min })
    : null;
}

const storedValue = (field: ScreeningField, typed: string): string | number =>
  field.kind === 'choice' ? typed : (readNumber(typed) ?? Number.NaN);
