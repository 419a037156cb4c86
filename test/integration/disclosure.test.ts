import { expect, test } from 'vitest';
import { listRuns, startRun } from '../../server/analyses/runs/contract.ts';
import {
  closedFile,
  openFile,
  prepareSnapshot,
  readBoard,
  readClosed,
  readOpen,
} from '../../server/board/contract.ts';
import { saveForm } from '../../server/forms/contract.ts';
import { addHarm } from '../../server/harms/contract.ts';
import { excludeParticipant } from '../../server/participants/contract.ts';
import { takeConsort } from '../../server/reports/contract.ts';
import {
  type ChartId,
  chartCsv,
  chartSpec,
  readChart,
  readDashboard,
  readResultRows,
  resultsCsv,
} from '../../server/results/contract.ts';
import { checkDisclosure } from '../../server/studies/checkMasking.ts';
import { type LoadedStudy, loadStudy } from '../../server/studies/load.ts';
import { addDuration } from '../../server/studies/rules.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { copies, Enrolment, plainAnswers } from '../setup/enrol.ts';
import {
  type Agent,
  addressOf,
  done,
  refused,
  type Sent,
  send,
  type TestServer,
  testServer,
} from '../setup/http.ts';

const START = '2026-06-02T09:00:00.000Z';
const LATER = '2026-10-05T09:00:00.000Z';
const study = 'example-drug-trial';
const params = { study };
const SMALLEST = 5;
/** At the first site and the second. */
const PEOPLE = [24, 7] as const;

const limited = ({ document, instruments }: LoadedStudy): LoadedStudy => ({
  instruments,
  document: {
    ...document,
    // Names of files and headers take it all the same.
    code: 'Ω/1 é',
    disclosure: { smallest: SMALLEST, roles: ['owner', 'data-manager'] },
  },
});

/** Those of the dashboard, and one beyond it; `sites` has no version without small counts. */
const shown: readonly ChartId[] = [
  'consort',
  'recruitment',
  'response',
  'risk-difference',
  'mean-change',
  'query-ageing',
  'sites',
];

interface Seen {
  what: string;
  status: number;
  text: string;
}

const mild = {
  onset: START.slice(0, 10),
  end: null,
  ongoing: true,
  serious: [],
  awareAt: null,
  severity: 1,
  relatedness: 'unrelated',
  expectedness: 'not-judged',
  action: 'none',
  outcome: 'not-recovered',
};

const randomisedOn = (index: number): string =>
  new Date(Date.parse(START) + Math.floor(index / 3) * 86_400_000).toISOString();

/**
 * All that an owner and a data manager get of results, where so few are excluded and so few not seen at 8 weeks, and so
 * many are randomised in the week in which they look.
 */
async function play(lost: number, excluded: number, late: number): Promise<Seen[]> {
  const server = await testServer([study], {
    now: START,
    change: limited,
    secret: new Uint8Array(32).fill(9),
  });
  try {
    const coordinator = await server.as('coordinator');
    const enrolment = new Enrolment(server, await server.study(study), coordinator);
    const { sites, visits } = enrolment.document;
    const last = visits.at(-1)!;
    const phq = enrolment.study.instruments.get('phq9')!;
    for (let one = 0; one < excluded; one += 1) {
      const code = await enrolment.screen(sites[0]!.id);
      const body = { version: await enrolment.version(code), reason: 'declined' };
      await done(coordinator, excludeParticipant, { params: enrolment.params(code), body });
    }
    const [north, east] = sites.map(({ id }) => id);
    const first = await enrolment.upTo('baseline', north);
    const second = await enrolment.upTo('baseline', east);
    const codes = [
      first,
      ...(await copies(server.services, study, first, PEOPLE[0] - 1)),
      second,
      ...(await copies(server.services, study, second, PEOPLE[1] - 1)),
    ];
    for (const [index, code] of codes.entries()) {
      server.clock.now = new Date(randomisedOn(index));
      await enrolment.randomise(code);
    }
    // All answer alike, so that nothing but how many they are differs.
    const values = plainAnswers(phq);
    for (const [index, code] of [...codes.entries()].slice(lost)) {
      const assessedOn = addDuration(randomisedOn(index).slice(0, 10), last.target);
      server.clock.now = new Date(`${assessedOn}T09:00:00.000Z`);
      await done(coordinator, saveForm, {
        params: enrolment.params(code, { visit: last.id, instrument: 'phq9' }),
        body: { version: 0, assessedOn, values, complete: true },
      });
    }
    const arms = await armsOf(server, codes);
    // Of the drug’s 20 or 21 people and placebo’s 10 or 11, so that nobody is left over in few, or few are.
    const of = (arm: string, count: number) => codes.filter((code) => arms.get(code) === arm).slice(0, count);
    const harmed = [
      ...codes.slice(0, lost).map((code) => [code, 'Nausea']),
      ...codes.slice(lost).map((code) => [code, 'Fatigue']),
      ...[...of('drug', 8), ...of('placebo', 5)].map((code) => [code, 'Headache']),
    ];
    const harm = (code: string, term: string) =>
      done(coordinator, addHarm, {
        params: { study, participant: code },
        body: { key: crypto.randomUUID(), content: { ...mild, term } },
      });
    for (const [code, term] of harmed) await harm(code!, term!);
    server.clock.now = new Date(LATER);
    return await look(server, async () => {
      for (const code of codes) await harm(code, 'Dizziness');
      for (let one = 0; one < late; one += 1) await enrolment.upTo('randomised', north);
    });
  } finally {
    await server.close();
  }
}

