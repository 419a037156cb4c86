import { notFound } from '../errors.ts';
import { chromiumPath } from '../reports/chromium.ts';
import { refusePartial } from '../reports/whole.ts';
import type { Caller, Services } from '../services.ts';
import { openUntil } from './confirm.ts';
import type { SnapshotContent } from './document.ts';
import { findSnapshot, snapshotsOf } from './store.ts';

/** The snapshots there are, and what the caller can do with them now. */
export async function readBoard(services: Services, caller: Caller, session: string) {
  refusePartial(caller);
  const db = services.db.read;
  const rows = await snapshotsOf(db, caller.study.id);
  return {
    snapshots: rows.map((row) => ({
      number: row.number,
      sha256: row.sha256,
      note: row.note,
      cutOff: row.cut_off,
      participants: row.participants,
      preparedAt: row.prepared_at,
      preparedBy: row.preparer_name,
    })),
    confirmedUntil: await openUntil(services, db, caller, session),
    pdf: chromiumPath(services.config) !== null,
  };
}

export interface KeptSnapshot {
  content: SnapshotContent;
  sha256: string;
}

/** A snapshot as it was frozen. @throws {Refused} where the study has none of this number */
export async function keptSnapshot(
  services: Services,
  { study, sites }: Pick<Caller, 'study' | 'sites'>,
  number: number,
): Promise<KeptSnapshot> {
  refusePartial({ sites });
  const row = await findSnapshot(services.db.read, study.id, number);
  if (!row) throw notFound(`Snapshot ${number}`);
  return { content: JSON.parse(row.content) as SnapshotContent, sha256: row.sha256 };
}
