import { type Insertable, type Selectable, sql } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type IdentityRecord = Selectable<Tables['identity_record']>;

export async function readRecord(db: Connection, participant: string): Promise<IdentityRecord | undefined> {
  return db
    .selectFrom('identity_record')
    .selectAll()
    .where('participant_id', '=', participant)
    .executeTakeFirst();
}

export async function insertRecord(
  db: Connection,
  row: Insertable<Tables['identity_record']>,
): Promise<void> {
  await db.insertInto('identity_record').values(row).execute();
}

type Change = Partial<Omit<IdentityRecord, 'participant_id' | 'study_id'>>;

/** False when the record is no longer at `version`. */
export async function updateRecord(
  db: Connection,
  participant: string,
  version: number,
  change: Change,
): Promise<boolean> {
  const result = await db
    .updateTable('identity_record')
    .set(change)
    .where('participant_id', '=', participant)
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Replaces what the participant can be found by. */
export async function replaceTerms(
  db: Connection,
  study: string,
  participant: string,
  digests: readonly string[],
): Promise<void> {
  await db.deleteFrom('identity_term').where('participant_id', '=', participant).execute();
  if (digests.length > 0)
    await db
      .insertInto('identity_term')
      .values(digests.map((digest) => ({ study_id: study, participant_id: participant, digest })))
      .execute();
}

export async function participantsByTerm(
  db: Connection,
  study: string,
  sites: ReadonlySet<string> | null,
  digests: readonly string[],
) {
  let query = db
    .selectFrom('identity_term')
    .innerJoin('participant', 'participant.id', 'identity_term.participant_id')
    .select(['participant.code', 'participant.site'])
    .distinct()
    .where('identity_term.study_id', '=', study)
    .where('identity_term.digest', 'in', digests);
  if (sites) query = query.where('participant.site', 'in', [...sites]);
  return query.orderBy('participant.code').execute();
}

export interface Listed {
  sites: ReadonlySet<string> | null;
  find?: string;
  kept?: 'yes' | 'no' | 'erased';
}

/** Participants at the sites with their records, where there are any. */
export function withRecords(db: Connection, study: string, { sites, find, kept }: Listed) {
  let query = db
    .selectFrom('participant')
    .leftJoin('identity_record', 'identity_record.participant_id', 'participant.id')
    .where('participant.study_id', '=', study);
  if (sites) query = query.where('participant.site', 'in', [...sites]);
  if (find) {
    const part = `%${find.trim().toUpperCase().replaceAll(/[!%_]/g, '!$&')}%`;
    query = query.where(sql<boolean>`participant.code like ${part} escape '!'`);
  }
  if (kept === 'no') query = query.where('identity_record.participant_id', 'is', null);
  if (kept === 'yes') query = query.where('identity_record.box', 'is not', null);
  if (kept === 'erased') query = query.where('identity_record.erased_at', 'is not', null);
  return query;
}

export async function listRecords(
  db: Connection,
  study: string,
  listed: Listed,
  { page, size }: { page: number; size: number },
) {
  const query = withRecords(db, study, listed);
  const { total } = await query
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await query
    .select(['code', 'site', 'written_at', 'erased_at', 'box'])
    .orderBy('code')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { total: Number(total), rows };
}

/** Records that can be opened, in the order of participant IDs. */
export async function keptRecords(db: Connection, study: string, sites: ReadonlySet<string> | null) {
  return withRecords(db, study, { sites, kept: 'yes' })
    .selectAll('identity_record')
    .select(['code', 'site'])
    .orderBy('code')
    .$narrowType<{
      participant_id: string;
      key_name: string;
      sealed_key: string;
      box: string;
      version: number;
    }>()
    .execute();
}

/** Some records of the study that are under another key than the one in use. */
export async function underOtherKeys(db: Connection, study: string, key: string, size: number) {
  return db
    .selectFrom('identity_record')
    .selectAll()
    .where('study_id', '=', study)
    .where('box', 'is not', null)
    .where('key_name', '!=', key)
    .orderBy('participant_id')
    .limit(size)
    .$narrowType<{ key_name: string; sealed_key: string; box: string }>()
    .execute();
}

export async function countUnderOtherKeys(db: Connection, study: string, key: string): Promise<number> {
  const { n } = await db
    .selectFrom('identity_record')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('study_id', '=', study)
    .where('box', 'is not', null)
    .where('key_name', '!=', key)
    .executeTakeFirstOrThrow();
  return Number(n);
}

export async function digestsOfParticipant(db: Connection, participant: string): Promise<string[]> {
  const rows = await db
    .selectFrom('identity_digest')
    .select('digest')
    .where('participant_id', '=', participant)
    .execute();
  return rows.map(({ digest }) => digest);
}

export async function deleteDigests(db: Connection, participant: string): Promise<void> {
  await db.deleteFrom('identity_digest').where('participant_id', '=', participant).execute();
}
