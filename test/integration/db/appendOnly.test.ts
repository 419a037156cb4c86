import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKind, type FreshDatabase, freshDatabase } from '../../setup/database.ts';
import { addParticipant, addStudy, auditEntry } from '../../setup/rows.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  const { db } = fresh;
  const study = await addStudy(db);
  const at = '2026-01-05T09:00:00.000Z';
  await db.write(async (tx) => {
    const participant = await addParticipant(tx, study, 'LOH-0001');
    await tx.insertInto('audit').values(auditEntry(study, 1)).execute();
    await tx
      .insertInto('randomisation_design')
      .values({
        study_id: study,
        epoch: 1,
        design: '{}',
        design_hash: 'd',
        commitment: 'c',
        sealed_secret: 's',
        activated_at: at,
      })
      .execute();
    await tx
      .insertInto('allocation')
      .values({
        study_id: study,
        number: 1,
        participant_id: participant,
        epoch: 1,
        source: 'service',
        stratum: 'all',
        arm: 'a',
        entry: '{}',
        previous_hash: '0',
        hash: 'h',
        study_version: 1,
        allocated_at: at,
        allocated_by: 'tester',
      })
      .execute();
    const saved = {
      status: 'complete',
      assessed_on: null,
      late_reason: null,
      answers: '{}',
      saved_at: at,
      saved_by: 't',
    };
    await tx
      .insertInto('form')
      .values({ id: 'f', participant_id: participant, visit: 'v', instrument: 'i', version: 1, ...saved })
      .execute();
    await tx
      .insertInto('form_version')
      .values({ form_id: 'f', version: 1, reason: null, study_version: 1, ...saved })
      .execute();
  });
});
afterAll(() => fresh.close());

const tables = { audit: 'hash', allocation: 'arm', form_version: 'answers', randomisation_design: 'design' };

describe.each(Object.entries(tables))('%s', (table, column) => {
  const statements: [string, string][] = [
    ['UPDATE', `update ${table} set ${column} = 'other'`],
    ['UPDATE that changes nothing', `update ${table} set ${column} = ${column}`],
    ['DELETE', `delete from ${table}`],
    ...(databaseKind === 'sqlite'
      ? [['INSERT OR REPLACE', `insert or replace into ${table} select * from ${table}`] as [string, string]]
      : [['TRUNCATE', `truncate ${table} cascade`] as [string, string]]),
  ];
  it.each(statements)('refuses %s', async (_, statement) => {
    const rows = () =>
      sql`select * from ${sql.table(table)}`.execute(fresh.db.read).then((result) => result.rows);
    const before = await rows();
    expect(before).toHaveLength(1);
    await expect(fresh.db.write((tx) => sql.raw(statement).execute(tx))).rejects.toThrow(
      `${table} is append-only`,
    );
    expect(await rows()).toEqual(before);
  });
});
