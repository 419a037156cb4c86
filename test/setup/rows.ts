import type { Connection, Database } from '../../server/db/database.ts';

const AT = '2026-01-05T09:00:00.000Z';

/** A study with nothing in it. */
export async function addStudy(db: Database, id = 'study-1'): Promise<string> {
  const row = { id, code: id, synthetic: 1, synthetic_note: null, created_at: AT, changed_at: AT } as const;
  await db.write((tx) => tx.insertInto('study').values(row).execute());
  return id;
}

/** A screened participant of the study; its id is its code. */
export async function addParticipant(tx: Connection, study: string, code: string): Promise<string> {
  await tx
    .insertInto('participant')
    .values({
      id: code,
      study_id: study,
      code,
      site: 'LOH',
      status: 'screened',
      version: 1,
      screened_on: '2026-01-05',
      screening: '{}',
      exclusion_reason: null,
      created_at: AT,
      created_by: 'tester',
    })
    .execute();
  return code;
}

/** An audit entry with a made-up hash. */
export function auditEntry(study: string, seq: number) {
  return {
    study_id: study,
    seq,
    at: AT,
    user_id: 'tester',
    user_name: 'Tester',
    role: null,
    action: 'test',
    subject: `participant:${seq}`,
    before: null,
    after: null,
    reason: null,
    study_version: 1,
    previous_hash: '0',
    hash: String(seq),
  };
}
