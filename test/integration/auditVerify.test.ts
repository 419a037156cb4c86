import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  endReviewPlan,
  exportAuditCsv,
  exportAuditJson,
  listAudit,
  listReviews,
  planReview,
  recordReview,
} from '../../server/audit/contract.ts';
import { verifyFile, verifyStudy } from '../../server/audit/verify.ts';
import { onPostgres } from '../../server/db/migrations/portable.ts';
import { addGroup } from '../../server/groups/contract.ts';
import { addDays } from '../../server/visits/days.rules.ts';
import { Enrolment } from '../setup/enrol.ts';
import { type Agent, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

const study = 'ipt-depression';
let server: TestServer;
let manager: Agent;
let enrolment: Enrolment;
let code: string;
beforeAll(async () => {
  server = await testServer([study]);
  manager = await server.as('data-manager');
  await server.as('owner');
  enrolment = new Enrolment(server, await server.study(study), await server.as('coordinator'));
  code = await enrolment.upTo('consented', 'lohja');
  await enrolment.upTo('screening', 'vihti');
});
afterAll(() => server?.close());

const verify = () => verifyStudy(server.services.db.read, study);
const rows = () => server.services.db.read.selectFrom('audit').selectAll().orderBy('seq').execute();

/** What somebody with the database's own tools does: takes the guards off, changes rows, and puts the guards back. */
async function tamper(work: (db: Kysely<unknown>) => Promise<unknown>): Promise<void> {
  await server.services.db.write(async (tx) => {
    const db = tx as unknown as Kysely<unknown>;
    if (onPostgres(db)) {
      await sql`alter table audit disable trigger user`.execute(db);
      await work(db);
      await sql`alter table audit enable trigger user`.execute(db);
      return;
    }
    const guards = await sql<{ sql: string; name: string }>`
      select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'audit'`.execute(db);
    for (const { name } of guards.rows) await sql`drop trigger ${sql.id(name)}`.execute(db);
    await work(db);
    for (const guard of guards.rows) await sql.raw(guard.sql).execute(db);
  });
}

/** Does the harm, says what is found, and undoes it. */
async function foundAfter(work: (db: Kysely<unknown>) => Promise<unknown>) {
  const before = await rows();
  await tamper(work);
  const { broken } = await verify();
  await tamper(async (db) => {
    await sql`delete from audit where study_id = ${study}`.execute(db);
    for (const row of before)
      await sql`insert into audit (${sql.join(Object.keys(row).map((name) => sql.ref(name)))}) values (${sql.join(Object.values(row))})`.execute(
        db,
      );
  });
  expect((await verify()).broken).toBeNull();
  return broken;
}

describe('verifying the chain', () => {
  test('a trail that nobody touched is whole', async () => {
    const all = await rows();
    expect(all.length).toBeGreaterThan(7);
    expect(await verify()).toEqual({ entries: all.length, last: all.at(-1)!.hash, broken: null });
  });

  test.each([
    ['user_name', 'Somebody Else'],
    ['after', '{"forged":true}'],
    ['reason', 'Made up'],
    ['at', '2020-01-01T00:00:00.000Z'],
    ['role', 'owner'],
  ])('an altered %s is found at its entry', async (column, value) => {
    const broken = await foundAfter((db) =>
      sql`update audit set ${sql.ref(column)} = ${value} where study_id = ${study} and seq = 5`.execute(db),
    );
    expect(broken).toMatchObject({ seq: 5, what: expect.stringContaining('contents were changed') });
  });

  test('a dropped entry is found, the first and one in the middle', async () => {
    for (const seq of [1, 4]) {
      const broken = await foundAfter((db) =>
        sql`delete from audit where study_id = ${study} and seq = ${seq}`.execute(db),
      );
      expect(broken).toMatchObject({ seq, what: expect.stringContaining('missing') });
    }
  });

  test('two entries that changed places are found', async () => {
    const broken = await foundAfter(async (db) => {
      await sql`update audit set seq = -1 where study_id = ${study} and seq = 3`.execute(db);
      await sql`update audit set seq = 3 where study_id = ${study} and seq = 6`.execute(db);
      await sql`update audit set seq = 6 where study_id = ${study} and seq = -1`.execute(db);
    });
    expect(broken).toMatchObject({ seq: 3 });
  });

  test('an inserted entry is found, even one with a hash of its own', async () => {
    const { hash } = (await rows())[3]!;
    const broken = await foundAfter(async (db) => {
      await sql`update audit set seq = seq + 1000 where study_id = ${study} and seq > 4`.execute(db);
      await sql`update audit set seq = seq - 999 where study_id = ${study} and seq > 4`.execute(db);
      await sql`insert into audit select study_id, 5, at, user_id, user_name, role, action, subject, before, after, reason, study_version, ${hash}, hash from audit where study_id = ${study} and seq = 4`.execute(
        db,
      );
    });
    expect(broken).toMatchObject({ seq: 5 });
  });

  test('an end that was cut off is found by the hash that somebody noted', async () => {
    const last = (await rows()).at(-1)!;
    await tamper((db) => sql`delete from audit where study_id = ${study} and seq = ${last.seq}`.execute(db));
    expect((await verify()).broken, 'what is left is a chain').toBeNull();
    const { broken } = await verifyStudy(server.services.db.read, study, last.hash);
    expect(broken).toMatchObject({ seq: last.seq, what: expect.stringContaining('missing') });
    await tamper((db) =>
      sql`insert into audit (${sql.join(Object.keys(last).map((name) => sql.ref(name)))}) values (${sql.join(Object.values(last))})`.execute(
        db,
      ),
    );
  });
});

describe('the exported file', () => {
  test('verifies without the server, and a change of one letter is found', async () => {
    const { text } = await send(manager, exportAuditJson, { params: { study } });
    expect(await verifyFile(text)).toMatchObject({ study, broken: null });
    const file = JSON.parse(text);
    expect(file.entries.map(({ seq }: { seq: number }) => seq)).toEqual(
      file.entries.map((_: unknown, index: number) => index + 1),
    );
    file.entries[6].reason = 'x';
    expect((await verifyFile(JSON.stringify(file))).broken).toMatchObject({ seq: 7 });
    await expect(verifyFile('not JSON')).rejects.toThrow('not JSON');
    const part = await send(manager, exportAuditJson, { params: { study }, query: { role: 'coordinator' } });
    expect(part.text).not.toContain('hash');
    await expect(verifyFile(part.text)).rejects.toThrow('part of the trail');
  });

  test('as CSV has the entries of the filter, oldest first, and that it was taken is on the trail', async () => {
    const { text } = await send(manager, exportAuditCsv, { params: { study }, query: { participant: code } });
    const lines = text.trim().split('\n');
    expect(lines[0]).toMatch(/^seq,at,user_name,role,action,subject,before,after,reason,study_version/);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines.slice(1)) expect(line).toContain(code);
    const { rows: newest } = await done(manager, listAudit, { params: { study }, query: { size: 1 } });
    expect(newest[0]).toMatchObject({ action: 'audit.export', after: { format: 'csv' } });
  });
});