async function look(
  server: Awaited<ReturnType<typeof testServer>>,
  meanwhile: () => Promise<void>,
): Promise<Seen[]> {
  const owner = await server.as('owner');
  const manager = await server.as('data-manager');
  const statistician = await server.as('statistician');
  const prepare = (note: string) =>
    done(statistician, prepareSnapshot, { params, body: { key: crypto.randomUUID(), note } });
  server.clock.now = new Date(Date.parse(LATER) - 86_400_000);
  await prepare('First meeting');
  server.clock.now = new Date(LATER);
  await meanwhile();
  await prepare('Second meeting');
  // Of this week’s data, as long as the report's other figures are of its beginning.
  const asked = { key: crypto.randomUUID(), choice: null };
  await done(statistician, startRun, { params, body: asked });
  await expect
    .poll(async () => (await done(statistician, listRuns, { params })).runs[0]!.status, { timeout: 20_000 })
    .toBe('done');
  const seen: Seen[] = [];
  const note = async (agent: Agent, endpoint: Parameters<typeof addressOf>[0], sent: Sent) => {
    const answer = await agent.get(addressOf(endpoint, sent));
    const text = Buffer.isBuffer(answer.body) ? answer.body.toString('utf8') : answer.text;
    // But for the typeface, which is no words.
    const read = text.replaceAll(/url\(data:[^)]*\)/g, '');
    const name = String(answer.headers['content-disposition'] ?? 'filename="1-e-');
    expect(name).toContain('filename="1-e-');
    seen.push({ what: `${endpoint.id} ${JSON.stringify(sent)}`, status: answer.status, text: read });
  };
  const sites = [undefined, 'north', 'east'];
  for (const population of ['all-randomised', 'started-treatment'])
    for (const site of sites) {
      const query = { population, ...(site && { site }) };
      await note(owner, readDashboard, { params, query });
      if (population === 'started-treatment') continue;
      await note(owner, readResultRows, { params, query });
      await note(owner, resultsCsv, { params, query });
    }
  for (const chart of shown)
    for (const endpoint of [readChart, chartCsv, chartSpec])
      await note(owner, endpoint, { params: { study, chart } });
  await note(owner, readDashboard, { params, query: { missing: 'non-response', outcome: 'phq-remission' } });
  await note(owner, takeConsort, { params: { study, paper: 'consort.html' } });
  await note(owner, readOpen, { params: { study, number: '1' } });
  await note(owner, openFile, { params: { study, number: '1', file: 'report.html' } });
  await note(manager, readDashboard, { params });
  const { recruitment } = await done(manager, readWorklist, { params });
  seen.push({ what: 'recruitment on the worklist', status: 200, text: JSON.stringify(recruitment) });
  // Files and reports that are nothing without small counts.
  const file = { study, number: '1', file: 'snapshot.json' };
  await refused(owner, openFile, { params: file }, 403);
  const { whole, snapshots } = await done(owner, readBoard, { params });
  expect(whole).toBe(false);
  // The second is of this week's data, and comes on Monday as the figures do.
  expect(snapshots.map(({ note }) => note)).toEqual(['First meeting']);
  await refused(owner, readOpen, { params: { study, number: '2' } }, 404);
  await refused(owner, openFile, { params: { study, number: '2', file: 'report.html' } }, 404);
  expect((await done(statistician, readBoard, { params })).whole).toBe(true);
  await done(statistician, openFile, { params: file });
  await refused(statistician, readClosed, { params: { study, number: '1' } }, 403);
  await refused(statistician, closedFile, { params: file }, 403);
  // Once the data have stood still from the run to a Monday, it is judged by what it counts itself.
  server.clock.now = new Date(Date.parse(LATER) + 7 * 86_400_000);
  const { text } = await send(owner, takeConsort, { params: { study, paper: 'consort.html' } });
  expect(text).toContain(`the newest run counts fewer than ${SMALLEST}`);
  expect((await done(owner, readBoard, { params })).snapshots).toHaveLength(2);
  return seen;
}

