import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { readOpen } from '../../server/board/contract.ts';
import type { ChartCard, Dashboard, resultRow } from '../../server/results/contract.ts';
import { currentStudy } from '../../server/studies/store.ts';
import type { readWorklist } from '../../server/visits/contract.ts';
import { reference, relativeError } from '../reference/read.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import * as tables from './tables.ts';
import { isAxis, type Person, people, untraced, wordsOf, writtenOf } from './trace.ts';

/** The demonstration’s dashboard: every number on it comes from the analysis, and the analysis agrees with R. */

type BoardReport = z.output<NonNullable<(typeof readOpen)['reply']>>;
type Row = z.infer<typeof resultRow>;
const NAMES = ['HAM-D17', 'CGI-S', '3 months', '12 months', '95% CI', 'At least 50% fall'];
const arms: Record<string, string> = { ipt: 'IPT', pegt: 'PeGT', tau: 'TAU' };
const scores = people();
const count = (arm: string, key: keyof Person) =>
  scores.filter((one) => one.arm === arm && one[key] !== '').length;

let place: Place;
let rows: Row[];
let boards: Dashboard[];
let wide: tables.Row[];
let ask: (path: string) => Promise<Response>;

beforeAll(async () => {
  place = await demonstration();
  const cookie = await place.signIn('investigator');
  ask = async (path) => {
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
  wide = parse(await (await ask('exports/wide.csv')).text(), { columns: true }) as tables.Row[];
}, 240_000);
afterAll(() => place?.close());

test('the scores that R had are the ones that are exported', () => {
  const exported = wide
    .filter((row) => row.randomised_on !== '')
    .map((row) => ({
      participant: row.participant,
      arm: row.arm,
      site: row.site,
      sex: row['screening.sex'],
      age: row['screening.age'],
      started: row['event.treatment-start'] === '' ? '' : 'yes',
      baseline: row['baseline.hamd17.total'],
      m3: row['m3.hamd17.total'],
      m12: row['m12.hamd17.total'],
      cgi: row['baseline.cgi-s.total'],
      sofas: row['baseline.sofas.total'],
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

  test('every count of the flow is one of the data', async () => {
    const { flow, charts } = boards[at]!;
    expect(flow.randomised).toBe(scores.length);
    const reasons = await exclusionsOf(place);
    expect(Object.fromEntries(flow.excludedReasons.map(({ label, count }) => [label, count]))).toEqual(
      reasons,
    );
    const counted = Object.values(reasons).reduce((sum, one) => sum + one, 0);
    expect(flow.excluded).toBe(counted);
    const excludedHere = wide.filter(({ status }) => status === 'excluded').length;
    expect(flow.assessed).toBe(wide.length - excludedHere + counted);
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

  test('completeness counts the scores of the data, of those due, and the queries that are closed', async () => {
    const queries = await queriesOf(place);
    const closed = queries.filter(({ status }) => status === 'closed').length;
    const of = queries.filter(({ status }) => status !== 'cancelled').length;
    expect(boards[at]!.completeness).toEqual([
      ...tables.completeness(randomised(), today()),
      { label: 'Queries closed', count: closed, of },
    ]);
  });

  test('recruitment says how many were randomised, and by when', async () => {
    const { description, light, table } = boards[at]!.charts.find(({ id }) => id === 'recruitment')!;
    const last = wide
      .map((row) => row.randomised_on!)
      .sort()
      .at(-1)!;
    expect(description).toContain(`${scores.length} of 134 randomised`);
    expect(description).toContain(`${Number(last.slice(8))} `);
    expect(wordsOf(light)).toContain(`${scores.length}`);
    const { from, to } = (await protocolOf(place)).recruitment;
    for (const row of table.rows) {
      const day = new Date(`${row.month} UTC`).toISOString().slice(0, 10);
      const planned = (134 * tables.daysFrom(from!, day)) / tables.daysFrom(from!, to!);
      expect(row, day).toEqual({
        month: row.month,
        randomised: randomised().filter((one) => one.randomised_on! <= day).length,
        planned: Math.round(Math.min(134, planned)),
        forecast: null,
        lower: null,
        upper: null,
      });
    }
  });
});

describe('the further charts of the demonstration, counted anew from its export', () => {
  const tableOf = async (chart: string): Promise<ChartCard['table']['rows']> =>
    ((await (await ask(`results/charts/${chart}`)).json()) as ChartCard).table.rows;
  /** As tables write them: to the decimals that they show. */
  const expectRows = (shown: ChartCard['table']['rows'], known: Record<string, unknown>[], decimals = 2) => {
    expect(shown).toHaveLength(known.length);
    for (const [index, row] of shown.entries())
      for (const [name, value] of Object.entries(known[index]!)) {
        const what = `${JSON.stringify(row)} ${name} ${value}`;
        if (typeof value === 'number')
          expect(Math.abs(Number(row[name]) - value), what).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-9);
        else expect(row[name], what).toBe(value);
      }
  };

  test('improvement, courses, distributions and changes of scores', async () => {
    const cumulative = await tableOf('cumulative');
    const thresholds = [...new Set(cumulative.map(({ threshold }) => Number(threshold)))];
    expect(thresholds.length).toBeGreaterThan(3);
    expectRows(cumulative, tables.cumulative(randomised(), thresholds), 1);
    expectRows(await tableOf('trajectories'), tables.trajectories(randomised()));
    expectRows(await tableOf('raincloud'), tables.raincloud(randomised()));
    expectRows(await tableOf('waterfall'), tables.waterfall(randomised()), 1);
    expectRows(await tableOf('items'), tables.items(randomised()));
  });

  test('missing visits, withdrawals, sites, timeliness and the age of queries', async () => {
    const inOrder = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
    expect(inOrder(await tableOf('missing'))).toEqual(inOrder(tables.missing(randomised(), today())));
    expectRows(await tableOf('survival'), tables.survival(randomised(), today()), 1);
    const open = (await queriesOf(place)).filter(({ status }) => !['closed', 'cancelled'].includes(status));
    const bySite = Object.fromEntries(
      ['lohja', 'vihti'].map((site) => [site, open.filter((one) => one.site === site).length]),
    );
    const { from, to } = (await protocolOf(place)).recruitment;
    expectRows(
      await tableOf('sites'),
      tables.sites(randomised(), { from: from!, to: to!, today: today() }, bySite),
      1,
    );
    expectRows(await tableOf('timeliness'), tables.timeliness(randomised()), 1);
    const now = Date.now();
    const ages = open.map(({ site, opened_at }) => ({
      site,
      days: (now - Date.parse(opened_at)) / 86_400_000,
    }));
    for (const row of await tableOf('query-ageing')) {
      const own = ages.filter(({ site }) => site === String(row.site).toLowerCase());
      const between = [0, 7, 14, 28, Infinity];
      const counts = [0, 1, 2, 3].map(
        (band) => own.filter(({ days }) => days >= between[band]! && days < between[band + 1]!).length,
      );
      expect([row.band0, row.band1, row.band2, row.band3, row.total]).toEqual([...counts, own.length]);
    }
  });

  test('subgroups and balance are R’s', async () => {
    const { subgroups, balance } = reference('dashboard').further;
    const shown = (one: { arm: string; versus: string }) => `${arms[one.arm]} − ${arms[one.versus]}`;
    const inOrder = <T extends { comparison: unknown; what: unknown }>(rows: T[]) =>
      rows.sort((a, b) => (`${a.comparison} ${a.what}` < `${b.comparison} ${b.what}` ? -1 : 1));
    const of = (rows: ChartCard['table']['rows'], what: string) =>
      inOrder(
        rows.map((row) => ({ ...row, comparison: row.comparison, what: String(row[what]).toLowerCase() })),
      );
    type R = { arm: string; versus: string; p: number | null; level: string; covariate: string };
    expectRows(
      of(await tableOf('subgroups'), 'level') as ChartCard['table']['rows'],
      inOrder(
        subgroups.map(({ arm, versus, factor: _, level, p, ...row }: R & { factor: string }) => ({
          comparison: shown({ arm, versus }),
          what: level.toLowerCase(),
          ...row,
        })),
      ),
    );
    const ps = (await tableOf('subgroups')).map(({ p }) => p);
    expect(ps).toEqual(subgroups.map(({ p }: R) => (p === null ? null : Math.round(1000 * p) / 1000)));
    const names: Record<string, string> = {
      sex: 'Sex: Female',
      age: 'Age',
      site: 'Site: Lohja',
      hamd: 'HAM-D17 at baseline',
      cgi: 'CGI-S at baseline',
      sofas: 'SOFAS at baseline',
    };
    expectRows(
      of(await tableOf('balance'), 'covariate') as ChartCard['table']['rows'],
      inOrder(
        balance.map(({ arm, versus, covariate, ...row }: R) => ({
          comparison: shown({ arm, versus }),
          what: names[covariate]!.toLowerCase(),
          ...row,
        })),
      ),
      3,
    );
  });

  test('two of the three rates side by side are R’s, and imputing is of everybody', async () => {
    let card: ChartCard;
    do card = (await (await ask('results/charts/missing-rules')).json()) as ChartCard;
    while (card.pending);
    const known: Row[] = reference('dashboard').demonstration.response;
    const visits: Record<string, string> = { m3: '3 months', m12: '12 months' };
    const orderOf = ({ visit, arm }: Row) =>
      10 * Object.keys(visits).indexOf(visit) + Object.keys(arms).indexOf(arm!);
    for (const [rule, missing] of [
      ['Observed', 'observed'],
      ['Non-response', 'non-response'],
    ] as const)
      expectRows(
        card.table.rows.filter((row) => row.rule === rule),
        known
          .filter((row) => row.missing === missing)
          .sort((a, b) => orderOf(a) - orderOf(b))
          .map((row) => ({
            visit: visits[row.visit],
            arm: arms[row.arm!],
            responders: row.numerator,
            of: row.denominator,
            percent: 100 * row.estimate!,
            lower: 100 * row.lower!,
            upper: 100 * row.upper!,
          })),
        1,
      );
    for (const row of card.table.rows.filter(({ rule }) => rule === 'Imputed')) {
      const own = randomised().filter((one) => arms[one.arm!] === row.arm);
      expect(row.of).toBe(own.length);
      // Whoever was seen is counted as seen: imputing adds between none and all of those who were not.
      const [observed] = card.table.rows.filter(
        (one) => one.rule === 'Observed' && one.arm === row.arm && one.visit === row.visit,
      );
      const least = (100 * Number(observed!.responders)) / own.length;
      const most = (100 * (Number(observed!.responders) + own.length - Number(observed!.of))) / own.length;
      expect(Number(row.percent)).toBeGreaterThan(least);
      expect(Number(row.percent)).toBeLessThan(most);
    }
  });
});

test('the worklist’s recruitment is that of the export', async () => {
  const headers = { cookie: await place.signIn('coordinator') };
  const read = await fetch(`${place.server.url}/api/studies/ipt-depression/worklist`, { headers });
  const { recruitment } = (await read.json()) as z.output<NonNullable<(typeof readWorklist)['reply']>>;
  const { target, from, to } = (await protocolOf(place)).recruitment;
  const days = randomised()
    .map((row) => row.randomised_on!)
    .sort();
  const planned = (target * tables.daysFrom(from!, today())) / tables.daysFrom(from!, to!);
  const site = (id: string) => randomised().filter((row) => row.site === id).length;
  expect(recruitment).toMatchObject({
    target,
    randomised: days.length,
    plannedByToday: Math.round(Math.min(target, planned)),
    countedTo: null,
    from,
    to,
    series: [...new Set(days)].map((on) => ({ on, count: days.filter((day) => day <= on).length })),
    sites: [
      { site: 'lohja', randomised: site('lohja') },
      { site: 'vihti', randomised: site('vihti') },
    ],
  });
});

test('every number of the board’s open report is one of the export', async () => {
  const headers = {
    'content-type': 'application/json',
    origin: place.server.url,
    cookie: await place.signIn('statistician'),
  };
  const board = `${place.server.url}/api/studies/ipt-depression/board`;
  const body = JSON.stringify({ key: crypto.randomUUID(), note: 'Traced' });
  const made = await fetch(`${board}/snapshots`, { method: 'POST', headers, body });
  expect(made.status, await made.clone().text()).toBe(200);
  const { number } = (await made.json()) as { number: number };
  const report = (await (
    await fetch(`${board}/snapshots/${number}/open`, { headers })
  ).json()) as BoardReport;
  const all = report.sections.flatMap((section) => section.tables);
  const tableOf = (caption: string) => all.find((table) => table.caption === caption)!.rows;
  const everybody = randomised();
  const of = everybody.length;
  const { sites, lossReasons } = await protocolOf(place);
  expect(tableOf('By site')).toEqual(
    sites.map(({ id, name, target }) => [
      name,
      `${target}`,
      `${everybody.filter(({ site }) => site === id).length}`,
    ]),
  );
  const there = tables.completeness(everybody, today());
  expect(tableOf('Completeness of scores').filter(([label]) => !label!.endsWith('baseline'))).toEqual(
    there.map(({ label, count, of: due }) => [label, tables.share(Number(count), Number(due))]),
  );
  for (const [label, score] of tableOf('Completeness of scores'))
    if (label!.endsWith('baseline')) expect(score).toBe(tables.share(of, of));
  const seen = tables.timeliness(everybody.map((row) => ({ ...row, site: 'lohja' })));
  expect(tableOf('Visits after baseline, when they took place')).toEqual(
    seen
      .filter(({ site }) => site === 'Lohja')
      .map(({ visit, seen: all, outside, median }) => [
        visit,
        tables.share(Number(all) - Number(outside), Number(all)),
        `${median}`,
      ]),
  );
  const baseline = tableOf('At baseline');
  const under = (label: string) => baseline.slice(baseline.findIndex(([first]) => first === label) + 1);
  const women = everybody.filter((row) => row['screening.sex'] === 'female').length;
  expect(under('Sex, n (%)').slice(0, 2)).toEqual([
    ['Female', tables.share(women, of)],
    ['Male', tables.share(of - women, of)],
  ]);
  for (const [label, column] of Object.entries({
    Age: 'screening.age',
    'HAM-D17 at baseline': 'baseline.hamd17.total',
    'CGI-S at baseline': 'baseline.cgi-s.total',
    'SOFAS at baseline': 'baseline.sofas.total',
  })) {
    const [meanSd, median] = tables.moments(everybody.map((row) => Number(row[column])));
    expect(under(label).slice(0, 2), label).toEqual([
      ['Mean (SD)', meanSd],
      ['Median [quartiles]', median],
    ]);
  }
  const harms = parse(await (await ask('exports/harms.csv')).text(), { columns: true }) as tables.Row[];
  expect(harms.length).toBeGreaterThan(5);
  expect(tableOf('Adverse events')).toEqual(tables.adverseEvents(harms, of));
  const stopped = {
    treatment: 'Stopped treatment',
    assessments: 'Stopped assessments',
    contact: 'Asked not to be contacted',
    records: 'Refused use of their records',
    data: 'Withdrew consent for further use of data',
  };
  expect(tableOf('What participants stopped')).toEqual(
    Object.entries(stopped).map(([part, label]) =>
      tables.counted(
        label,
        everybody.filter((row) => row[`stopped.${part}`] !== '').map(({ participant }) => participant!),
        of,
        false,
      ),
    ),
  );
  expect(tableOf('Why participants left, one reason for each')).toEqual(
    lossReasons.map(({ id, label }) => [
      label,
      `${everybody.filter((row) => row.withdrawal_reason === id).length}`,
    ]),
  );
});

const randomised = () => wide.filter((row) => row.randomised_on !== '');
/** Where the demonstration runs. */
const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Helsinki' }).format(new Date());
const protocolOf = async ({ services }: Place) =>
  (await currentStudy(services.db.read, 'ipt-depression'))!.document;

const queriesOf = ({ services }: Place) =>
  services.db.read
    .selectFrom('query')
    .innerJoin('participant', 'participant.id', 'query.participant_id')
    .select(['query.status', 'query.opened_at', 'participant.site'])
    .where('query.study_id', '=', 'ipt-depression')
    .execute();

/** By SQL: excluded after they were registered, and those counted by reason before. */
async function exclusionsOf(place: Place): Promise<Record<string, number>> {
  const db = place.services.db.read;
  const here = await db
    .selectFrom('participant')
    .select((eb) => ['exclusion_reason as reason', eb.fn.countAll<number>().as('count')])
    .where('status', '=', 'excluded')
    .groupBy('exclusion_reason')
    .execute();
  const before = await db
    .selectFrom('screening_tally')
    .select((eb) => ['reason', eb.fn.sum<number>('count').as('count')])
    .groupBy('reason')
    .execute();
  const { exclusionReasons } = (await protocolOf(place)).screening;
  const counts = Object.fromEntries(exclusionReasons.map(({ label }) => [label, 0]));
  for (const { reason, count } of [...here, ...before]) {
    // Whoever a criterion keeps out has none of the document's reasons.
    const label = exclusionReasons.find(({ id }) => id === reason)?.label ?? 'Did not meet the criteria';
    counts[label]! += Number(count);
  }
  return counts;
}
