import type { Connection } from '../db/database.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { StudyDocument } from './document.ts';
import type { Study } from './study.ts';

type Documents = Pick<Study, 'document' | 'instruments'>;

/** Versions never change once written, so their parsed documents are kept. */
const parsed = new Map<string, Documents>();

/** The study with the version in force, or null. */
export async function currentStudy(db: Connection, id: string): Promise<Study | null> {
  const row = await db
    .selectFrom('study')
    .innerJoin('study_version', 'study_version.study_id', 'study.id')
    .select(['study.id', 'synthetic', 'synthetic_note', 'changed_at', 'number', 'hash', 'activated_at'])
    .where('study.id', '=', id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    synthetic: row.synthetic === 1,
    syntheticNote: row.synthetic_note,
    changedAt: row.changed_at,
    version: row.number,
    hash: row.hash,
    activatedAt: row.activated_at,
    ...(await documents(db, row.id, row.number, row.hash)),
  };
}

async function documents(db: Connection, id: string, number: number, hash: string): Promise<Documents> {
  const key = `${id} ${number} ${hash}`;
  const kept = parsed.get(key);
  if (kept) return kept;
  const row = await db
    .selectFrom('study_version')
    .select(['document', 'instruments'])
    .where('study_id', '=', id)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const instruments = JSON.parse(row.instruments) as InstrumentDocument[];
  const value = {
    document: JSON.parse(row.document) as StudyDocument,
    instruments: new Map(instruments.map((instrument) => [instrument.id, instrument])),
  };
  parsed.set(key, value);
  return value;
}

export async function listStudies(
  db: Connection,
): Promise<{ id: string; code: string; created_at: string }[]> {
  return db.selectFrom('study').select(['id', 'code', 'created_at']).orderBy('created_at').execute();
}

export interface NewVersion {
  id: string;
  document: StudyDocument;
  instruments: InstrumentDocument[];
  hash: string;
  at: string;
  by: string | null;
}

export async function insertStudy(
  db: Connection,
  study: { id: string; code: string; synthetic: boolean; note: string | null; at: string },
): Promise<void> {
  await db
    .insertInto('study')
    .values({
      id: study.id,
      code: study.code,
      synthetic: study.synthetic ? 1 : 0,
      synthetic_note: study.note,
      created_at: study.at,
      changed_at: study.at,
    })
    .execute();
}

export async function insertVersion(db: Connection, version: NewVersion): Promise<void> {
  await db
    .insertInto('study_version')
    .values({
      study_id: version.id,
      number: version.document.version,
      document: JSON.stringify(version.document),
      hash: version.hash,
      instruments: JSON.stringify(version.instruments),
      activated_at: version.at,
      activated_by: version.by,
    })
    .execute();
}

/**
 * Every write to a study's data says so, that readers know as of when their figures are. The time always moves on, by
 * a millisecond at least: two states of the data never carry the same one.
 *
 * @param last when the data changed before
 */
export async function touchStudy(db: Connection, id: string, last: string, at: string): Promise<void> {
  const changedAt = at > last ? at : new Date(Date.parse(last) + 1).toISOString();
  await db.updateTable('study').set({ changed_at: changedAt }).where('id', '=', id).execute();
}