async function armsOf({ services }: TestServer, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await services.db.read
    .selectFrom('allocation')
    .innerJoin('participant', 'participant.id', 'allocation.participant_id')
    .select(['code', 'arm'])
    .where('code', 'in', [...codes])
    .execute();
  return new Map(rows.map(({ code, arm }) => [code, arm]));
}

/** What differs between any two servers. */
const plain = (seen: Seen[]) =>
  seen.map(({ what, status, text }) => ({
    what,
    status,
    text: text
      .replaceAll(/"reference":"[^"]+"/g, '')
      .replaceAll(/[0-9a-f]{64}/g, 'hash')
      .replaceAll(/\.\d{3}Z/g, 'Z'),
  }));

/** Numbers that are words of a sentence or a table about people: “3/7”, “2 lost”, “(n = 4)”, a cell of its own. */
const spoken = [
  /(?<![\d.,])[1-4]\/\d\d/,
  /\(n[\s\u00a0]=[\s\u00a0][1-4]\)/,
  /(?<![\d.,–−-])[1-4] (lost|awaited|excluded|never started|still|not assessed|assessed|randomised|allocated|analysed|complete|people|received)/,
  /<td[^>]*>[1-4]<\/td>/,
  /(^|\n)[^\n{<]*,[1-4](,|\r)/,
];
const counts =
  /"(count|of|assessed|excluded|randomised|numerator|denominator|n|participants|responders|awaiting)":[1-4][,}\]]/;

test('nobody from whom small counts are hidden gets one, nor anything that depends on it', async () => {
  const three = await play(3, 2, 0);
  const ok = three.filter(({ status }) => status === 200);
  expect(ok.length).toBeGreaterThan(30);
  for (const { what, text } of ok) {
    expect(counts.exec(text)?.[0], what).toBeUndefined();
    for (const pattern of spoken) expect(pattern.exec(text)?.[0], what).toBeUndefined();
  }
  // What this week brings isn’t told before the next, however many have it: from day to day it could be one person.
  for (const { what, text } of ok) expect(text.includes('Dizziness'), what).toBe(false);
  // Of the terms whoever may see arms gets those that enough people in each arm had, and had not, and no other.
  const consort = three.find(({ what }) => what.startsWith(takeConsort.id))!.text;
  expect(consort).toMatch(/<th scope="row">Headache<\/th><td[^>]*>8<\/td><td[^>]*>5<\/td>/);
  for (const hidden of ['Nausea', 'Fatigue', 'Dizziness']) expect(consort).not.toContain(hidden);
  // Nor the run of this week’s data.
  expect(consort).toContain('counts of other data than these could be subtracted');
  expect(consort).not.toContain('Run 1');
  // Sums of what is large are there all the same.
  expect(three[0]!.text).toContain(`"randomised":${PEOPLE[0] + PEOPLE[1]}`);
  const two = await play(2, 3, 1);
  const other = plain(two);
  for (const [index, one] of plain(three).entries()) expect(other[index], one.what).toEqual(one);
}, 90_000);

test('a document can’t hide small counts from those whose work is with them', async () => {
  const { document } = limited(await loadStudy(`data/studies/${study}.yaml`, ['data/instruments']));
  expect(checkDisclosure(document)).toEqual([]);
  for (const role of ['monitoring-board', 'statistician'] as const)
    expect(
      checkDisclosure({ ...document, disclosure: { smallest: 5, roles: ['owner', role] } }),
    ).toHaveLength(1);
});
