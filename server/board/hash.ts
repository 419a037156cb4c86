import { canonicalHash } from '../studies/canonical.ts';
import type { SnapshotContent } from './document.ts';

/**
 * SHA-256 (hexadecimal) of a snapshot: of the canonical JSON of its head and of the hashes of its two parts, so that
 * whoever has the open part alone can recompute it too.
 *
 * @param closed the closed part, or its hash
 */
export function snapshotHash(
  head: SnapshotContent['head'],
  open: SnapshotContent['open'],
  closed: SnapshotContent['closed'] | string,
): string {
  const closedHash = typeof closed === 'string' ? closed : canonicalHash(closed);
  return canonicalHash({ head, open: canonicalHash(open), closed: closedHash });
}
