import { notFound } from '../errors.ts';
import { chromiumPath } from '../reports/chromium.ts';
import { refusePartial } from '../reports/whole.ts';
import type { Caller, Services } from '../services.ts';
import { smallestShown } from '../studies/rules.ts';
import { startOfWeek } from '../visits/today.ts';
import { openUntil } from './confirm.ts';
import type { SnapshotContent } from './document.ts';
import { findSnapshot, snapshotsOf } from './store.ts';

/** The snapshots there are, and what the caller can do with them now. */
export async function readBoard(services: Services, caller: Caller, session: string) {
  refusePartial(caller);
  const db = services.db.read;
  const smallest = smallestShown(caller.study.document, caller.roles);
  const rows = (await snapshotsOf(db, caller.study.id)).filter((row) => isShown(services, row, smallest));
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
 * @throws {Refused} where the study has none of this number, or one that the caller may not be shown
 */
export async function keptSnapshot(
  services: Services,
  { study, sites, roles }: Pick<Caller, 'study' | 'sites' | 'roles'>,
  number: number,
): Promise<KeptSnapshot> {
  refusePartial({ sites });
  const row = await findSnapshot(services.db.read, study.id, number);
  const smallest = smallestShown(study.document, roles);
  if (!row || !isShown(services, row, smallest)) throw notFound(`Snapshot ${number}`);
  return { content: JSON.parse(row.content) as SnapshotContent, sha256: row.sha256 };
}

/** From whom small counts are hidden, a snapshot of this week’s data is too until Monday, as all figures are. */
const isShown = (
  services: Services,
  { participants, cut_off: cutOff }: { participants: number; cut_off: string },
  smallest: number | null,
): boolean =>
  smallest === null || (participants >= smallest && cutOff <= startOfWeek(services, services.now()));
