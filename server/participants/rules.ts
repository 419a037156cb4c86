import type { StudyDocument } from '../studies/document.ts';
import { eligibilityFromScreening, type ScreeningValues } from '../studies/rules.ts';

interface Problem {
  path: string;
  message: string;
}

/** What is wrong with the answers to the study's screening fields: each is required, and nothing else is taken. */
export function problemsOfScreening(
  document: StudyDocument,
  values: Record<string, string | number>,
): Problem[] {
  const { fields } = document.screening;
  const problems: Problem[] = [];
  for (const field of fields) {
    const value = values[field.id];
    const path = `values.${field.id}`;
    if (value === undefined) problems.push({ path, message: `${field.label} has no answer.` });
    else if (field.kind === 'choice') {
      if (!field.options.some((option) => option.value === value))
        problems.push({ path, message: `${field.label}: “${value}” is not one of its answers.` });
    } else if (typeof value !== 'number' || !Number.isFinite(value))
      problems.push({ path, message: `${field.label} must be a number.` });
    else if (value < field.min || value > field.max)
      problems.push({ path, message: `${field.label} ${value} is outside ${field.min} to ${field.max}.` });
  }
  for (const id of Object.keys(values))
    if (!fields.some((field) => field.id === id))
      problems.push({ path: `values.${id}`, message: `The study asks nothing called “${id}” at screening.` });
  return problems;
}

/** Criteria without an answer, or answers to none of the criteria. */
export function problemsOfEligibility(document: StudyDocument, answers: Record<string, boolean>): Problem[] {
  const known = new Set(document.eligibility.map((criterion) => criterion.id));
  const open = document.eligibility.filter((criterion) => answers[criterion.id] === undefined);
  return [
    ...open.map((criterion) => ({
      path: `answers.${criterion.id}`,
      message: `“${criterion.text}” has no answer.`,
    })),
    ...Object.keys(answers)
      .filter((id) => !known.has(id))
      .map((id) => ({ path: `answers.${id}`, message: `The protocol has no criterion “${id}”.` })),
  ];
}

/** Criteria that a screening answer settles, and that were answered otherwise. */
export function contradictions(
  document: StudyDocument,
  screening: ScreeningValues,
  answers: Readonly<Record<string, boolean>>,
): Problem[] {
  const settled = eligibilityFromScreening(document, screening);
  return document.eligibility
    .filter(({ id }) => settled[id] !== undefined && answers[id] !== settled[id])
    .map(({ id, text, field }) => ({
      path: `answers.${id}`,
      message: `“${text}” ${settled[id] ? 'holds' : 'doesn’t hold'}: at screening the answer was ${screening[field!]}.`,
    }));
}
