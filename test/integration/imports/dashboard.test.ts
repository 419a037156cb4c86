import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ResultRow } from '../../../analysis/index.ts';
import { importMapping } from '../../../server/imports/contract.ts';
import { runImport } from '../../../server/imports/run.ts';
import type { Dashboard } from '../../../server/results/contract.ts';
import { answerFor } from '../../../server/results/kept.ts';
import { reference, relativeError } from '../../reference/read.ts';
import { type TestServices, testServices } from '../../setup/services.ts';

/**
 * The dashboard of the Beat the Blues trial. Its data aren’t shipped: the file here is made up, with as many
 * responders of as many seen (Proudfoot et al., Br J Psychiatry 2004;185:46–54, data set BtheB of the R package
 * HSAUR). EQUIPOISE_BTHEB names the real file, if there is one, whose counts are the same.
 */
const PUBLISHED: Record<string, Record<string, string>> = {
  btheb: { m2: '16/52', m3: '18/37', m5: '17/29', m8: '19/27' },
  tau: { m2: '9/45', m3: '12/36', m5: '11/29', m8: '12/25' },
};
const real = process.env.EQUIPOISE_BTHEB;
const visits: Record<string, string> = { m2: 'bdi.2m', m3: 'bdi.3m', m5: 'bdi.5m', m8: 'bdi.8m' };
const arms: Record<string, string> = { btheb: 'BtheB', tau: 'TAU' };

let given: TestServices;
let rows: ResultRow[];
beforeAll(async () => {
  given = await testServices({ study: 'beat-the-blues' });
  const mapping = importMapping.parse(
    parse(await readFile('data/studies/beat-the-blues.mapping.yaml', 'utf8')),
  );
  const text = await readFile(real ?? 'test/reference/btheb-shaped.csv', 'utf8');
  const report = await runImport(given.services, await given.callerFor('data-manager'), text, mapping, {
    dryRun: false,
    file: 'btheb.csv',
  });
  expect(report).toMatchObject({ participants: 100, refusedTotal: 0, written: true });
  const question = { what: 'rows', query: { population: 'all-randomised' } } as const;
  const { body } = await answerFor(given.services, await given.callerFor('statistician'), question);
  ({ rows } = JSON.parse(Buffer.from(body).toString()) as { rows: ResultRow[] });
});
afterAll(() => given?.close());

test('responders of those seen are as many as in the published data', () => {
  const found: Record<string, Record<string, string>> = { btheb: {}, tau: {} };
  for (const row of rows)
    if (row.outcome === 'response' && row.measure === 'proportion' && row.missing === 'observed')
      found[row.arm!]![row.visit] = `${row.numerator}/${row.denominator}`;
  expect(found).toEqual(PUBLISHED);
});

test('the flow ends in the primary analysis of the protocol, which is of those with a score at 2 months', async () => {
  // 97 of the 100 have a BDI at 2 months, 52 of Beat the Blues and 45 of treatment as usual (`bdi.2m` of the file).
  const question = {
    what: 'dashboard',
    query: { population: 'all-randomised', missing: 'non-response', layout: 'wide' },
  } as const;
  const { body } = await answerFor(given.services, await given.callerFor('statistician'), question);
  const { flow, charts } = JSON.parse(Buffer.from(body).toString()) as Dashboard;
  expect(flow.arms.map(({ arm, cells }) => [arm, cells.at(-1)!.count, cells.at(-1)!.note])).toEqual([
    ['btheb', 52, '0 excluded'],
    ['tau', 45, '3 excluded'],
  ]);
  expect(charts.find(({ id }) => id === 'consort')!.description).toContain('45 analysed');
});

test('shares, differences and their intervals are R’s', () => {
  const r = reference('dashboard').btheb;
  let compared = 0;
  for (const row of rows) {
    if (row.outcome !== 'response') continue;
    const known = (row.measure === 'proportion' ? r.response : r.difference).find(
      (one: Record<string, unknown>) =>
        one.visit === visits[row.visit] && one.arm === arms[row.arm!] && one.missing === row.missing,
    );
    for (const key of ['estimate', 'lower', 'upper'] as const)
      expect(relativeError(row[key], known[key]), `${JSON.stringify(row)} ${key}`).toBeLessThan(1e-9);
    if (row.numerator !== null)
      expect([row.numerator, row.denominator]).toEqual([known.numerator, known.denominator]);
    compared++;
  }
  // Two rules at four visits: two shares and a difference each.
  expect(compared).toBe(24);
});

test.skipIf(real !== undefined)('mean changes and their intervals are R’s', () => {
  const changes = rows.filter((row) => row.measure === 'mean-change');
  expect(changes).toHaveLength(8);
  for (const row of changes) {
    const known = reference('dashboard').btheb.change.find(
      (one: Record<string, unknown>) => one.visit === visits[row.visit] && one.arm === arms[row.arm!],
    );
    expect(row.denominator).toBe(known.n);
    for (const key of ['estimate', 'lower', 'upper'] as const)
      expect(relativeError(row[key], known[key]), `${row.visit} ${row.arm} ${key}`).toBeLessThan(1e-9);
  }
});
