import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../randomisation/verifier.mjs';
import {
  logContact,
  readParticipant,
  recordEvent,
  screenParticipant,
} from '../../server/participants/contract.ts';
import { openQuery, replyToQuery } from '../../server/queries/contract.ts';
import { exportAllocations, randomise, revealSecret } from '../../server/randomisation/contract.ts';
import { addStudy } from '../../server/studies/add.ts';
import { auditProblems } from '../setup/chain.ts';
import { countRows, grown } from '../setup/count.ts';
import { copies, Enrolment, fittingScreening } from '../setup/enrol.ts';
import { type Agent, BOTH_STUDIES, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

const day = '2026-11-23';
let server: TestServer;
let coordinator: Agent;
beforeAll(async () => {
  server = await testServer(BOTH_STUDIES);
  coordinator = await server.as('coordinator');
});
afterAll(() => server?.close());

const times = <T>(n: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, index) => make(index)));

describe('a key', () => {
  let enrolment: Enrolment;
  let code: string;
  beforeAll(async () => {
    enrolment = new Enrolment(server, await server.study('ipt-depression'), coordinator);
    code = await enrolment.upTo('randomised');
  });

  test('gives the first result again, whatever has happened since, and does nothing twice', async () => {
    const manager = await server.as('data-manager');
    const { id: query } = await done(manager, openQuery, {
      params: enrolment.params(),
      body: { key: crypto.randomUUID(), participant: code, text: 'Is this right?' },
    });
    const values = fittingScreening(enrolment.document);
    const acts = [
      [coordinator, screenParticipant, {}, { site: 'lohja', screenedOn: day, values }],
      [coordinator, logContact, {}, { on: day, outcome: 'reached' }],
      [coordinator, recordEvent, {}, { event: 'treatment-start', on: day }],
      [manager, openQuery, {}, { participant: code, text: 'And this?' }],
      [coordinator, replyToQuery, { query }, { text: 'Yes' }],
    ] as const;
    for (const [agent, endpoint, more, payload] of acts) {
      const params = enrolment.params(code, more);
      const body = { ...payload, key: crypto.randomUUID() };
      const first = await done(agent, endpoint, { params, body });
      const rows = await countRows(server.services);
      expect(await done(agent, endpoint, { params, body }), endpoint.id).toEqual(first);
      const { message } = await refused(agent, endpoint, { params, body: changed(body) }, 409);
      expect(message).toContain('Nothing was changed');
      expect(grown(rows, await countRows(server.services)), endpoint.id).toEqual({});
      const at = await times(5, () =>
        send(agent, endpoint, { params, body: { ...body, key: body.key.toUpperCase() } }),
      );
      for (const { status } of at) expect([200, 400, 409]).toContain(status);
    }
  });

  const changed = (body: Record<string, unknown>) =>
    'text' in body
      ? { ...body, text: `${body.text}!` }
      : 'values' in body
        ? { ...body, site: 'vihti' }
        : { ...body, on: '2026-11-22' };

  test('is of one person: another may use the same', async () => {
    const body = { key: crypto.randomUUID(), on: day, outcome: 'reached' };
    const params = enrolment.params(code);
    const one = await done(coordinator, logContact, { params, body });
    const other = await done(await server.as('assessor'), logContact, { params, body });
    expect(other.id).not.toBe(one.id);
  });

  test('two studies never have the same code', async () => {
    const { document, instruments } = enrolment.study;
    const namesake = { document: { ...document, id: 'namesake' }, instruments: [...instruments.values()] };
    await expect(addStudy(server.services, namesake)).rejects.toThrow('has the code DEP-3A already');
  });

  test('is of one study, even where participant IDs are the same in two', async () => {
    const { document, instruments } = enrolment.study;
    const twin = { ...document, id: 'twin', code: 'TWIN' };
    await addStudy(server.services, { document: twin, instruments: [...instruments.values()] });
    const user = await server.account('In Both');
    await server.join(user, 'twin', 'coordinator');
    await server.join(user, enrolment.study.id, 'coordinator');
    const agent = await server.signIn(user);
    const other = new Enrolment(server, await server.study('twin'), agent);
    const theirs = await other.upTo('baseline', 'lohja');
    const key = crypto.randomUUID();
    const body = { key, on: day, outcome: 'reached' };
    await done(agent, logContact, { params: enrolment.params(theirs), body });
    await refused(agent, logContact, { params: other.params(theirs), body }, 409);
    const screening = {
      key: crypto.randomUUID(),
      site: 'lohja',
      screenedOn: day,
      values: fittingScreening(document),
    };
    await done(agent, screenParticipant, { params: other.params(), body: screening });
    await refused(agent, screenParticipant, { params: enrolment.params(), body: screening }, 409);
  });

  test('that was refused is not spent', async () => {
    const fresh = await enrolment.upTo('consented');
    const body = { key: crypto.randomUUID(), confirm: fresh };
    await refused(coordinator, randomise, { params: enrolment.params(fresh), body }, 409);
    await enrolment.completeVisit(fresh, 'baseline');
    await done(coordinator, randomise, { params: enrolment.params(fresh), body });
  });
});

