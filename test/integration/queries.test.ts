import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveForm } from '../../server/forms/contract.ts';
import {
  ageingOfQueries,
  assignQuery,
  bulkQueries,
  cancelQuery,
  closeQuery,
  exportQueries,
  listQueries,
  openQuery,
  type QueryView,
  queryPeople,
  reopenQuery,
  replyToQuery,
} from '../../server/queries/contract.ts';
import { readDashboard } from '../../server/results/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { auditProblems } from '../setup/chain.ts';
import { countRows, grown } from '../setup/count.ts';
import { Enrolment, plainAnswers } from '../setup/enrol.ts';
import { type Agent, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

const study = 'ipt-depression';
const day = '2026-11-23';
const key = () => crypto.randomUUID();
const params = { study };

let server: TestServer;
let enrolment: Enrolment;
let code: string;
let coordinator: Agent;
let manager: Agent;
let monitor: Agent;

beforeAll(async () => {
  server = await testServer([study]);
  coordinator = await server.as('coordinator');
  manager = await server.as('data-manager');
  monitor = await server.as('monitor');
  enrolment = new Enrolment(server, await server.study(study), coordinator);
  code = await enrolment.upTo('consented', 'lohja');
});
afterAll(() => server?.close());

const open = (agent: Agent, more: object = {}): Promise<QueryView> =>
  done(agent, openQuery, {
    params,
    body: { key: key(), participant: code, text: 'Is this right?', ...more },
  });
const of = (query: QueryView) => ({ ...params, query: query.id });
const list = (agent: Agent, query: object = {}) =>
  done(agent, listQueries, { params, query: { size: 500, ...query } });
const now = async (query: QueryView) =>
  (await list(manager, { status: 'all' })).rows.find(({ id }) => id === query.id)!;
const reply = (agent: Agent, query: QueryView, text = 'It is') =>
  done(agent, replyToQuery, { params: of(query), body: { key: key(), text } });
const close = (query: QueryView, more: object = {}) => ({
  params: of(query),
  body: { key: key(), version: query.version, ...more },
});

describe('closing', () => {
  test('is done once for a key, and a retry after a reopening doesn’t close again', async () => {
    const query = await open(manager);
    const act = close(query, { text: 'Seen' });
    const first = await done(manager, closeQuery, act);
    expect(first).toMatchObject({
      status: 'closed',
      version: 2,
      closedBy: 'Test data-manager',
      acts: ['reopen'],
    });
    const rows = await countRows(server.services);
    expect(await done(manager, closeQuery, act)).toEqual(first);
    expect(grown(rows, await countRows(server.services))).toEqual({});
    await refused(manager, closeQuery, close(first), 409);
    const again = {
      params: of(query),
      body: { key: key(), version: 2, reason: 'The letter says otherwise' },
    };
    const reopened = await done(manager, reopenQuery, again);
    expect(reopened).toMatchObject({ status: 'open', closedAt: null, closedBy: null });
    await done(manager, closeQuery, act);
    expect(await now(query)).toMatchObject({ status: 'open', version: 3 });
    expect((await now(query)).messages.map(({ act, text }) => [act, text])).toEqual([
      ['close', 'Seen'],
      ['reopen', 'The letter says otherwise'],
    ]);
  });

  test('needs the version that is there now', async () => {
    const query = await open(manager);
    await reply(coordinator, query);
    const { message } = await refused(manager, closeQuery, close(query), 409);
    expect(message).toContain('was changed since you opened it');
    expect(await now(query)).toMatchObject({ status: 'answered' });
  });

  test('a monitor closes and cancels what they opened, a data manager all', async () => {
    const theirs = await open(manager);
    const own = await open(monitor);
    expect((await list(monitor)).rows.find(({ id }) => id === theirs.id)!.acts).toEqual(['reply', 'assign']);
    await refused(monitor, closeQuery, close(theirs), 403);
    await refused(monitor, cancelQuery, close(theirs, { reason: 'In error' }), 403);
    await refused(coordinator, closeQuery, close(theirs), 403);
    const closed = await done(monitor, closeQuery, close(own));
    const other = await server.account('Another monitor');
    await server.join(other, study, 'monitor');
    const another = await server.signIn(other);
    const reopening = () => ({
      params: of(own),
      body: { key: key(), version: closed.version, reason: 'Not so' },
    });
    await refused(another, reopenQuery, reopening(), 403);
    await done(monitor, reopenQuery, reopening());
    await done(manager, closeQuery, close(await now(own)));
    await refused(monitor, reopenQuery, close(await now(own), { reason: 'Mine' }), 403);
  });

  test('one that was cancelled takes nothing more and is in no count of closed ones', async () => {
    const query = await open(monitor);
    await refused(monitor, cancelQuery, close(query), 400);
    const before = (await list(manager)).counts;
    const gone = await done(monitor, cancelQuery, close(query, { reason: 'Wrong participant' }));
    expect(gone).toMatchObject({ status: 'cancelled', acts: [] });
    const after = (await list(manager)).counts;
    expect(after).toEqual({ ...before, open: before.open - 1, cancelled: before.cancelled + 1 });
    await refused(coordinator, replyToQuery, { params: of(query), body: { key: key(), text: 'But' } }, 409);
    await refused(manager, reopenQuery, close(gone, { reason: 'Back' }), 409);
  });
});

describe('owners', () => {
  test('a query waits for its owner, and its answer for whoever asked', async () => {
    const { people } = await done(coordinator, queryPeople, { params });
    const assessorAgent = await server.as('assessor');
    const with2 = (await done(coordinator, queryPeople, { params })).people;
    const assessor = with2.find(({ role }) => role === 'assessor')!;
    expect(people.some(({ role }) => role === 'coordinator')).toBe(true);
    const query = await open(manager);
    const mine = async (agent: Agent) =>
      (await list(agent, { owner: 'me' })).rows.some(({ id }) => id === query.id);
    expect(await mine(coordinator)).toBe(true);
    expect(await mine(assessorAgent)).toBe(true);
    expect(await mine(manager)).toBe(false);
    const given = await done(coordinator, assignQuery, {
      params: of(query),
      body: { key: key(), version: 1, owner: { person: assessor.id } },
    });
    expect(given).toMatchObject({ owner: { person: { name: assessor.name }, role: null }, status: 'open' });
    expect(given.messages.at(-1)).toMatchObject({ act: 'assign', text: `Given to ${assessor.name}.` });
    expect([await mine(coordinator), await mine(assessorAgent)]).toEqual([false, true]);
    const seen = await done(assessorAgent, readWorklist, { params });
    expect(seen.queries.some(({ id }) => id === query.id)).toBe(true);
    await done(manager, assignQuery, {
      params: of(query),
      body: { key: key(), version: 2, owner: { role: 'coordinator' } },
    });
    expect([await mine(coordinator), await mine(assessorAgent)]).toEqual([true, false]);
    await reply(coordinator, query);
    expect([await mine(coordinator), await mine(manager), await mine(monitor)]).toEqual([false, true, false]);
    for (const row of (await list(manager, { status: 'all' })).rows)
      expect(row.forMe, row.id).toBe(
        (await list(manager, { owner: 'me' })).rows.some(({ id }) => id === row.id),
      );
  });

  test('nobody gets one who doesn’t answer queries at the site', async () => {
    const query = await open(manager);
    const far = await server.account('Far away');
    await server.join(far, study, 'coordinator', 'vihti');
    const statistician = await server.account('Statistician');
    await server.join(statistician, study, 'statistician');
    for (const owner of [{ person: far.id }, { person: statistician.id }, { role: 'statistician' }])
      await refused(
        manager,
        assignQuery,
        { params: of(query), body: { key: key(), version: 1, owner } },
        400,
      );
    expect(await now(query)).toMatchObject({ version: 1, messages: [] });
  });
});

test('age is in whole days until it is closed, and its bands split the list', async () => {
  const start = server.clock.now;
  const at = async (days: number) => {
    server.clock.now = new Date(start.getTime() - days * 86_400_000);
    const query = await open(manager, { participant: code });
    server.clock.now = start;
    return query;
  };
  const made = new Map<number, QueryView>();
  for (const days of [6, 7, 13, 14, 27, 28, 40]) made.set(days, await at(days));
  const band = async (age: string) => {
    const ids = new Set((await list(manager, { age })).rows.map(({ id }) => id));
    return [...made].filter(([, { id }]) => ids.has(id)).map(([days]) => days);
  };
  expect(await band('new')).toEqual([6]);
  expect(await band('ageing')).toEqual([7, 13]);
  expect(await band('old')).toEqual([14, 27]);
  expect(await band('overdue')).toEqual([28, 40]);
  expect(await now(made.get(28)!)).toMatchObject({ days: 28 });
  await done(manager, closeQuery, close(made.get(40)!));
  const { sites } = await done(manager, ageingOfQueries, { params });
  const lohja = sites.find(({ site }) => site === 'lohja')!;
  expect(lohja).toMatchObject({ ageing: 2, old: 2, overdue: 1 });
  expect(lohja.new + lohja.ageing + lohja.old + lohja.overdue).toBe(lohja.unresolved);
  server.clock.now = new Date(start.getTime() + 10 * 86_400_000);
  expect(await now(made.get(40)!)).toMatchObject({ days: 40 });
  server.clock.now = start;
});

describe('in bulk', () => {
  const some = async (n: number) => {
    const queries: QueryView[] = [];
    for (let i = 0; i < n; i += 1) queries.push(await open(monitor));
    return queries;
  };
  const body = (queries: QueryView[], act: object) => ({
    key: key(),
    act,
    queries: queries.map(({ id, version }) => ({ id, version })),
  });

  test('all are closed, once for a key, and each says what became of it', async () => {
    const queries = await some(3);
    const sent = { params, body: body(queries, { do: 'close', text: 'Settled at the visit' }) };
    const first = await done(manager, bulkQueries, sent);
    expect(first.rows).toEqual(
      queries.map(({ id, number }) => ({ id, number, status: 'closed', version: 2 })),
    );
    const rows = await countRows(server.services);
    expect(await done(manager, bulkQueries, sent)).toEqual(first);
    expect(grown(rows, await countRows(server.services))).toEqual({});
    expect((await now(queries[0]!)).messages[0]).toMatchObject({
      act: 'close',
      text: 'Settled at the visit',
    });
  });

  test('one that can’t take it leaves all as they were', async () => {
    const queries = await some(3);
    await reply(coordinator, queries[1]!);
    const rows = await countRows(server.services);
    const refusal = await refused(
      manager,
      bulkQueries,
      { params, body: body(queries, { do: 'close' }) },
      409,
    );
    expect(refusal.issues).toMatchObject([{ path: 'queries.1' }]);
    expect(refusal.message).toContain('1 of 3');
    expect(grown(rows, await countRows(server.services))).toEqual({});
    const twice = body([queries[0]!, queries[0]!], { do: 'close' });
    await refused(manager, bulkQueries, { params, body: twice }, 400);
    const unknown = { ...twice, queries: [{ id: 'unknown', version: 1 }] };
    await refused(manager, bulkQueries, { params, body: unknown }, 404);
    await refused(monitor, bulkQueries, { params, body: body(queries, { do: 'close' }) }, 403);
  });

  test('assigns and replies too', async () => {
    const queries = await some(2);
    await done(manager, bulkQueries, {
      params,
      body: body(queries, { do: 'assign', owner: { role: 'coordinator' } }),
    });
    expect(await now(queries[1]!)).toMatchObject({ owner: { role: 'coordinator' }, version: 2 });
    const later = await Promise.all(queries.map(now));
    await done(manager, bulkQueries, {
      params,
      body: body(later, { do: 'reply', text: 'Please by Friday' }),
    });
    expect(await now(queries[0]!)).toMatchObject({ status: 'open', version: 3 });
  });
});

test('an automatic query closes itself when its cause is gone and reopens when it returns', async () => {
  const person = await enrolment.upTo('consented');
  const place = enrolment.params(person, { visit: 'baseline', instrument: 'background' });
  const values = plainAnswers(enrolment.study.instruments.get('background')!);
  let version = 0;
  const save = async (onset: number, more: object = {}) => {
    const answers = { ...values, 'first-onset': { value: onset } };
    await done(coordinator, saveForm, {
      params: place,
      body: {
        version,
        values: answers,
        assessedOn: day,
        reason: 'Asked again',
        reasons: onset < 5 ? { 'first-onset': 'By the mother’s account' } : {},
        ...more,
      },
    });
    version += 1;
  };
  const thread = async () => (await list(manager, { status: 'all', participant: person })).rows;
  // data/instruments/background.yaml: 5 years or more are expected.
  await save(3, { complete: true });
  const [query, ...others] = await thread();
  expect(others).toEqual([]);
  expect(query).toMatchObject({ automatic: true, status: 'open', value: '3 years' });
  await reply(coordinator, query!, 'The letter says 30');
  await save(30);
  expect(await thread()).toMatchObject([
    {
      status: 'closed',
      closedBy: 'Automatic check',
      messages: [{ act: 'reply' }, { act: 'close', automatic: true, by: 'Automatic check' }],
    },
  ]);
  await save(4);
  const [back, ...more] = await thread();
  expect(more).toEqual([]);
  expect(back).toMatchObject({ status: 'open', closedAt: null });
  expect(back!.messages.at(-1)).toMatchObject({ act: 'reopen', automatic: true });
  expect(back!.messages.at(-1)!.text).toContain('4 is less than expected');
  // A change to another item leaves the thread alone.
  values.episodes = { value: 2 };
  await save(4);
  expect((await thread())[0]!.messages).toHaveLength(3);
  await refused(monitor, closeQuery, close((await thread())[0]!), 403);
  expect(await auditProblems(server.services, study)).toEqual([]);
});

test('the file has a row for each message, and says on the trail that it was taken', async () => {
  const person = await enrolment.upTo('consented');
  const query = await open(manager, { participant: person, text: '=SUM(A1), really?' });
  await reply(coordinator, query, 'Yes, “really”');
  const answer = await send(manager, exportQueries, { params, query: { participant: person } });
  const [head, first, second, ...rest] = answer.text.trim().split('\r\n');
  expect(rest).toEqual([]);
  expect(head).toContain('query,participant,site');
  // A spreadsheet must not take words for a formula.
  expect(first).toMatch(/,0,.*,Test data-manager,open,"'=SUM\(A1\), really\?"$/);
  expect(second).toMatch(/,1,.*,Test coordinator,reply,Yes, “really”$|,1,.*,"Yes, “really”"$/);
});

test('the dashboard counts the queries of the caller’s sites', async () => {
  const near = await server.as('investigator', { study, site: 'vihti' });
  const far = await enrolment.upTo('consented', 'vihti');
  const before = await closed(near);
  const query = await open(manager, { participant: far });
  await open(manager);
  expect(await closed(near)).toEqual({ ...before, of: before.of + 1 });
  await done(manager, closeQuery, close(query));
  expect(await closed(near)).toEqual({ ...before, count: before.count + 1, of: before.of + 1 });
  const { counts } = await list(near, { status: 'all' });
  expect(counts.open + counts.answered + counts.closed).toBe(before.of + 1);
});

async function closed(agent: Agent) {
  const { completeness } = await done(agent, readDashboard, { params });
  const { count, of } = completeness.find(({ label }) => label === 'Queries closed')!;
  return { count, of };
}
