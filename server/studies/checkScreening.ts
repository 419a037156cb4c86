import type { Finding } from '../documents/parse.ts';
import { oneOf, repeats } from '../documents/repeats.ts';
import type { StudyDocument } from './document.ts';

/** Screening fields, and the eligibility criteria that a field settles. */
export function checkScreening({ screening: { fields }, eligibility }: StudyDocument): Finding[] {
  const findings = [
    ...repeats(fields, ['screening', 'fields'], 'id'),
    ...repeats(eligibility, ['eligibility'], 'id'),
  ];
  for (const [index, field] of fields.entries()) {
    const path = ['screening', 'fields', index];
    if (field.kind === 'choice') findings.push(...repeats(field.options, [...path, 'options'], 'value'));
    else if (field.min >= field.max) {
      findings.push({
        path: [...path, 'max'],
        message: `Found ${field.max}; expected more than min, ${field.min}.`,
      });
    }
  }
  const numeric = fields.filter(({ kind }) => kind === 'number').map(({ id }) => id);
  for (const [index, { field, from, to }] of eligibility.entries()) {
    const path = ['eligibility', index];
    const bounded = from !== undefined || to !== undefined;
    if (field === undefined) {
      if (bounded)
        findings.push({ path, message: 'Found from or to without the field that they are about.' });
      continue;
    }
    if (!numeric.includes(field)) {
      findings.push({
        path: [...path, 'field'],
        message: `Found “${field}”; expected a number field of screening: ${oneOf(numeric)}.`,
      });
    }
    if (!bounded) {
      findings.push({
        path: [...path, 'field'],
        message: `Found “${field}” without from or to; expected at least one of them.`,
      });
    }
    if (from !== undefined && to !== undefined && to < from) {
      findings.push({ path: [...path, 'to'], message: `Found ${to}; expected at least from, ${from}.` });
    }
  }
  return findings;
}
