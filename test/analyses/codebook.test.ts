import { readFileSync } from 'node:fs';
import { parse as readCsv } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { planDocument } from '../../server/analyses/plan.ts';
import { codebookOf } from '../../server/analyses/runs/codebook.ts';

test('names every column that a plan reads, with its label and the arms’ codes', () => {
  const plan = planDocument.parse(parse(readFileSync('data/plans/beat-the-blues.plan.yaml', 'utf8')));
  const rows = readCsv(codebookOf(plan), { columns: true }) as Record<string, string>[];
  const columns = rows.map(({ column }) => column);
  // The header of the BtheB data set of the R package HSAUR.
  for (const column of ['id', 'treatment', 'bdi.pre', 'bdi.2m', 'bdi.3m', 'bdi.5m', 'bdi.8m'])
    expect(columns).toContain(column);
  expect(rows.find(({ column }) => column === 'treatment')!.codes).toMatch(/BtheB = .+; TAU = .+/);
  expect(rows.every(({ label }) => label !== '')).toBe(true);
});
