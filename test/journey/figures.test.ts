import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Dashboard, resultRow } from '../../server/results/contract.ts';
import { reference, relativeError } from '../reference/read.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { isAxis, type Person, people, untraced, wordsOf, writtenOf } from './trace.ts';

/** The demonstration’s dashboard: every number on it comes from the analysis, and the analysis agrees with R. */

type Row = z.infer<typeof resultRow>;
const NAMES = ['HAM-D17', 'CGI-S', '3 months', '12 months', '95% CI', 'At least 50% fall'];
const arms: Record<string, string> = { ipt: 'IPT', pegt: 'PeGT', tau: 'TAU' };
const scores = people();
const count = (arm: string, key: keyof Person) =>
  scores.filter((one) => one.arm === arm && one[key] !== '').length;

let place: Place;
let rows: Row[];
let boards: Dashboard[];
let wide: Record<string, string>[];

beforeAll(async () => {
  place = await demonstration();
  const cookie = await place.signIn('investigator');
  const ask = async (path: string) => {
    const reply = await fetch(`${place.server.url}/api/studies/ipt-depression/${path}`, {
      headers: { cookie },
    });
    expect(reply.status, path).toBe(200);
    return reply;
  };
  ({ rows } = (await (await ask('results/rows')).json()) as { rows: Row[] });
  boards = [];
  for (const query of ['', '?missing=non-response'])
    boards.push((await (await ask(`results${query}`)).json()) as Dashboard);
  wide = parse(await (await ask('exports/wide.csv')).text(), { columns: true }) as Record<string, string>[];
}, 240_000);
afterAll(() => place?.close());

test('the scores that R had are the ones that are exported', () => {
  const exported = wide
    .filter((row) => row.randomised_on !== '')
    .map((row) => ({
      participant: row.participant,
      arm: row.arm,
      started: row['event.treatment-start'] === '' ? '' : 'yes',
      baseline: row['baseline.hamd17.total'],
      m3: row['m3.hamd17.total'],
      m12: row['m12.hamd17.total'],
    }))
    .sort((a, b) => (a.participant! < b.participant! ? -1 : 1));
  expect(
    exported,
    'test/reference/demonstration.csv is of other data: make it and dashboard.json again',
  ).toEqual(scores);
});

test('response, differences and mean changes are R’s, with their intervals', () => {
  const r = reference('dashboard').demonstration;
  const groups = { proportion: r.response, 'risk-difference': r.difference, 'mean-change': r.change };
  const own = rows.filter(({ outcome }) => ['response', 'hamd-change'].includes(outcome));
  let compared = 0;
  for (const row of own) {
    const known = groups[row.measure].find(
      (one: Row) =>
        one.visit === row.visit &&
        one.arm === row.arm &&
        (one.versus ?? null) === row.versus &&
        (row.measure === 'mean-change' || one.missing === row.missing),
    );
    expect(known, JSON.stringify(row)).toBeDefined();
    for (const key of ['estimate', 'lower', 'upper'] as const)
      expect(relativeError(row[key], known[key]), `${JSON.stringify(row)} ${key}`).toBeLessThan(1e-9);
    if (row.measure === 'proportion')
      expect([row.numerator, row.denominator]).toEqual([known.numerator, known.denominator]);
    compared++;
  }
  // Two visits: three shares and three differences under two rules, and three changes.
  expect(compared).toBe(2 * (6 * 2 + 3));
});

test('a number that is none of the analysis is named', () => {
  const phrases = writtenOf(rows, (id) => arms[id]!);
  expect(untraced('IPT 16/38 (42%), interval 28% to 58%', phrases)).toEqual([]);
  expect(untraced('IPT 17/38 (45%), interval 28% to 58%', phrases)).toEqual([
    '17',
    '38',
    '45%',
    '28%',
    '58%',
  ]);
  expect(isAxis(['0', '−20', '+20', '7'])).toBe(false);
});

describe.each([0, 1])('the dashboard, rule for missing scores %i', (at) => {
  test('every number of its outcome charts is one of the analysis, or an axis', () => {
    const board = boards[at]!;
    const missing = at === 0 ? 'observed' : 'non-response';
    const phrases = writtenOf(
      rows.filter((row) => row.missing === missing || row.measure === 'mean-change'),
      (id) => arms[id]!,
    );
    const baseline = Object.keys(arms).map((arm) => `${count(arm, 'baseline')}`);
    for (const chart of board.charts) {
      if (!['response', 'risk-difference', 'mean-change'].includes(chart.id)) continue;
      const known = [...phrases, ...NAMES, ...(chart.id === 'mean-change' ? baseline : [])];
      const comparisons = `${chart.table.rows.length} comparisons`;
      expect(untraced(`${chart.title}. ${chart.subtitle}.`, known), chart.id).toEqual([]);
      expect(untraced(chart.description, [...known, comparisons]), chart.id).toEqual([]);
      for (const svg of [chart.light, chart.dark]) {
        const left = wordsOf(svg).flatMap((word) => untraced(word, known));
        expect(isAxis(left), `${chart.id}: ${left.join(' ')}`).toBe(true);
      }
    }
  });

  test('every count of the flow is one of the data', () => {
    const { flow, charts } = boards[at]!;
    expect(flow.randomised).toBe(scores.length);
    expect(flow.assessed! - flow.excluded!).toBeGreaterThanOrEqual(flow.randomised!);
    expect(flow.excludedReasons.reduce((sum, reason) => sum + reason.count, 0)).toBe(flow.excluded);
    for (const { arm, cells } of flow.arms) {
      const [allocated, seen3, seen12] = (['participant', 'm3', 'm12'] as const).map((key) =>
        count(arm!, key),
      );
      // The primary analysis of the protocol counts everybody, whatever rule the figures follow.
      const counts = [allocated, count(arm!, 'started'), seen3, seen12, allocated];
      expect(cells.map((cell) => [cell.count, cell.of])).toEqual(counts.map((one) => [one, allocated]));
      // What stands under each count adds up to what is not in it.
      for (const { note, count: there, of } of cells)
        expect(
          (note.match(/\d+/g) ?? []).reduce((sum, one) => sum + Number(one), 0),
          note,
        ).toBe(Number(of) - Number(there));
    }
    const { description } = charts.find(({ id }) => id === 'consort')!;
    const lost = [...description.matchAll(/(\d+) not assessed \(([^)]*)\)/g)];
    expect(lost).toHaveLength(6);
    for (const [, all, reasons] of lost)
      expect((reasons!.match(/\d+/g) ?? []).reduce((sum, one) => sum + Number(one), 0)).toBe(Number(all));
  });

  test('completeness counts the scores of the data, of those due', () => {
    for (const row of boards[at]!.completeness) {
      expect(row.count).toBeLessThanOrEqual(row.of);
      if (!row.label.startsWith('HAM-D17')) continue;
      const key = row.label.endsWith('12 months') ? 'm12' : 'm3';
      expect(row.count).toBe(scores.filter((one) => one[key] !== '').length);
      expect(row.of).toBeLessThanOrEqual(scores.length);
    }
  });

  test('recruitment says how many were randomised, and by when', () => {
    const { description, light } = boards[at]!.charts.find(({ id }) => id === 'recruitment')!;
    const last = wide
      .map((row) => row.randomised_on!)
      .sort()
      .at(-1)!;
    expect(description).toContain(`${scores.length} of 134 randomised`);
    expect(description).toContain(`${Number(last.slice(8))} `);
    expect(wordsOf(light)).toContain(`${scores.length}`);
  });
});
