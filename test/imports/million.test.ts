import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importMapping } from '../../server/imports/contract.ts';
import { runImport } from '../../server/imports/run.ts';
import { countRows } from '../setup/count.ts';
import { type TestServices, testServices } from '../setup/services.ts';

const ROWS = 1_000_000;
let one: TestServices;
beforeAll(async () => {
  one = await testServices({ study: 'beat-the-blues' });
});
afterAll(() => one?.close());

/** A file of a million rows whose participant IDs belong to no site, a thousand rows at a time. */
function* file(): Generator<string> {
  yield 'id,pre\n';
  for (let begin = 1; begin <= ROWS; begin += 1000)
    yield Array.from({ length: 1000 }, (_, index) => `XX-${begin + index},30\n`).join('');
}

test('a million rows are read to the end: the first thousand refusals are listed, all are counted, nothing is written', async () => {
  const before = await countRows(one.services);
  const caller = await one.callerFor('data-manager');
  const mapping = importMapping.parse({
    participant: { column: 'id' },
    answers: [{ column: 'pre', visit: 'baseline', instrument: 'bdi-total', item: 'total' }],
  });
  const heap = process.memoryUsage().heapUsed;
  const report = await runImport(one.services, caller, Readable.from(file()), mapping, { dryRun: false });
  expect(report).toMatchObject({ rows: ROWS, written: false });
  expect(report.refused).toHaveLength(1000);
  expect(report.refusedTotal).toBeGreaterThanOrEqual(ROWS);
  expect(report.refused[0]).toMatchObject({ row: 2, column: 'id', cell: 'XX-1' });
  expect(process.memoryUsage().heapUsed - heap).toBeLessThan(700 * 2 ** 20);
  expect(await countRows(one.services)).toEqual(before);
}, 120_000);
