import { notValid } from '../errors.ts';
import { canonicalHash } from '../studies/canonical.ts';
import { snapshotFile } from './document.ts';
import { snapshotHash } from './hash.ts';

export interface SnapshotVerdict {
  study: string;
  number: number;
  cutOff: string;
  part: 'open' | 'open and closed';
  sha256: string;
  /** What doesn't agree; null: the file is as it was prepared. */
  broken: string | null;
}

/**
 * Recomputes the hashes of a snapshot's file.
 *
 * @param expected the hash as the board noted it, such as from the watermark of a report
 * @throws {Refused} for what isn't such a file
 */
export function verifySnapshot(text: string, expected?: string): SnapshotVerdict {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notValid('The file isn’t JSON. Take the snapshot as a file from the monitoring board’s page.');
  }
  const parsed = snapshotFile.safeParse(value);
  if (!parsed.success)
    throw notValid(
      'The file isn’t a snapshot of Equipoise.',
      parsed.error.issues.slice(0, 5).map(({ path, message }) => ({ path: path.join('.'), message })),
    );
  const { head, open, closed, closedSha256, sha256 } = parsed.data;
  const made = snapshotHash(head, open, closedSha256);
  const wanted = expected?.toLowerCase();
  const broken =
    closed !== undefined && canonicalHash(closed) !== closedSha256
      ? `the closed part has the hash ${canonicalHash(closed)}, and the file says ${closedSha256}`
      : made !== sha256
        ? `its content has the hash ${made}, and the file says ${sha256}`
        : wanted !== undefined && wanted !== sha256
          ? `its hash is ${sha256}, and the one given is ${wanted}`
          : null;
  return {
    study: head.study.id,
    number: head.number,
    cutOff: head.cutOff,
    part: closed === undefined ? 'open' : 'open and closed',
    sha256,
    broken,
  };
}
