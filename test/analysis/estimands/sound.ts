import { expect } from 'vitest';
import type { PlanResults } from '../../../analysis/estimands/results.ts';
import { checkResults } from '../../../server/analyses/results.ts';

/** Every row has numbers or a reason, no number is NaN or infinite, and the file keeps to its schema through JSON. */
export function sound(results: PlanResults): PlanResults {
  expect(checkResults(results).error?.issues ?? []).toEqual([]);
  const text = JSON.stringify(results, (_, value) => {
    if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
    return value;
  });
  expect(JSON.parse(text)).toEqual(results);
  for (const row of results.rows) {
    const said = JSON.stringify(row);
    if (row.estimate === null && row.p === null) expect(row.reason, said).toMatch(/\.$/);
    // R and spreadsheets would read these words as numbers.
    expect(row.method, said).not.toMatch(/NaN|Infinity/);
  }
  for (const note of results.analyses.flatMap(({ notes }) => notes)) expect(note).not.toMatch(/NaN|Infinity/);
  return results;
}
