import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { findParticipant } from '../participants/find.ts';
import { reach } from '../results/reach.ts';
import type { Caller, Services } from '../services.ts';
import { ownRecord } from './correct.ts';
import { type RecordKind, refuseKept } from './kind.ts';
import { recordsOf, type StudyRecord, versionsOf } from './store.ts';

export interface RecordQuery {
  participant?: string;
  site?: string;
}

export interface ReadRecord<Content> {
  row: StudyRecord;
  content: Content;
  stamp: {
    id: string;
    participant: string | null;
    site: string;
    version: number;
    struck: boolean;
    createdAt: string;
    createdBy: string;
    savedAt: string;
    savedBy: string;
  };
}

/** The records of a kind that the caller may see, from the oldest on, with the names of who saved them. */
export async function readRecords<Content>(
  db: Connection,
  caller: Caller,
  kind: RecordKind<Content>,
  query: RecordQuery = {},
): Promise<ReadRecord<Content>[]> {
  refuseKept(caller, kind);
  const participant =
    query.participant === undefined ? undefined : (await findParticipant(db, caller, query.participant)).id;
  const sites = reach(caller, query.site);
  const rows = await recordsOf(db, caller.study.id, kind.kind, { sites, participant });
  const names = await userNames(db, [...new Set(rows.flatMap((row) => [row.created_by, row.saved_by]))]);
  const name = (id: string): string => names.get(id) ?? id;
  return rows.map((row) => ({
    row,
    content: JSON.parse(row.content) as Content,
    stamp: {
      id: row.id,
      participant: row.code,
      site: row.site,
      version: row.version,
      struck: row.struck === 1,
      createdAt: row.created_at,
      createdBy: name(row.created_by),
      savedAt: row.saved_at,
      savedBy: name(row.saved_by),
    },
  }));
}

/** Every version of one record, newest first. */
export async function readVersions<Content>(
  services: Services,
  caller: Caller,
  kind: RecordKind<Content>,
  id: string,
) {
  refuseKept(caller, kind);
  const db = services.db.read;
  const record = await ownRecord(db, caller, kind, id);
  const versions = await versionsOf(db, record.id);
  const names = await userNames(
    db,
    versions.map((one) => one.saved_by),
  );
  return {
    versions: versions.map((one) => ({
      version: one.version,
      at: one.saved_at,
      by: names.get(one.saved_by) ?? one.saved_by,
      reason: one.reason,
      struck: one.struck === 1,
      content: JSON.parse(one.content) as Content,
    })),
  };
}
