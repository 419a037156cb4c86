import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  adjudicate,
  compareEntries,
  doubleEntryStatistics,
  entryState,
  listDoubleEntry,
  readSecondEntry,
  saveSecondEntry,
} from '../../server/doubleEntry/contract.ts';
import { countUnsettled, listDoubleEntry as list } from '../../server/doubleEntry/list.ts';
import { doubleEntryStatistics as statistics } from '../../server/doubleEntry/statistics.ts';
import { wantedTwice } from '../../server/doubleEntry/wanted.ts';
import { exportLong } from '../../server/exports/contract.ts';
import type { ItemValues } from '../../server/forms/contract.ts';
import { formVersions, readForm, saveForm } from '../../server/forms/contract.ts';
import { readParticipant } from '../../server/participants/contract.ts';
import { listQueries, openQuery } from '../../server/queries/contract.ts';
import type { Caller } from '../../server/services.ts';
import { auditProblems } from '../setup/chain.ts';
import { Enrolment, plainAnswers } from '../setup/enrol.ts';
import { type Agent, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

const study = 'ipt-depression';
const day = '2026-11-23';
const key = () => crypto.randomUUID();
const params = { study };

let server: TestServer;
let enrolment: Enrolment;
let first: Agent;
let second: Agent;
let manager: Agent;
let code: string;
let place: Record<string, string>;
let values: ItemValues;

beforeAll(async () => {
  server = await testServer([study], {
    change: (loaded) => ({
      ...loaded,
      document: {
        ...loaded.document,
        doubleEntry: { instruments: ['hamd17'], visits: ['baseline'], sample: 1 },
      },
    }),
  });
  first = await server.as('coordinator');
  second = await server.as('assessor');
  manager = await server.as('data-manager');
  enrolment = new Enrolment(server, await server.study(study), first);
  values = plainAnswers(enrolment.study.instruments.get('hamd17')!);
});
afterAll(() => server?.close());

/** Someone whose HAM-D17 at baseline was entered once. */
const entered = async (answers: ItemValues = values) => {
  code = await enrolment.upTo('consented');
  place = enrolment.params(code, { visit: 'baseline', instrument: 'hamd17' });
  await done(first, saveForm, {
    params: place,
    body: { version: 0, values: answers, assessedOn: day, complete: true },
  });
};
const again = (answers: ItemValues, more: object = {}, agent = second) =>
  done(agent, saveSecondEntry, {
    params: place,
    body: { version: 0, values: answers, assessedOn: day, complete: true, ...more },
  });
const row = async (agent: Agent, show = 'all') =>
  (await done(agent, listDoubleEntry, { params, query: { show, size: 500 } })).rows.find(
    ({ participant }) => participant === code,
  );
const decide = (body: object) => ({ params: place, body: { key: key(), formVersion: 1, ...body } });

describe('the second entry', () => {
  test('waits for anyone but whoever entered the form first', async () => {
    await entered();
    expect(await row(second, 'mine')).toMatchObject({ state: 'waiting', mayEnter: true, secondBy: null });
    expect(await row(first)).toMatchObject({ state: 'waiting', mayEnter: false });
    await refused(first, readSecondEntry, { params: place }, 403);
    await refused(first, saveSecondEntry, { params: place, body: { version: 0, values } }, 403);
  });

  test('is not for somebody whose other role reads all data', async () => {
    await entered();
    const user = await server.account('Of two minds');
    await server.join(user, study, 'assessor');
    await server.join(user, study, 'data-manager');
    const { message } = await refused(await server.signIn(user), readSecondEntry, { params: place }, 403);
    expect(message).toContain('wouldn’t be blind');
  });

  test('is of forms that the protocol wants twice, once the first is complete', async () => {
    code = await enrolment.upTo('consented');
    const at = (instrument: string) => enrolment.params(code, { visit: 'baseline', instrument });
    await refused(second, readSecondEntry, { params: at('hamd17') }, 409);
    await enrolment.complete(code, 'baseline', 'background');
    await refused(second, readSecondEntry, { params: at('background') }, 404);
  });

  test('hides the first from whoever enters it, wherever it would show, until it is complete', async () => {
    await entered({ ...values, '1': { value: 3 } });
    const query = await done(manager, openQuery, {
      params,
      body: {
        key: key(),
        participant: code,
        visit: 'baseline',
        instrument: 'hamd17',
        item: '1',
        text: 'Sure?',
      },
    });
    const shown = async () =>
      (await done(second, listQueries, { params, query: { participant: code } })).rows.find(
        ({ id }) => id === query.id,
      )!.value;
    const summary = async () =>
      (await done(second, readParticipant, { params: enrolment.params(code) })).forms.find(
        ({ instrument, visit }) => instrument === 'hamd17' && visit === 'baseline',
      )!.scores;
    expect(await shown()).toContain('3');
    const begun = await again({ '1': { value: 0 } }, { complete: false });
    expect(begun).toMatchObject({
      status: 'started',
      version: 1,
      values: { '1': { value: 0 } },
      reference: null,
    });
    for (const endpoint of [readForm, formVersions]) {
      const { message } = await refused(second, endpoint, { params: place }, 403);
      expect(message).toContain('blind to the first entry');
    }
    const body = { version: 1, values, assessedOn: day, reason: 'To look' };
    await refused(second, saveForm, { params: place, body }, 403);
    expect(await shown()).toBeNull();
    expect(await summary()).toEqual([]);
    expect((await done(first, readForm, { params: place })).version).toBe(1);
    await again(values, { version: 1 });
    expect(await shown()).toContain('3');
    expect(await summary()).not.toEqual([]);
    await done(second, readForm, { params: place });
  });

  test('keeps every version, refuses a stale one, and ends when it is complete', async () => {
    await entered();
    await again({ '1': { value: 0 } }, { complete: false });
    await refused(second, saveSecondEntry, { params: place, body: { version: 0, values } }, 409);
    const unfinished = { version: 1, values: { '1': { value: 0 } }, assessedOn: day, complete: true };
    await refused(second, saveSecondEntry, { params: place, body: unfinished }, 400);
    const bad = { version: 1, values: { nonsense: { value: 1 } } };
    await refused(second, saveSecondEntry, { params: place, body: bad }, 400);
    await again(values, { version: 1 });
    await refused(second, saveSecondEntry, { params: place, body: { version: 2, values } }, 409);
    const { db } = server.services;
    const versions = await db.read
      .selectFrom('second_entry_version')
      .innerJoin('second_entry', 'second_entry.id', 'second_entry_version.entry_id')
      .innerJoin('participant', 'participant.id', 'second_entry.participant_id')
      .select(['second_entry_version.version', 'second_entry_version.status'])
      .where('participant.code', '=', code)
      .orderBy('second_entry_version.version')
      .execute();
    expect(versions).toEqual([
      { version: 1, status: 'started' },
      { version: 2, status: 'complete' },
    ]);
    await expect(
      db.write((tx) =>
        tx
          .updateTable('second_entry_version')
          .set({ answers: '{}' } as never)
          .execute(),
      ),
    ).rejects.toThrow('append-only');
  });
});

describe('comparison', () => {
  test('entries that agree are settled by themselves', async () => {
    await entered();
    await again(values);
    expect(await row(manager)).toMatchObject({ state: 'agrees', differences: 0, mayAdjudicate: false });
    expect(await done(manager, compareEntries, { params: place })).toMatchObject({
      fields: [],
      state: 'agrees',
    });
    await refused(manager, adjudicate, decide({ decisions: [] }), 409);
    expect((await done(manager, readForm, { params: place })).version).toBe(1);
  });

  test('what stands is decided field by field, and becomes a version of the form with its reason', async () => {
    await entered();
    await again(
      { ...values, '1': { value: 2 }, '2': { value: 1 }, '3': { value: 1 } },
      { assessedOn: '2026-11-22' },
    );
    const before = await countUnsettled(server.services.db.read, { study: enrolment.study, sites: null });
    expect(await row(manager, 'mine')).toMatchObject({
      state: 'differs',
      differences: 4,
      mayAdjudicate: true,
    });
    await refused(second, compareEntries, { params: place }, 403);
    const seen = await done(manager, compareEntries, { params: place });
    expect(seen.fields.map(({ field }) => field)).toEqual(['assessed-on', '1', '2', '3']);
    expect(seen.fields[1]).toMatchObject({ first: { value: 0 }, second: { value: 2 }, decided: null });

    const other = { field: '3', choice: 'other', value: { value: 2 } };
    await refused(manager, adjudicate, decide({ decisions: [other] }), 400);
    await refused(manager, adjudicate, decide({ decisions: [{ field: '9', choice: 'first' }] }), 400);
    await refused(manager, adjudicate, decide({ decisions: [], formVersion: 1 }), 400);
    const stale = decide({ decisions: [{ field: '1', choice: 'second' }], formVersion: 7 });
    await refused(manager, adjudicate, stale, 409);

    const half = decide({
      decisions: [
        { field: '1', choice: 'second' },
        { field: 'assessed-on', choice: 'first' },
      ],
    });
    const sitting = await done(manager, adjudicate, half);
    expect(await done(manager, adjudicate, half)).toEqual(sitting);
    expect(sitting).toMatchObject({ state: 'differs', formVersion: 1 });
    expect(await row(manager)).toMatchObject({ differences: 2 });
    const twice = decide({ decisions: [{ field: '1', choice: 'first' }] });
    await refused(manager, adjudicate, twice, 409);

    // What can't be saved in the form isn't kept as a decision either.
    const impossible = { ...other, value: { value: 77 }, reason: 'From the tape' };
    const rest = (decision: object) => decide({ decisions: [{ field: '2', choice: 'first' }, decision] });
    await refused(manager, adjudicate, rest(impossible), 400);
    expect(await row(manager)).toMatchObject({ differences: 2 });

    const settled = await done(manager, adjudicate, rest({ ...other, reason: 'From the tape' }));
    expect(settled).toMatchObject({ state: 'adjudicated', formVersion: 2, mayAdjudicate: false });
    const form = await done(manager, readForm, { params: place });
    expect(form).toMatchObject({ version: 2, assessedOn: day, by: 'Test data-manager', status: 'complete' });
    expect([1, 2, 3].map((item) => form.values[item])).toEqual([{ value: 2 }, { value: 0 }, { value: 2 }]);
    const [version] = (await done(manager, formVersions, { params: place })).versions;
    expect(version!.reason).toContain('Double entry adjudicated');
    expect(version!.reason).toContain('From the tape');
    expect(await countUnsettled(server.services.db.read, { study: enrolment.study, sites: null })).toBe(
      before - 1,
    );
    expect(await auditProblems(server.services, study)).toEqual([]);
  });

  test('nobody decides on an entry of their own', async () => {
    const user = await server.account('Enters, later investigates');
    await server.join(user, study, 'coordinator');
    const own = await server.signIn(user);
    await entered();
    await again({ ...values, '1': { value: 1 } }, {}, own);
    await server.join(user, study, 'investigator');
    expect(await done(own, compareEntries, { params: place })).toMatchObject({ mayAdjudicate: false });
    await refused(own, adjudicate, decide({ decisions: [{ field: '1', choice: 'second' }] }), 403);
    const investigator = await server.as('investigator');
    await done(investigator, adjudicate, decide({ decisions: [{ field: '1', choice: 'second' }] }));
  });

  test('a first entry that was corrected meanwhile is compared as it is now', async () => {
    await entered();
    await again({ ...values, '1': { value: 1 } });
    await done(first, saveForm, {
      params: place,
      body: {
        version: 1,
        values: { ...values, '1': { value: 1 } },
        assessedOn: day,
        complete: true,
        reason: 'Paper says 1',
      },
    });
    const seen = await done(manager, compareEntries, { params: place });
    expect(seen).toMatchObject({ fields: [], changedSince: true, mayAdjudicate: true });
    await done(manager, adjudicate, decide({ decisions: [], formVersion: 2 }));
    expect(await row(manager)).toMatchObject({ state: 'agrees' });
    expect((await done(manager, readForm, { params: place })).version).toBe(2);
  });
});

describe('the list', () => {
  test('comes page by page, the longest waiting first, with counts of the whole', async () => {
    await entered();
    const whole = await done(manager, listDoubleEntry, { params, query: { show: 'all', size: 500 } });
    expect(whole.rows).toHaveLength(whole.total);
    expect(Object.values(whole.counts).reduce((sum, n) => sum + n, 0)).toBe(whole.total);
    const pages = await Promise.all(
      Array.from({ length: Math.ceil(whole.total / 3) }, (_, index) =>
        done(manager, listDoubleEntry, { params, query: { show: 'all', size: 3, page: index + 1 } }),
      ),
    );
    expect(pages.flatMap(({ rows }) => rows)).toEqual(whole.rows);
    for (const { total, counts } of pages)
      expect({ total, counts }).toEqual({ total: whole.total, counts: whole.counts });
    const times = whole.rows.map(({ firstAt }) => firstAt);
    expect(times).toEqual([...times].sort());
    for (const state of entryState.options) {
      const { rows, total } = await done(manager, listDoubleEntry, { params, query: { show: state } });
      expect(rows.map((one) => one.state)).toEqual(Array(whole.counts[state]).fill(state));
      expect(total).toBe(whole.counts[state]);
    }
  });

  test('of a sample has the very forms that were drawn', async () => {
    const { db } = server.services;
    const { id, document } = enrolment.study;
    const forms = await db.read
      .selectFrom('form')
      .innerJoin('participant', 'participant.id', 'form.participant_id')
      .select(['participant.id', 'participant.code'])
      .where('participant.study_id', '=', id)
      .where('form.instrument', '=', 'hamd17')
      .where('form.status', '=', 'complete')
      .execute();
    for (const sample of [0.2, 0.5, 0.999999999999]) {
      const sampled = { ...document, doubleEntry: { ...document.doubleEntry!, sample } };
      const study = { ...enrolment.study, document: sampled };
      const user = { id: 'nobody', name: 'Nobody', email: '' };
      const caller: Caller = { user, study, roles: ['data-manager'], sites: null, blinded: false };
      const { rows } = await list(server.services, caller, { show: 'all', page: 1, size: 500 });
      const drawn = forms.filter((form) => wantedTwice(sampled, form.id, 'baseline', 'hamd17'));
      expect(rows.map(({ participant }) => participant).sort()).toEqual(drawn.map(({ code }) => code).sort());
    }
  });
});

test('error rates count each field once, as the entries were when they were compared', async () => {
  const { forms } = await done(manager, doubleEntryStatistics, { params });
  const [hamd, ...others] = forms;
  expect(others).toEqual([]);
  const items = enrolment.study.instruments.get('hamd17')!.items.length;
  expect(hamd!.compared).toBe(hamd!.entries * (items + 1));
  expect(hamd!.differed).toBe(hamd!.fields.reduce((sum, { differed }) => sum + differed, 0));
  expect(hamd!.fields.find(({ field }) => field === '3')).toMatchObject({
    differed: 1,
    firstWrong: 1,
    secondWrong: 1,
  });
  expect(hamd!.fields.find(({ field }) => field === 'assessed-on')).toMatchObject({
    firstWrong: 0,
    secondWrong: 1,
  });
});

test('exports have the first entry until it is adjudicated, and say how far the form is', async () => {
  await entered();
  await again({ ...values, '1': { value: 4 } });
  const { text } = await send(manager, exportLong, { params });
  const [head, ...lines] = text.split('\r\n');
  const at = (line: string, column: string) => line.split(',')[head!.split(',').indexOf(column)];
  const own = lines.filter((line) => at(line, 'participant') === code && at(line, 'item') === '1');
  expect(own.map((line) => [at(line, 'value'), at(line, 'double_entry')])).toEqual([['0', 'differs']]);
});

test('forms of an instrument that an amendment dropped are listed and counted as they were entered', async () => {
  await entered();
  await again({ ...values, '1': { value: 3 } });
  const { study: now } = enrolment;
  const instruments = new Map([...now.instruments].filter(([id]) => id !== 'hamd17'));
  const amended = { ...now, version: now.version + 1, instruments };
  const user = { id: 'nobody', name: 'Nobody', email: 'nobody@example.org', language: null };
  const caller: Caller = { user, study: amended, roles: ['data-manager'], sites: null, blinded: false };
  const { rows } = await list(server.services, caller, { show: 'differs', page: 1, size: 500 });
  expect(rows.find(({ participant }) => participant === code)).toMatchObject({ differences: 1 });
  const { forms } = await statistics(server.services, caller);
  expect(forms).toEqual((await done(manager, doubleEntryStatistics, { params })).forms);
});
