import type { InferResult, Insertable } from 'kysely';
import type { Connection } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Tables } from '../db/schema.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { StudyDocument } from './document.ts';
import type { ProtocolVersion, Study } from './study.ts';

/** Versions never change once written, so their parsed documents are kept. */
const parsed = new Map<string, Pick<ProtocolVersion, 'document' | 'instruments'>>();

/** Each version that is in force somewhere, once for every site where it was activated; the newest first. */
export const versionsInForce = (db: Connection, id: string) =>
  db
    .selectFrom('study')
    .innerJoin('study_version', 'study_version.study_id', 'study.id')
    .leftJoin('site_activation', (join) =>
      join
        .onRef('site_activation.study_id', '=', 'study.id')
        .onRef('site_activation.number', '=', 'study_version.number'),
    )
    .select(['study.id', 'study.synthetic', 'study.synthetic_note', 'study.changed_at'])
    .select(['study_version.number', 'study_version.hash', 'study_version.activated_at'])
    .select(['study_version.per_site', 'site_activation.site'])
    .where('study.id', '=', id)
    .where((eb) => eb.or([eb('per_site', '=', 0), eb('site', 'is not', null)]))
    .orderBy('study_version.number', 'desc');

export type VersionInForce = InferResult<ReturnType<typeof versionsInForce>>[number];

/** The study with the newest version in force anywhere, and with the version that is active at each site; or null. */
export async function currentStudy(db: Connection, id: string): Promise<Study | null> {
  return studyFrom(db, await versionsInForce(db, id).execute());
}

/** The same from its versions, as they were read along with something else. */
export async function studyFrom(db: Connection, rows: readonly VersionInForce[]): Promise<Study | null> {
  const [row] = rows;
  if (!row) return null;
  const versions = new Map<number, ProtocolVersion>();
  for (const { number, hash, activated_at: activatedAt } of rows)
    if (!versions.has(number))
      versions.set(number, {
        version: number,
        hash,
        activatedAt,
        ...(await documents(db, row.id, number, hash)),
      });
  const newest = versions.get(row.number)!;
  const everywhere = rows.find((one) => one.per_site === 0)!.number;
  const siteVersions = new Map(newest.document.sites.map((site) => [site.id, everywhere]));
  for (const { site, number } of rows)
    if (site !== null) siteVersions.set(site, Math.max(number, siteVersions.get(site) ?? 0));
  return {
    id: row.id,
    synthetic: row.synthetic === 1,
    syntheticNote: row.synthetic_note,
    changedAt: row.changed_at,
    ...newest,
    versions,
    siteVersions,
  };
}

async function documents(db: Connection, id: string, number: number, hash: string) {
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
  /** Whether it waits for each site's activation; in force everywhere at once otherwise. */
  perSite?: boolean;
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
      per_site: version.perSite ? 1 : 0,
    })
    .execute();
}

const touched = prepared((db, { id, at }: { id: string; at: string }) =>
  db.updateTable('study').set({ changed_at: at }).where('id', '=', id),
);

/**
 * Every write to a study's data says so, that readers know as of when their figures are. The time always moves on, by
 * a millisecond at least: two states of the data never carry the same one.
 *
 * @param last when the data changed before
 * @returns when they changed now
 */
export async function touchStudy(db: Connection, id: string, last: string, at: string): Promise<string> {
  const changedAt = at > last ? at : new Date(Date.parse(last) + 1).toISOString();
  await touched(db, { id, at: changedAt });
  return changedAt;
}

/** Every version on record, those that wait for their first activation among them; the newest first. */
export async function recordedVersions(db: Connection, id: string) {
  const rows = await db
    .selectFrom('study_version')
    .select(['number', 'hash', 'activated_at', 'activated_by', 'per_site'])
    .where('study_id', '=', id)
    .orderBy('number', 'desc')
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      version: row.number,
      hash: row.hash,
      recordedAt: row.activated_at,
      recordedBy: row.activated_by,
      perSite: row.per_site === 1,
      ...(await documents(db, id, row.number, row.hash)),
    })),
  );
}
export type RecordedVersion = Awaited<ReturnType<typeof recordedVersions>>[number];

export async function approvalsOf(db: Connection, study: string) {
  return db.selectFrom('site_approval').selectAll().where('study_id', '=', study).execute();
}

export async function activationsOf(db: Connection, study: string) {
  return db.selectFrom('site_activation').selectAll().where('study_id', '=', study).execute();
}

export async function insertApproval(
  db: Connection,
  row: Insertable<Tables['site_approval']>,
): Promise<void> {
  await db.insertInto('site_approval').values(row).execute();
}

export async function insertActivations(
  db: Connection,
  rows: Insertable<Tables['site_activation']>[],
): Promise<void> {
  await db.insertInto('site_activation').values(rows).execute();
}