describe.each(BOTH_STUDIES)('randomising in %s', (id) => {
  let enrolment: Enrolment;
  beforeAll(async () => {
    enrolment = new Enrolment(server, await server.study(id), coordinator);
  });
  const allocations = () =>
    server.services.db.read
      .selectFrom('allocation')
      .innerJoin('participant', 'participant.id', 'allocation.participant_id')
      .select(['number', 'code', 'hash', 'previous_hash'])
      .where('allocation.study_id', '=', id)
      .orderBy('number')
      .execute();
  const of = async (code: string) => (await allocations()).filter((row) => row.code === code);

  test('a double click, twenty times over, with one key gives one allocation and one answer', async () => {
    const code = await enrolment.upTo('baseline');
    const rows = await countRows(server.services);
    const body = { key: crypto.randomUUID(), confirm: code };
    const answers = await times(20, () =>
      send(coordinator, randomise, { params: enrolment.params(code), body }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await of(code)).toHaveLength(1);
    expect(grown(rows, await countRows(server.services))).toEqual({
      allocation: 1,
      audit: 1,
      idempotency: 1,
    });
  });

  test('twenty clicks with keys of their own give one allocation, and the others hear of it', async () => {
    const code = await enrolment.upTo('baseline');
    const rows = await countRows(server.services);
    const answers = await times(20, () =>
      send(coordinator, randomise, {
        params: enrolment.params(code),
        body: { key: crypto.randomUUID(), confirm: code },
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refusals = answers.filter(({ status }) => status === 409);
    expect(refusals).toHaveLength(19);
    for (const { body } of refusals) expect(body.message).toContain('Randomised already');
    expect(await of(code)).toHaveLength(1);
    expect(grown(rows, await countRows(server.services))).toEqual({
      allocation: 1,
      audit: 1,
      idempotency: 1,
    });
  });

  test('sixty at once are numbered without gaps, and a stranger can verify each draw', async () => {
    const before = (await allocations()).length;
    const codes: string[] = [];
    for (const [index, site] of enrolment.document.sites.entries()) {
      const first = await enrolment.upTo('baseline', site.id);
      const more = Math.floor((60 + index) / enrolment.document.sites.length) - 1;
      codes.push(first, ...(await copies(server.services, id, first, more)));
    }
    expect(codes).toHaveLength(60);
    await times(60, (n) => enrolment.randomise(codes[n]!));
    const log = await allocations();
    expect(log.map(({ number }) => number)).toEqual(Array.from({ length: before + 60 }, (_, n) => n + 1));
    expect(new Set(log.map(({ code }) => code)).size).toBe(before + 60);
    expect(log.slice(1).map((row) => row.previous_hash)).toEqual(log.slice(0, -1).map(({ hash }) => hash));
    const views = await times(3, (n) =>
      done(coordinator, readParticipant, { params: enrolment.params(codes[n]!) }),
    );
    for (const view of views) expect(view.status).toBe('randomised');
    expect(await auditProblems(server.services, id)).toEqual([]);

    // Closed at the end, the log carries its secret, and the verifier draws every allocation anew.
    const owner = await server.as('owner');
    const closing = { confirm: id, reason: 'Recruitment is complete' };
    await done(owner, revealSecret, { params: { study: id }, body: closing });
    const statistician = await server.as('statistician');
    const exported = (await send(statistician, exportAllocations, { params: { study: id } })).body;
    const { level, problems } = verify(exported);
    expect({ level, problems }).toEqual({ level: 'draws', problems: [] });
    expect(exported.entries).toHaveLength(before + 60);
    const tampered = structuredClone(exported);
    const arms = enrolment.document.arms.map((arm) => arm.id);
    tampered.entries[7].arm = arms.find((arm) => arm !== tampered.entries[7].arm);
    expect(verify(tampered).problems.some(({ index }) => index === 8)).toBe(true);
    await refused(
      coordinator,
      randomise,
      { params: enrolment.params(codes[0]!), body: { key: crypto.randomUUID(), confirm: codes[0]! } },
      409,
    );
  }, 60_000);
});
