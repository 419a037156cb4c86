import { notFound } from '../errors.ts';
import { chromiumPath } from '../reports/chromium.ts';
import { refusePartial } from '../reports/whole.ts';
import type { Caller, Services } from '../services.ts';
import { smallestShown } from '../studies/rules.ts';
import { openUntil } from './confirm.ts';
import type { SnapshotContent } from './document.ts';
import { findSnapshot, snapshotsOf } from './store.ts';

/** The snapshots there are, and what the caller can do with them now. */
export async function readBoard(services: Services, caller: Caller, session: string) {
  refusePartial(caller);
  const db = services.db.read;
  const smallest = smallestShown(caller.study.document, caller.roles);
  const rows = (await snapshotsOf(db, caller.study.id)).filter(
    ({ participants }) => participants >= (smallest ?? 0),
  );
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
    whole: smallest === null,
  };
}

export interface KeptSnapshot {
  content: SnapshotContent;
  sha256: string;
}

/**
 * A snapshot as it was frozen.
 *
 * @throws {Refused} where the study has none of this number, or one of fewer people than the caller may be shown
 */
export async function keptSnapshot(
  services: Services,
  { study, sites, roles }: Pick<Caller, 'study' | 'sites' | 'roles'>,
  number: number,
): Promise<KeptSnapshot> {
  refusePartial({ sites });
  const row = await findSnapshot(services.db.read, study.id, number);
  const smallest = smallestShown(study.document, roles) ?? 0;
  if (!row || row.participants < smallest) throw notFound(`Snapshot ${number}`);
  return { content: JSON.parse(row.content) as SnapshotContent, sha256: row.sha256 };
}