describe('filters', () => {
  const find = async (query: object) =>
    (await done(manager, listAudit, { params: { study }, query: { size: 500, ...query } })).rows;

  test('by person, role, participant and words', async () => {
    const all = await find({});
    const same = async (query: object, wanted: (row: (typeof all)[number]) => boolean) => {
      const found = await find(query);
      expect(found.length).toBeGreaterThan(0);
      expect(found.map(({ seq }) => seq)).toEqual(all.filter(wanted).map(({ seq }) => seq));
    };
    await same({ person: 'test COORD' }, (row) => row.by === 'Test coordinator');
    await same({ role: 'coordinator' }, (row) => row.role === 'coordinator');
    await same({ participant: code }, (row) => row.subject.includes(code));
    await same({ action: 'consent.record' }, (row) => row.action === 'consent.record');
    await same({ text: 'ELIGIBLE' }, (row) => JSON.stringify(row).toLowerCase().includes('eligible'));
    expect(await find({ person: '%' })).toEqual([]);
  });

  test('by days where the study runs: midnight in Helsinki is 22:00 UTC', async () => {
    server.clock.now = new Date('2026-11-23T21:59:59.000Z');
    await enrolment.upTo('screening', 'lohja');
    server.clock.now = new Date('2026-11-23T22:00:00.000Z');
    const late = await enrolment.upTo('screening', 'lohja');
    const next = await find({ from: '2026-11-24' });
    expect(next.map(({ subject }) => subject)).toEqual([`participant:${late}`]);
    const until = await find({ until: '2026-11-23', text: late });
    expect(until).toEqual([]);
  });
});

