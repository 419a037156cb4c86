import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDeviation, listDeviations } from '../../server/deviations/contract.ts';
import { changeFollowUp, correctEvent, strikeEvent } from '../../server/events/contract.ts';
import { exportEvents } from '../../server/exports/contract.ts';
import { readForm, saveForm } from '../../server/forms/contract.ts';
import { addHarm, correctHarm, listHarms, reportHarm, strikeHarm } from '../../server/harms/contract.ts';
import { addMedication, listMedication } from '../../server/medication/contract.ts';
import { readParticipant, recordEvent } from '../../server/participants/contract.ts';
import { datasetOf } from '../../server/results/dataset.ts';
import { listSessions, recordSession } from '../../server/sessions/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { today } from '../../server/visits/today.ts';
import { Enrolment } from '../setup/enrol.ts';
import { type Agent, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

const study = 'ipt-depression';
const START = '2026-11-23T09:00:00.000Z';
const key = () => crypto.randomUUID();
let server: TestServer;
let coordinator: Agent;
let investigator: Agent;
let enrolment: Enrolment;

beforeAll(async () => {
  server = await testServer([study], { now: START });
  coordinator = await server.as('coordinator');
  investigator = await server.as('investigator');
  enrolment = new Enrolment(server, await server.study(study), coordinator);
});
afterAll(() => server?.close());

const at = (instant: string) => {
  server.clock.now = new Date(instant);
};
const fresh = () => {
  at(START);
  return enrolment.upTo('randomised');
};
const read = (code: string) => done(coordinator, readParticipant, { params: enrolment.params(code) });
const dataset = async () => datasetOf(server.services, server.services.db.read, await server.study(study));

const harm = {
  term: 'Overdose',
  onset: '2026-11',
  end: null,
  ongoing: true,
  serious: ['hospitalisation'],
  awareAt: START,
  severity: 3,
  relatedness: 'possible',
  expectedness: 'not-judged',
  action: 'none',
  outcome: 'recovering',
  narrative: '',
};

describe('an adverse event', () => {
  test('that is serious is due 24 hours after the site became aware (ICH E6: the sponsor is told at once)', async () => {
    const code = await fresh();
    const sent = { params: enrolment.params(code), body: { key: key(), content: harm } };
    const { id } = await done(coordinator, addHarm, sent);
    const query = { params: { study }, query: { participant: code } };
    const clock = async () => (await done(coordinator, listHarms, query)).rows[0]!.clock;
    for (const [instant, state] of [
      ['2026-11-24T09:00:00.000Z', 'running'],
      ['2026-11-24T09:00:00.001Z', 'overdue'],
    ] as const) {
      at(instant);
      expect(await clock()).toMatchObject({ due: '2026-11-24T09:00:00.000Z', state });
    }
    const waiting = async () =>
      (await done(coordinator, readWorklist, { params: { study } })).harms.filter((one) => one.id === id);
    expect(await waiting()).toHaveLength(1);
    const report = () => ({ params: { study, record: id }, body: { key: key(), version: 1 } });
    expect(await done(coordinator, reportHarm, report())).toMatchObject({ number: 1, late: true });
    expect(await waiting()).toEqual([]);
    expect(await done(coordinator, reportHarm, report())).toMatchObject({ number: 2, late: false });
    // A correction of when the site became aware doesn't take the lateness back.
    const content = { ...harm, awareAt: '2026-11-24T09:00:00.001Z' };
    const body = { version: 1, reason: 'Misread', content };
    await done(coordinator, correctHarm, { params: { study, record: id }, body });
    expect(await clock()).toMatchObject({ state: 'reported', late: true });
  });

  test('keeps its versions; a stale one is a conflict, and what was struck counts no more', async () => {
    const code = await fresh();
    const params = enrolment.params(code);
    const { id } = await done(coordinator, addHarm, { params, body: { key: key(), content: harm } });
    const record = { study, record: id };
    const body = { version: 1, reason: 'Misread', content: { ...harm, severity: 2 } };
    await done(coordinator, correctHarm, { params: record, body });
    await refused(coordinator, correctHarm, { params: record, body }, 409);
    await refused(coordinator, strikeHarm, { params: record, body: { version: 2, reason: '' } }, 400);
    await done(coordinator, strikeHarm, { params: record, body: { version: 2, reason: 'Somebody else' } });
    const { rows } = await done(coordinator, listHarms, { params: { study }, query: { participant: code } });
    expect(rows).toMatchObject([{ struck: true, version: 3, clock: null }]);
    await refused(coordinator, reportHarm, { params: record, body: { key: key(), version: 3 } }, 409);
  });

  test('that doesn’t fit together is refused, and expectedness is an investigator’s to judge', async () => {
    const params = enrolment.params(await fresh());
    const add = (agent: Agent, patch: object, status: number) =>
      refused(agent, addHarm, { params, body: { key: key(), content: { ...harm, ...patch } } }, status);
    await add(coordinator, { onset: '2027' }, 400);
    await add(coordinator, { onset: '2026-13' }, 400);
    await add(coordinator, { awareAt: null }, 400);
    await add(coordinator, { severity: 5 }, 400);
    await add(coordinator, { ongoing: false, end: '2026-10' }, 400);
    await add(coordinator, { expectedness: 'unexpected' }, 403);
    await done(investigator, addHarm, {
      params,
      body: { key: key(), content: { ...harm, expectedness: 'unexpected' } },
    });
  });
});

describe('which follow-up goes on', () => {
  test('nothing new is recorded of who withdrew consent for the use of data; what was recorded stays', async () => {
    const code = await fresh();
    const params = enrolment.params(code);
    const { id } = await done(coordinator, addHarm, { params, body: { key: key(), content: harm } });
    const all = ['assessments', 'contact', 'records', 'data'];
    await done(coordinator, changeFollowUp, change(code, 0, all));
    const form = { ...params, visit: 'baseline', instrument: 'hamd17' };
    const { version } = await done(coordinator, readForm, { params: form });
    const save = { version, assessedOn: null, values: {}, complete: false };
    const why = `${code} withdrew consent for further use of data`;
    const told = [
      await refused(coordinator, saveForm, { params: form, body: save }, 409),
      await refused(coordinator, addHarm, { params, body: { key: key(), content: harm } }, 409),
      await refused(
        coordinator,
        recordEvent,
        { params, body: { key: key(), event: 'therapy-stopped', on: START.slice(0, 10), detail: '' } },
        409,
      ),
    ];
    for (const { message } of told) expect(message).toContain(why);
    const body = { version: 1, reason: 'Misread', content: { ...harm, severity: 2 } };
    await done(coordinator, correctHarm, { params: { study, record: id }, body });
    const back = { reason: null, detail: 'Gave consent again' };
    await done(coordinator, changeFollowUp, change(code, 1, [], back));
    await done(coordinator, addHarm, { params, body: { key: key(), content: harm } });
  });

  test('the file of events has each change of the follow-up, under the name of its part', async () => {
    const code = await fresh();
    await done(coordinator, changeFollowUp, change(code, 0, ['treatment'], { event: 'therapy-stopped' }));
    const manager = await server.as('data-manager');
    const { text } = await send(manager, exportEvents, { params: { study } });
    const rows = (parse(text, { columns: true }) as Record<string, string>[]).filter(
      (row) => row.USUBJID === code,
    );
    expect(rows).toMatchObject([
      { event: 'therapy-stopped', kind: 'intercurrent', on: START.slice(0, 10), stops: '' },
      { event: 'follow-up', reason: 'declined', asked_by: 'participant', stops: 'treatment', resumes: '' },
    ]);
  });

  const change = (code: string, number: number, stops: string[], more: object = {}) => ({
    params: enrolment.params(code),
    body: {
      key: key(),
      number,
      on: today(server.services),
      stops,
      askedBy: 'participant',
      reason: 'declined',
      detail: '',
      ...more,
    },
  });

  test('who stops treatment only is still due; who stops assessments is not, until that is reversed', async () => {
    const code = await fresh();
    const states = async () =>
      (await read(code)).visits.filter((one) => !one.baseline).map(({ state }) => state);
    await done(coordinator, changeFollowUp, change(code, 0, ['treatment'], { event: 'therapy-stopped' }));
    expect(await read(code)).toMatchObject({ status: 'randomised', events: [{ event: 'therapy-stopped' }] });
    expect(await states()).toEqual(['upcoming', 'upcoming']);
    await refused(coordinator, changeFollowUp, change(code, 0, ['assessments']), 409);
    await refused(coordinator, changeFollowUp, change(code, 1, ['treatment', 'contact']), 400);
    await done(coordinator, changeFollowUp, change(code, 1, ['treatment', 'assessments']));
    expect((await read(code)).status).toBe('withdrawn');
    expect(await states()).toEqual(['stopped', 'stopped']);
    const withdrawals = async () =>
      (await dataset()).events.filter((one) => one.participant === code && one.kind === 'withdrawal');
    expect(await withdrawals()).toHaveLength(1);
    const back = { reason: null, detail: 'Asked to be seen again' };
    await done(coordinator, changeFollowUp, change(code, 2, ['treatment'], back));
    expect((await read(code)).status).toBe('randomised');
    expect(await states()).toEqual(['upcoming', 'upcoming']);
    expect(await withdrawals()).toEqual([]);
    expect((await read(code)).followUp.changes.map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  test('a correction of an event reaches the dataset, and a struck event leaves it', async () => {
    const code = await fresh();
    const day = today(server.services);
    const body = { key: key(), event: 'hospitalisation', on: day };
    const { id } = await done(coordinator, recordEvent, { params: enrolment.params(code), body });
    const own = async () => (await dataset()).events.filter((one) => one.participant === code);
    const params = { study, event: id };
    const corrected = {
      version: 1,
      reason: 'From the ward’s letter',
      on: day,
      until: day,
      detail: 'Two nights',
    };
    await done(coordinator, correctEvent, { params, body: corrected });
    expect(await own()).toMatchObject([{ event: 'hospitalisation', on: day, until: day }]);
    await refused(coordinator, correctEvent, { params, body: corrected }, 409);
    await done(coordinator, strikeEvent, { params, body: { version: 2, reason: 'Another participant' } });
    expect(await own()).toEqual([]);
  });
});

test('a medication that is an event of the protocol records it with it, or neither', async () => {
  const code = await fresh();
  const content = {
    drug: 'Sertraline',
    dose: 50,
    unit: 'mg',
    frequency: 'Once a day',
    indication: 'Depression',
    start: '2026-11-23',
    end: null,
    ongoing: true,
    event: 'antidepressant-started',
  };
  const params = enrolment.params(code);
  const body = { key: key(), content, recordEventOn: '2026-11-22' };
  await refused(coordinator, addMedication, { params, body }, 400);
  const list = { params: { study }, query: { participant: code } };
  expect((await done(coordinator, listMedication, list)).rows).toEqual([]);
  await done(coordinator, addMedication, {
    params,
    body: { key: key(), content, recordEventOn: '2026-11-23' },
  });
  expect((await read(code)).events).toMatchObject([
    { event: 'antidepressant-started', detail: 'Sertraline' },
  ]);
});

test('a deviation is recorded for a site, and an expired consent form is found in the data', async () => {
  const content = { category: 'other', severity: 'minor', on: '2026-11-23', description: 'A form lay about' };
  const body = { key: key(), site: 'lohja', participant: null, content };
  await done(coordinator, addDeviation, { params: { study }, body });
  await refused(
    coordinator,
    addDeviation,
    { params: { study }, body: { ...body, key: key(), site: 'none' } },
    400,
  );
  const code = await fresh();
  const derived = async () =>
    (await done(coordinator, listDeviations, { params: { study }, query: { participant: code } })).derived;
  expect(await derived()).toEqual([]);
  const { db } = server.services;
  const { id } = await db.read
    .selectFrom('participant')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  await db.write((tx) =>
    tx.updateTable('consent').set({ consent_version: '2' }).where('participant_id', '=', id).execute(),
  );
  expect(await derived()).toMatchObject([{ kind: 'consent-expired', severity: 'major' }]);
});

test('sessions are counted in the dataset of arms that have them, and refused to the blinded', async () => {
  at(START);
  const arms = async () => new Map((await dataset()).participants.map(({ id, arm }) => [id, arm]));
  let code = '';
  for (let tries = 0; tries < 12 && code === ''; tries += 1) {
    const next = await enrolment.upTo('randomised');
    if ((await arms()).get(next) === 'ipt') code = next;
  }
  const sheet = (number: number, attended: boolean) => ({
    params: { study },
    body: {
      key: key(),
      on: '2026-11-23',
      minutes: 50,
      therapist: null,
      group: null,
      participants: [{ participant: code, number, attended, missedReason: attended ? '' : 'Was ill' }],
    },
  });
  await done(coordinator, recordSession, sheet(1, true));
  await done(coordinator, recordSession, sheet(2, false));
  await refused(coordinator, recordSession, sheet(2, true), 409);
  const counted = (await dataset()).participants.find(({ id }) => id === code)!;
  expect(counted.sessionsAttended).toBe(1);
  const tau = [...(await arms())].find(([, arm]) => arm === 'tau');
  if (tau)
    expect((await dataset()).participants.find(({ id }) => id === tau[0])).not.toHaveProperty(
      'sessionsAttended',
    );
  await refused(await server.as('assessor'), listSessions, { params: { study } }, 403);
});
