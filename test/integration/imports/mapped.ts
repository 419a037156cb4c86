import { type ImportMapping, importMapping } from '../../../server/imports/contract.ts';

export type Given = Parameters<typeof importMapping.parse>[0] & object;

/** Columns of the small trial's files: ID, sex, age, days, arm. Answers are added by each test. */
export function mapping(more: Given = {}): ImportMapping {
  return importMapping.parse({
    participant: { column: 'id' },
    screenedOn: { column: 'screened' },
    randomisedOn: { column: 'randomised' },
    arm: { column: 'arm', codes: { A: 'walking', B: 'waiting' } },
    screening: [
      { field: 'sex', column: 'sex', codes: { f: 'female', m: 'male' } },
      { field: 'age', column: 'age' },
    ],
    ...more,
  });
}

/** The nine scored items of PHQ-9 at a visit, in columns such as `b1` to `b9`. */
export const phq9 = (visit: string, prefix: string) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((item) => ({
    column: `${prefix}${item}`,
    visit,
    instrument: 'phq9',
    item: String(item),
    missing: { '-9': 'refused' },
  }));

/** A CSV from lines, with line ends as RFC 4180 has them. */
export const csv = (...lines: string[]): string => lines.map((line) => `${line}\r\n`).join('');