test('a blinded reader sees no gap where an entry is kept from them', async () => {
  const blinded = await testServer([study], {
    change: (loaded) => ({
      ...loaded,
      document: { ...loaded.document, masking: { blinded: ['monitor'] } },
    }),
  });
  try {
    const coordinator = await blinded.as('coordinator');
    const arm = (await blinded.study(study)).document.arms.find((one) => one.group)!;
    const body = {
      key: crypto.randomUUID(),
      site: 'lohja',
      arm: arm.id,
      name: 'Tuesdays',
      startsOn: '2026-12-01',
      seats: 5,
    };
    await done(coordinator, addGroup, { params: { study }, body });
    const monitor = await blinded.as('monitor');
    const seen = await done(monitor, listAudit, { params: { study } });
    expect(seen.rows.map(({ action }) => action)).not.toContain('groups.add');
    expect(seen.rows.map(({ seq }) => seq)).toEqual(seen.rows.map((_, index) => seen.total - index));
    for (const kind of [exportAuditJson, exportAuditCsv]) {
      const { text } = await send(monitor, kind, { params: { study } });
      expect(text).not.toContain('groups.');
      expect(text).not.toMatch(/"(previous_)?hash":"|previous_hash/);
    }
    const unblinded = await done(await blinded.as('owner'), listAudit, { params: { study } });
    expect(unblinded.rows.map(({ action }) => action)).toContain('groups.add');
  } finally {
    await blinded.close();
  }
});

describe('planned reviews', () => {
  test('are due, overdue and done; a review remembers where the trail ended', async () => {
    const today = '2026-11-24';
    const key = () => crypto.randomUUID();
    const plan = {
      key: key(),
      scope: 'All changes',
      reviewer: 'Monitor',
      everyDays: 30,
      firstDue: '2026-11-14',
    };
    const { id } = await done(manager, planReview, { params: { study }, body: plan });
    expect((await done(manager, planReview, { params: { study }, body: plan })).id, 'a retry').toBe(id);
    const list = async () => done(manager, listReviews, { params: { study } });
    expect((await list()).plans).toMatchObject([
      { id, due: '2026-11-14', overdueDays: 10, lastReviewed: null },
    ]);
    const review = {
      key: key(),
      plan: id,
      from: '2026-10-01',
      until: today,
      lookedAt: 'Every entry',
      outcome: 'nothing',
    };
    const monitor = await server.as('monitor');
    await refused(
      monitor,
      recordReview,
      { params: { study }, body: { ...review, until: addDays(today, 1) } },
      400,
    );
    await refused(
      monitor,
      recordReview,
      { params: { study }, body: { ...review, from: today, until: '2026-10-01' } },
      400,
    );
    await refused(monitor, recordReview, { params: { study }, body: { ...review, outcome: 'major' } }, 400);
    await refused(monitor, recordReview, { params: { study }, body: { ...review, plan: 'none' } }, 404);
    await done(monitor, recordReview, { params: { study }, body: review });
    const after = await list();
    expect(after.plans).toMatchObject([{ due: addDays(today, 30), overdueDays: 0, lastReviewed: today }]);
    expect(after.reviews).toMatchObject([{ by: 'Test monitor', scope: 'All changes', outcome: 'nothing' }]);
    await refused(monitor, planReview, { params: { study }, body: { ...plan, key: key() } }, 403);
    await done(manager, endReviewPlan, {
      params: { study, plan: id },
      body: { version: 1, reason: 'Study ends' },
    });
    await refused(
      manager,
      endReviewPlan,
      { params: { study, plan: id }, body: { version: 1, reason: 'Again' } },
      409,
    );
    expect((await list()).plans).toMatchObject([{ due: null, overdueDays: 0 }]);
    expect((await verify()).broken).toBeNull();
  });

  test('a trail whose end was cut after a review no longer fits it', async () => {
    const { trail_seq } = await server.services.db.read
      .selectFrom('audit_review')
      .select('trail_seq')
      .executeTakeFirstOrThrow();
    await tamper((db) =>
      sql`delete from audit where study_id = ${study} and seq >= ${trail_seq}`.execute(db),
    );
    expect((await verify()).broken).toMatchObject({
      seq: trail_seq,
      what: expect.stringContaining('the review of 2026-11-23'),
    });
  });
});
