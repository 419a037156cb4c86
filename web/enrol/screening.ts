import type { ScreeningField } from '../../server/studies/document.ts';
import { readNumber } from '../forms/readNumber.ts';

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
  if (typed.trim() === '') return field.kind === 'choice' ? 'Choose one.' : `${field.label} has no value.`;
  if (field.kind === 'choice') return null;
  const number = readNumber(typed);
  if (number === null) return `“${typed}” is not a number.`;
  if (number > field.max) return `${field.label} ${typed} is above the maximum, ${field.max}.`;
  return number < field.min ? `${field.label} ${typed} is below the minimum, ${field.min}.` : null;
}

const storedValue = (field: ScreeningField, typed: string): string | number =>
  field.kind === 'choice' ? typed : (readNumber(typed) ?? Number.NaN);
