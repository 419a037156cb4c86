import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readForm, saveForm } from '../../server/forms/contract.ts';
import {
  listParticipants,
  logContact,
  readParticipant,
  recordEvent,
} from '../../server/participants/contract.ts';
import { openQuery } from '../../server/queries/contract.ts';
import {
  addUnscheduledVisit,
  bookVisit,
  listVisits,
  readBookings,
  readWorklist,
} from '../../server/visits/contract.ts';
import { Enrolment, plainAnswers } from '../setup/enrol.ts';
import { type Agent, done, refused, type TestServer, testServer } from '../setup/http.ts';

describe('the depression trial in Helsinki', () => {
  const study = 'ipt-depression';
  let server: TestServer;
  let coordinator: Agent;
  let enrolment: Enrolment;
  let code: string;
  // 22:30 UTC on 23 November is half past midnight on the 24th in Helsinki.
  const randomised = '2026-11-23T22:30:00.000Z';
  beforeAll(async () => {
    server = await testServer([study], { now: randomised, timeZone: 'Europe/Helsinki' });
    coordinator = await server.as('coordinator');
    enrolment = new Enrolment(server, await server.study(study), coordinator);
  });
  beforeEach(async () => {
    at(randomised);
    code = await enrolment.upTo('randomised');
  });
  afterAll(() => server?.close());

  const at = (instant: string) => {
    server.clock.now = new Date(instant);
  };
  const visitOf = async (visit: string) =>
    (await done(coordinator, readParticipant, { params: enrolment.params(code) })).visits.find(
      (one) => one.visit === visit,
    )!;
  const worklist = (query = {}) => done(coordinator, readWorklist, { params: { study }, query });
  const rowsOf = async (participant: string) =>
    (await worklist()).rows.filter((row) => row.participant === participant);

  test('a visit is upcoming, due, overdue and missed by the days of the trial’s own place', async () => {
    // 24 November and 3 months: 24 February, with 14 days to either side, and missed 56 days after it closed.
    expect(await visitOf('m3')).toMatchObject({
      opens: '2027-02-10',
      target: '2027-02-24',
      closes: '2027-03-10',
    });
    for (const [instant, state] of [
      ['2027-02-09T21:59:59.999Z', 'upcoming'],
      ['2027-02-09T22:00:00.000Z', 'due'],
      ['2027-03-10T21:59:59.999Z', 'due'],
      ['2027-03-10T22:00:00.000Z', 'overdue'],
      // Summer time has begun: the day begins an hour earlier by UTC.
      ['2027-05-05T20:59:59.999Z', 'overdue'],
      ['2027-05-05T21:00:00.000Z', 'missed'],
    ] as const) {
      at(instant);
      expect((await visitOf('m3')).state, instant).toBe(state);
    }
    // 24 November 2027, with 28 days to either side.
    expect(await visitOf('m12')).toMatchObject({
      opens: '2027-10-27',
      target: '2027-11-24',
      closes: '2027-12-22',
    });
  });

  test('a visit is started with its first form and done with its last, whenever they come', async () => {
    at('2027-05-20T09:00:00.000Z');
    expect((await visitOf('m3')).state).toBe('missed');
    const params = enrolment.params(code, { visit: 'm3', instrument: 'cgi-s' });
    await done(coordinator, saveForm, { params, body: { version: 0, values: {}, assessedOn: '2027-03-01' } });
    expect(await visitOf('m3')).toMatchObject({ state: 'started', seenOn: '2027-03-01', formsDone: 0 });
    const { instruments } = enrolment.document.visits.find(({ id }) => id === 'm3')!;
    for (const instrument of instruments) {
      const { version } = await done(coordinator, readForm, { params: { ...params, instrument } });
      const values = plainAnswers(enrolment.study.instruments.get(instrument)!);
      const body = { version, values, assessedOn: '2027-03-02', complete: true };
      await done(coordinator, saveForm, { params: { ...params, instrument }, body });
    }
    expect(await visitOf('m3')).toMatchObject({
      state: 'done',
      formsDone: 5,
      formsTotal: 5,
      seenOn: '2027-03-02',
    });
  });

  test('a withdrawal stops what was still to come, and leaves what was over', async () => {
    at('2027-06-01T09:00:00.000Z');
    expect((await visitOf('m3')).state).toBe('missed');
    const body = { key: crypto.randomUUID(), event: 'withdrawal', on: '2027-03-11', lossReason: 'declined' };
    await done(coordinator, recordEvent, { params: enrolment.params(code), body });
    expect((await visitOf('m3')).state, 'it closed on the 10th').toBe('missed');
    expect((await visitOf('m12')).state).toBe('stopped');
    expect((await visitOf('baseline')).state).toBe('done');
    // An earlier day, reported later, counts.
    const earlier = { ...body, key: crypto.randomUUID(), on: '2027-03-10' };
    await done(coordinator, recordEvent, { params: enrolment.params(code), body: earlier });
    expect((await visitOf('m3')).state).toBe('stopped');
    expect(await rowsOf(code)).toEqual([]);
    const { rows } = await done(coordinator, listParticipants, { params: { study }, query: { find: code } });
    expect(rows).toMatchObject([{ status: 'withdrawn', nextVisit: null }]);
    // What was seen before the withdrawal can still be entered.
    const params = enrolment.params(code, { visit: 'm3', instrument: 'cgi-s' });
    await done(coordinator, saveForm, { params, body: { version: 0, values: {}, assessedOn: '2027-03-01' } });
  });

  test('an unscheduled visit is numbered, entered like any other, and has no window', async () => {
    at('2026-12-10T09:00:00.000Z');
    const params = enrolment.params(code);
    const body = { on: '2026-12-09', reason: 'Called in crisis', instruments: ['cgi-s'] };
    const add = () =>
      done(coordinator, addUnscheduledVisit, { params, body: { key: crypto.randomUUID(), ...body } });
    expect([(await add()).visit, (await add()).visit]).toEqual(['unscheduled-1', 'unscheduled-2']);
    expect(await visitOf('unscheduled-1')).toMatchObject({
      label: 'Unscheduled visit 1',
      opens: '2026-12-09',
      closes: '2026-12-09',
      state: 'overdue',
      unscheduled: 'Called in crisis',
    });
    await enrolment.complete(code, 'unscheduled-1', 'cgi-s');
    expect(await visitOf('unscheduled-1')).toMatchObject({ state: 'done', seenOn: '2026-12-10' });
    const { counts, rows } = await done(coordinator, listVisits, { params: { study }, query: {} });
    expect(rows.filter((row) => row.participant === code && row.visit.unscheduled !== null)).toHaveLength(2);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
    const key = crypto.randomUUID();
    const unknown = { params, body: { key, ...body, instruments: ['no-such'] } };
    await refused(coordinator, addUnscheduledVisit, unknown, 400);
    const early = { params, body: { key, ...body, on: '2026-11-01' } };
    await refused(coordinator, addUnscheduledVisit, early, 400);
    const form = enrolment.params(code, { visit: 'unscheduled-3', instrument: 'cgi-s' });
    await refused(coordinator, readForm, { params: form }, 404);
  });

  test('an appointment is made, moved and cleared, and shows where the visit does', async () => {
    const params = enrolment.params(code, { visit: 'm3' });
    const book = (bookedFor: string | null, reason?: string) =>
      done(coordinator, bookVisit, { params, body: { bookedFor, reason } });
    expect(await book('2027-02-24T09:30')).toMatchObject({ visit: 'm3', bookedFor: '2027-02-24T09:30' });
    at('2027-02-20T09:00:00.000Z');
    expect(await rowsOf(code)).toMatchObject([{ visit: { visit: 'm3', bookedFor: '2027-02-24T09:30' } }]);
    // What was agreed isn't moved without a word.
    await refused(coordinator, bookVisit, { params, body: { bookedFor: '2027-02-25T14:00' } }, 400);
    expect((await book('2027-02-25T14:00', 'Has a fever')).bookedFor).toBe('2027-02-25T14:00');
    expect((await book(null, 'Calls back')).bookedFor).toBeNull();
    const { changes } = await done(coordinator, readBookings, { params });
    expect(changes.map(({ bookedFor, reason }) => [bookedFor, reason])).toEqual([
      [null, 'Calls back'],
      ['2027-02-25T14:00', 'Has a fever'],
      ['2027-02-24T09:30', null],
    ]);
    expect((await visitOf('m3')).bookedFor).toBeNull();
    const away = { params: { ...params, visit: 'm99' }, body: { bookedFor: null } };
    await refused(coordinator, bookVisit, away, 404);
  });

  test('the worklist has what is open within eight weeks, by the day on which it closes, then by participant', async () => {
    const others = [await enrolment.upTo('randomised', 'vihti'), await enrolment.upTo('randomised')];
    at('2026-12-10T09:00:00.000Z');
    const early = await enrolment.upTo('randomised', 'vihti');
    at('2027-01-20T09:00:00.000Z');
    const list = await worklist();
    const mine = list.rows.filter(({ participant }) => [code, early, ...others].includes(participant));
    expect(mine.map(({ participant, visit }) => [participant, visit.visit, visit.state])).toEqual([
      [code, 'm3', 'upcoming'],
      [others[1], 'm3', 'upcoming'],
      [others[0], 'm3', 'upcoming'],
      [early, 'm3', 'upcoming'],
    ]);
    expect(list.rows.map(({ visit }) => visit.closes)).toEqual(
      list.rows.map(({ visit }) => visit.closes).sort(),
    );
    expect(list.today).toBe('2027-01-20');
    // 20 January to 10 March: 49 days.
    expect(mine[0]).toMatchObject({ daysLeft: 49, started: null, next: 'hamd17', openQueries: 0 });
    // Each one’s visit at 12 months opens later than in eight weeks.
    const open = (
      await done(coordinator, listParticipants, { params: { study }, query: { status: 'randomised' } })
    ).total;
    expect(list.later).toBe(open);
    const here = await worklist({ site: 'vihti' });
    expect(new Set(here.rows.map(({ site }) => site))).toEqual(new Set(['vihti']));
    at('2027-03-12T09:00:00.000Z');
    expect((await rowsOf(code))[0]).toMatchObject({ daysLeft: -2, visit: { state: 'overdue' } });
    const near = await server.as('coordinator', { study, site: 'vihti' });
    const theirs = await done(near, readWorklist, { params: { study } });
    expect(theirs.rows.every(({ site }) => site === 'vihti')).toBe(true);
    const foreign = await done(near, readWorklist, { params: { study }, query: { site: 'lohja' } });
    expect(foreign.rows).toEqual([]);
  });

  test('a row says how far its forms are, who was called since the window opened, and what is asked', async () => {
    at('2027-02-09T10:00:00.000Z');
    const call = (on: string, outcome: string) =>
      done(coordinator, logContact, {
        params: enrolment.params(code),
        body: { key: crypto.randomUUID(), on, outcome },
      });
    await call('2027-02-09', 'reached');
    at('2027-02-12T10:00:00.000Z');
    await call('2027-02-10', 'not-reached');
    await call('2027-02-12', 'declined');
    const params = enrolment.params(code, { visit: 'm3', instrument: 'cgi-s' });
    await done(coordinator, saveForm, { params, body: { version: 0, values: {}, assessedOn: '2027-02-12' } });
    const manager = await server.as('data-manager');
    const question = { key: crypto.randomUUID(), participant: code, visit: 'm3', text: 'Which room?' };
    await done(manager, openQuery, { params: { study }, body: question });
    expect(await rowsOf(code)).toMatchObject([
      {
        started: 'cgi-s',
        next: 'hamd17',
        openQueries: 1,
        contacts: { count: 2, last: 'declined' },
        visit: { state: 'started' },
      },
    ]);
    expect((await worklist()).queries).toMatchObject([{ participant: code, text: 'Which room?' }]);
  });

  test('recruitment is told to everyone: by day, by site, against the plan', async () => {
    const { recruitment } = await worklist();
    const all = await server.services.db.read.selectFrom('allocation').selectAll().execute();
    expect(recruitment).toMatchObject({
      target: 134,
      randomised: all.length,
      from: '2025-09-01',
      to: '2027-01-31',
    });
    expect(recruitment.series.at(-1)!.count).toBe(all.length);
    expect(recruitment.series[0]!.on).toBe('2026-11-24');
    expect(recruitment.sites.reduce((sum, site) => sum + site.randomised, 0)).toBe(all.length);
    // 449 of the 517 days from 1 September 2025 to 31 January 2027: 134 × 449/517 = 116.4.
    expect(recruitment.plannedByToday).toBe(116);
  });
});

describe('the drug trial, where the day is another', () => {
  const study = 'example-drug-trial';

  test.each([
    ['Pacific/Kiritimati', '2026-11-24'],
    ['Etc/UTC', '2026-11-23'],
    ['America/Los_Angeles', '2026-11-23'],
  ])('in %s, half past ten in the evening UTC is %s', async (timeZone, day) => {
    const server = await testServer([study], { now: '2026-11-23T22:30:00.000Z', timeZone });
    try {
      const coordinator = await server.as('coordinator');
      const enrolment = new Enrolment(server, await server.study(study), coordinator);
      const code = await enrolment.upTo('randomised');
      const { screenedOn, visits } = await done(coordinator, readParticipant, {
        params: enrolment.params(code),
      });
      expect(screenedOn).toBe(day);
      const w2 = visits.find(({ visit }) => visit === 'w2')!;
      const later = (days: number) =>
        new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
      expect(w2).toMatchObject({ opens: later(11), target: later(14), closes: later(17), state: 'upcoming' });
      const windows = visits.filter(({ baseline }) => !baseline).map(({ target }) => target);
      expect(windows).toEqual([later(14), later(28), later(56)]);
    } finally {
      await server.close();
    }
  });
});
