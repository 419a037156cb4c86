import { readFile } from 'node:fs/promises';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeLong } from '../../../server/exports/write.ts';
import { importMapping } from '../../../server/imports/contract.ts';
import { runImport } from '../../../server/imports/run.ts';
import { type TestServices, testServices } from '../../setup/services.ts';
import { Collector } from './collector.ts';

/**
 * Made up, in the shape of the BtheB data set of the R package HSAUR. Response is a BDI at most half of bdi.pre; counted
 * by hand, as responders of those with a BDI at the visit:
 *
 *   BtheB   2: 20 → 10 yes,  9 yes,  NA,     20 no
 *           4: 30 → 16 no,   15 yes, 15 yes, NA
 *           6: 11 →  6 no,    5 yes,  5 yes,  5 yes
 *           8: 40 → NA,      NA,     NA,     NA
 *   TAU     1: 29 →  2 yes,   2 yes,  NA,     NA
 *           3: 25 → 20 no,   NA,     NA,     NA
 *           5: 26 → 13 yes,  14 no,  12 yes, 26 no
 *           7: 10 →  0 yes,   6 no,   5 yes, 40 no
 */
const FILE = `"id","drug","length","treatment","bdi.pre","bdi.2m","bdi.3m","bdi.5m","bdi.8m"
1,"No",">6m","TAU",29,2,2,,
2,"Yes",">6m","BtheB",20,10,9,,20
3,"Yes","<6m","TAU",25,20,NA,NA,NA
4,"No",">6m","BtheB",30,16,15,15,
5,"Yes",">6m","TAU",26,13,14,12,26
6,"Yes","<6m","BtheB",11,6,5,5,5
7,"No","<6m","TAU",10,0,6,5,40
8,"No",">6m","BtheB",40,,,,
`;
const RESPONSE = {
  btheb: { m2: [1, 3], m3: [3, 3], m5: [2, 2], m8: [1, 2] },
  tau: { m2: [3, 4], m3: [1, 3], m5: [2, 2], m8: [0, 2] },
};

let given: TestServices;
beforeAll(async () => {
  given = await testServices({ study: 'beat-the-blues' });
});
afterAll(() => given?.close());

test('the shipped study and mapping take the file, and the long export gives each arm’s response', async () => {
  const caller = await given.callerFor('data-manager');
  const mapping = importMapping.parse(
    parse(await readFile('data/studies/beat-the-blues.mapping.yaml', 'utf8')),
  );
  const report = await runImport(given.services, caller, FILE, mapping, { dryRun: false, file: 'btheb.csv' });
  // Eight people, five forms each; an empty cell and NA are both the missing code “unknown”.
  expect(report).toEqual({
    rows: 8,
    participants: 8,
    answers: 40,
    refused: [],
    queries: 0,
    refusedTotal: 0,
    written: true,
  });

  const sink = new Collector();
  const written = await writeLong(given.services, caller, sink);
  const rows = parseCsv(sink.text, { columns: true }) as Record<string, string>[];
  // An answer and a score for each form.
  expect(rows).toHaveLength(80);
  expect(written).toEqual({ rows: 80, participants: 8 });

  const scores = rows.filter((row) => row.kind === 'score' && row.value !== '');
  const baseline = new Map(
    scores.filter((row) => row.visit === 'baseline').map((row) => [row.participant, Number(row.value)]),
  );
  const found: Record<string, Record<string, number[]>> = {};
  for (const { arm, visit, participant, value } of scores) {
    if (visit === 'baseline') continue;
    const [responders, assessed] = found[arm!]?.[visit!] ?? [0, 0];
    const responded = Number(value) <= baseline.get(participant!)! / 2;
    found[arm!] = { ...found[arm!], [visit!]: [responders! + (responded ? 1 : 0), assessed! + 1] };
  }
  expect(found).toEqual(RESPONSE);

  // By hand: two of participant 1, one of 2, three of 3, one of 4, four of 8.
  const missing = rows.filter((row) => row.missing !== '');
  expect(missing.filter((row) => row.kind === 'answer').map((row) => row.missing)).toEqual(
    Array(11).fill('unknown'),
  );
  expect(missing.filter((row) => row.kind === 'score').map((row) => row.missing)).toEqual(
    Array(11).fill('not-computed'),
  );
  expect(new Set(rows.map((row) => row.randomised_on))).toEqual(new Set(['2000-01-03']));
});

test('the same file again changes nothing', async () => {
  const caller = await given.callerFor('data-manager');
  const mapping = importMapping.parse(
    parse(await readFile('data/studies/beat-the-blues.mapping.yaml', 'utf8')),
  );
  expect(await runImport(given.services, caller, FILE, mapping, { dryRun: false })).toMatchObject({
    rows: 8,
    participants: 0,
    answers: 0,
    queries: 0,
    refusedTotal: 0,
  });
});
