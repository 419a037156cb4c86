import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type FormView,
  formVersions,
  type ItemValues,
  readForm,
  saveForm,
} from '../../server/forms/contract.ts';
import { readParticipant } from '../../server/participants/contract.ts';
import { closeQuery, listQueries } from '../../server/queries/contract.ts';
import { readWorklist, resolveAlert } from '../../server/visits/contract.ts';
import { countRows, grown } from '../setup/count.ts';
import { Enrolment, plainAnswers } from '../setup/enrol.ts';
import { type Agent, BOTH_STUDIES, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

let server: TestServer;
let coordinator: Agent;
let assessor: Agent;
let manager: Agent;
const start = new Date('2026-11-23T09:00:00.000Z');
const day = '2026-11-23';
beforeAll(async () => {
  server = await testServer(BOTH_STUDIES);
  [coordinator, assessor, manager] = await Promise.all([
    server.as('coordinator'),
    server.as('assessor'),
    server.as('data-manager'),
  ]);
});
beforeEach(() => {
  server.clock.now = start;
});
afterAll(() => server?.close());

/** Of each study: an instrument with a safety rule, and an answer that meets it. */
const places = {
  // The total without the item: HAM-D17 has none; PHQ-9 takes the mean of the others, which here are all 0.
  'ipt-depression': { instrument: 'hamd17', safety: '3', value: 2, other: 3, withoutIt: { value: null } },
  'example-drug-trial': {
    instrument: 'phq9',
    safety: '9',
    value: 1,
    other: 2,
    withoutIt: { value: 0, prorated: true },
  },
} as const;

describe.each(BOTH_STUDIES)('%s', (id) => {
  const { instrument, safety, value, other, withoutIt } = places[id];
  let enrolment: Enrolment;
  let code: string;
  let values: ItemValues;
  let params: Record<string, string>;

  beforeAll(async () => {
    enrolment = new Enrolment(server, await server.study(id), coordinator);
    values = plainAnswers(enrolment.study.instruments.get(instrument)!);
  });
  beforeEach(async () => {
    code = await enrolment.upTo('consented');
    params = enrolment.params(code, { visit: enrolment.baseline, instrument });
  });

  const save = (body: object, agent = assessor) => done(agent, saveForm, { params, body });
  const read = () => done(assessor, readForm, { params });
  const versions = async () => (await done(assessor, formVersions, { params })).versions;
  const refusedSave = async (body: object, status: number) => {
    const before = await countRows(server.services);
    const refusal = await refused(assessor, saveForm, { params, body }, status);
    expect(grown(before, await countRows(server.services))).toEqual({});
    return refusal;
  };
  const paths = ({ issues }: { issues?: { path: string }[] }) =>
    (issues ?? []).map(({ path }) => path).sort();
  const openQueries = async () =>
    (await done(manager, listQueries, { params: enrolment.params(), query: { participant: code } })).rows;

  test('each save appends a version; the newest is the form', async () => {
    const [a, b] = Object.keys(values) as [string, string];
    expect(await read()).toMatchObject({ version: 0, status: 'not-started', values: {}, at: null });
    await save({ version: 0, values: { [a]: values[a] } });
    server.clock.now = new Date(start.getTime() + 60_000);
    const second = await save(
      { version: 1, values: { [a]: { missing: 'refused' }, [b]: values[b] } },
      coordinator,
    );
    expect(second).toMatchObject({
      version: 2,
      status: 'started',
      answered: 2,
      by: 'Test coordinator',
      at: server.clock.now.toISOString(),
    });
    expect(await read()).toEqual(second);
    expect(await versions()).toMatchObject([
      {
        version: 2,
        by: 'Test coordinator',
        changed: [
          { item: a, before: values[a], after: { missing: 'refused' } },
          { item: b, before: null, after: values[b] },
        ],
      },
      { version: 1, by: 'Test assessor', changed: [{ item: a, before: null, after: values[a] }] },
    ]);
  });

  test('a save that changes nothing makes no version', async () => {
    const [a] = Object.keys(values) as [string];
    expect(await save({ version: 0, values: {} })).toMatchObject({ version: 0, status: 'not-started' });
    const body = { values: { [a]: values[a] }, assessedOn: day, lateReason: 'There was no other day' };
    await save({ ...body, version: 0 });
    const before = await countRows(server.services);
    expect((await save({ ...body, version: 1 })).version).toBe(1);
    expect((await save({ ...body, version: 1, lateReason: undefined })).version).toBe(1);
    await save({ version: 1, values, assessedOn: day, complete: true });
    expect((await save({ version: 2, values, assessedOn: day, complete: true })).version).toBe(2);
    expect(
      (await save({ version: 2, values, assessedOn: day, complete: true, lateReason: 'any' })).version,
    ).toBe(2);
    expect(grown(before, await countRows(server.services))).toEqual({ form_version: 1, audit: 1 });
  });

  test('a stale version is a conflict that brings the current form', async () => {
    const [a, b] = Object.keys(values) as [string, string];
    await save({ version: 0, values: { [a]: values[a] } }, coordinator);
    for (const version of [0, 2, 99]) {
      const { current } = await refusedSave({ version, values: { [b]: values[b] } }, 409);
      expect(current as FormView).toEqual(await read());
    }
    const both = await Promise.all(
      [coordinator, assessor].map((agent) => send(agent, saveForm, { params, body: { version: 1, values } })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await versions()).map(({ version }) => version)).toEqual([2, 1]);
  });

  test('items, codes and reasons that the documents don’t have are refused', async () => {
    const choice = enrolment.study.instruments.get(instrument)!.items.find(({ kind }) => kind === 'choice')!;
    for (const wrong of [
      { 'not-an-item': { value: 1 } },
      { constructor: { value: 1 } },
      { [choice.id]: { value: 99 } },
      { [choice.id]: { value: 0.5 } },
      { [choice.id]: { value: '0' } },
      { [choice.id]: { missing: 'lost-in-the-post' } },
    ]) {
      const refusal = await refusedSave({ version: 0, values: wrong }, 400);
      expect(paths(refusal)).toEqual([`values.${Object.keys(wrong)[0]}`]);
    }
    for (const wrong of [
      { [choice.id]: { value: 1, missing: 'refused' } },
      { [choice.id]: {} },
      { [choice.id]: 1 },
      { [choice.id]: { value: null } },
      { [choice.id]: { value: [1] } },
      { 'NOT AN ID': { value: 1 } },
    ])
      await refusedSave({ version: 0, values: wrong }, 400);
    const elsewhere = { ...params, instrument: 'nothing' };
    await refused(assessor, saveForm, { params: elsewhere, body: { version: 0, values: {} } }, 404);
    await refused(assessor, readForm, { params: { ...params, visit: 'nowhere' } }, 404);
  });

  test('a form is complete with its day, every required item, and days that have come', async () => {
    const [a] = Object.keys(values) as [string];
    const { [a]: _, ...some } = values;
    const required = enrolment.study.instruments.get(instrument)!.items.filter((item) => item.required);
    const refusal = await refusedSave({ version: 0, values: some, complete: true }, 400);
    expect(paths(refusal)).toEqual(['assessedOn', `values.${a}`].sort());
    await refusedSave({ version: 0, values, assessedOn: '2026-11-24', complete: true }, 400);
    await refusedSave({ version: 0, values: {}, assessedOn: day, complete: true }, 400);
    const gone = { ...values, [a]: { missing: 'not-asked' } };
    const saved = await save({ version: 0, values: gone, assessedOn: day, complete: true });
    expect(saved).toMatchObject({ status: 'complete', version: 1, answered: required.length });
  });

  test('outside the window a reason is needed, and a query asks about it once', async () => {
    const { visit } = params as { visit: string };
    const window = enrolment.document.visits.find((one) => one.id === visit)!.window;
    server.clock.now = new Date(start.getTime() + (window.after + 1) * 86_400_000);
    const late = server.clock.now.toISOString().slice(0, 10);
    expect((await read()).window).toMatchObject({ opens: day });
    const last = new Date(start.getTime() + window.after * 86_400_000).toISOString().slice(0, 10);
    expect((await read()).window.closes).toBe(last);
    const body = { version: 0, values, assessedOn: late, complete: true };
    expect(paths(await refusedSave(body, 400))).toEqual(['lateReason']);
    expect(paths(await refusedSave({ ...body, lateReason: '  ' }, 400))).toEqual(['lateReason']);
    expect(await openQueries()).toEqual([]);
    const saved = await save({ ...body, lateReason: 'Was abroad' });
    expect(saved.lateReason).toBe('Was abroad');
    const [query, ...more] = await openQueries();
    expect(more).toEqual([]);
    expect(query).toMatchObject({ automatic: true, visit, instrument, item: null, status: 'open' });
    expect(query!.text).toContain('after the window closed');
    expect(query!.text).toContain('Was abroad');
    // Once it is answered and closed, a change of something else doesn't ask again.
    await done(manager, closeQuery, {
      params: { ...enrolment.params(), query: query!.id },
      body: { key: crypto.randomUUID(), version: query!.version },
    });
    const [a] = Object.keys(values) as [string];
    const changed = { ...values, [a]: { missing: 'unknown' } };
    await save({ version: 1, values: changed, assessedOn: late, reason: 'Misread' });
    expect(await openQueries()).toEqual([]);
    // Put back inside the window, the reason goes with it.
    const back = await save({ version: 2, values: changed, assessedOn: last, reason: 'Wrong day noted' });
    expect(back).toMatchObject({ lateReason: null, assessedOn: last });
  });

  test('a complete form changes with a reason only, and never falls back', async () => {
    await save({ version: 0, values, assessedOn: day, complete: true });
    const [a] = Object.keys(values) as [string];
    const changed = { ...values, [a]: { missing: 'unknown' } };
    const { [a]: _, ...some } = values;
    expect(paths(await refusedSave({ version: 1, values: changed, assessedOn: day }, 400))).toEqual([
      'reason',
    ]);
    await refusedSave({ version: 1, values: changed, assessedOn: day, reason: '  x ' }, 400);
    await refusedSave({ version: 1, values: some, assessedOn: day, reason: 'Left out' }, 400);
    await refusedSave({ version: 1, values, assessedOn: null, reason: 'No day' }, 400);
    const saved = await save({ version: 1, values: changed, assessedOn: day, reason: 'Transcription error' });
    expect(saved).toMatchObject({ version: 2, status: 'complete' });
    expect((await versions())[0]).toMatchObject({ reason: 'Transcription error', status: 'complete' });
  });

  test('a safety answer opens its alert at once and once, which stays until somebody says what was done', async () => {
    const alerts = async () =>
      (await done(coordinator, readWorklist, { params: enrolment.params() })).alerts.filter(
        (alert) => alert.participant === code,
      );
    const draft = await save({ version: 0, values: { [safety]: { value } } });
    expect(draft.alerts).toMatchObject([{ item: safety, value, resolvedAt: null }]);
    expect(draft.alerts[0]!.steps.length).toBeGreaterThan(0);
    const [listed, ...more] = await alerts();
    expect(more).toEqual([]);
    expect(listed).toMatchObject({ instrument, item: safety, value, openedAt: start.toISOString() });
    // The answer is taken back: what was said was said, and the alert stays.
    await save({ version: 1, values: { [safety]: { value: 0 } } });
    await save({ version: 2, values: { [safety]: { value } } });
    expect(await alerts()).toHaveLength(1);
    // Another answer that meets the rule is news.
    await save({ version: 3, values: { [safety]: { value: other } } });
    expect(await alerts()).toHaveLength(2);
    const target = { ...enrolment.params(), alert: listed!.id };
    await refused(coordinator, resolveAlert, { params: target, body: { note: '' } }, 400);
    await done(coordinator, resolveAlert, {
      params: target,
      body: { note: 'Called the clinician', done: ['Asked'] },
    });
    expect(await alerts()).toMatchObject([{ value: other }]);
    await refused(coordinator, resolveAlert, { params: target, body: { note: 'Again' } }, 409);
    await refused(
      coordinator,
      resolveAlert,
      { params: { ...target, alert: 'unknown' }, body: { note: 'Nothing' } },
      404,
    );
    await save({ version: 4, values: { [safety]: { value } } });
    expect(await alerts()).toHaveLength(1);
    expect((await read()).alerts).toHaveLength(2);
  });

  test('totals are derived from the raw answers, and no table has one', async () => {
    const saved = await save({
      version: 0,
      values: { ...values, [safety]: { value } },
      assessedOn: day,
      complete: true,
    });
    // Every other answer is plain, which in both instruments is 0.
    expect(saved.scores[0]).toMatchObject({ score: 'total', value, prorated: false });
    const { db } = server.services;
    const form = await db.read
      .selectFrom('form')
      .innerJoin('participant', 'participant.id', 'form.participant_id')
      .selectAll('form')
      .where('participant.code', '=', code)
      .where('form.instrument', '=', instrument)
      .executeTakeFirstOrThrow();
    expect(Object.keys(JSON.parse(form.answers)).sort()).toEqual(Object.keys(values).sort());
    expect(Object.keys(form).sort()).toEqual(
      [
        'id',
        'participant_id',
        'visit',
        'instrument',
        'status',
        'lot',
        'study_version',
        'version',
        'assessed_on',
        'late_reason',
        'answers',
        'reasons',
        'saved_at',
        'saved_by',
      ].sort(),
    );
    const gone = { ...values, [safety]: { missing: 'refused' } };
    const without = await save({ version: 1, values: gone, assessedOn: day, reason: 'Was refused' });
    expect(without.scores[0]).toMatchObject(withoutIt);
    expect(without.scores[0]!.why === null).toBe(without.scores[0]!.value !== null);
  });

  test('a follow-up form shows the baseline beside it', async () => {
    await enrolment.completeVisit(code, enrolment.baseline);
    await enrolment.randomise(code);
    const visit = enrolment.document.visits.find(
      (one) => !one.baseline && one.instruments.includes(instrument),
    )!;
    const form = await done(assessor, readForm, { params: { ...params, visit: visit.id } });
    expect(form.reference).toMatchObject({ values, scores: [{ value: 0 }] });
    expect((await read()).reference).toBeNull();
    const view = await done(assessor, readParticipant, { params: enrolment.params(code) });
    expect(view.forms).toHaveLength(enrolment.document.visits.flatMap((one) => one.instruments).length);
  });
});

test('a possible but unexpected answer needs a reason, asks once with it, and goes on asking in the same thread when it is changed to another one', async () => {
  const enrolment = new Enrolment(server, await server.study('ipt-depression'), coordinator);
  const code = await enrolment.upTo('consented');
  const params = enrolment.params(code, { visit: 'baseline', instrument: 'background' });
  const values = plainAnswers(enrolment.study.instruments.get('background')!);
  const save = (body: object) => done(coordinator, saveForm, { params, body });
  const texts = async () => {
    const query = { participant: code, status: 'unresolved' };
    const { rows } = await done(manager, listQueries, { params: enrolment.params(), query });
    return rows.map(({ item, automatic, value }) => ({ item, automatic, value }));
  };
  // data/instruments/background.yaml: 5 years or more are expected, 0 to 110 possible.
  const early = { ...values, 'first-onset': { value: 3 } };
  await save({ version: 0, values: early });
  expect(await texts(), 'a draft asks nothing').toEqual([]);
  const unexplained = { version: 1, values: early, assessedOn: day, complete: true };
  expect(await refused(coordinator, saveForm, { params, body: unexplained }, 400)).toMatchObject({
    issues: [{ path: 'reasons.first-onset' }],
  });
  const reasons = { 'first-onset': 'By the mother’s account' };
  expect(await save({ ...unexplained, reasons })).toMatchObject({ version: 2, reasons });
  const { rows } = await done(manager, listQueries, {
    params: enrolment.params(),
    query: { participant: code },
  });
  expect(rows[0]!.text).toBe(
    'Age at first episode 3 is less than expected, 5 years. Reason given: By the mother’s account',
  );
  const { versions } = await done(coordinator, formVersions, { params });
  expect(versions.map((one) => one.reasons)).toEqual([reasons, {}]);
  const asked = { item: 'first-onset', automatic: true, value: '3 years' };
  expect(await texts()).toEqual([asked]);
  await save({
    version: 2,
    values: { ...early, episodes: { value: 2 } },
    assessedOn: day,
    reason: 'Counted again',
  });
  expect(await texts()).toEqual([{ ...asked }]);
  await save({
    version: 3,
    values: { ...early, 'first-onset': { value: 4 } },
    assessedOn: day,
    reason: 'Asked again',
  });
  expect(await texts(), 'the thread goes on').toEqual([{ ...asked, value: '4 years' }]);
  const impossible = { ...early, 'first-onset': { value: 111 } };
  await refused(
    coordinator,
    saveForm,
    { params, body: { version: 4, values: impossible, assessedOn: day, reason: 'Typed' } },
    400,
  );
});
