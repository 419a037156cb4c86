import { commitment, designHash, seedFor } from '../commitment.ts';
import type { Design } from '../design.ts';
import type { RetiredBlock } from '../epoch.ts';
import { fromHex, toHex } from '../sha256.ts';
import { entryKey, type LogDetails, type LogEntry, type LogHeader } from './entry.ts';

/**
 * The exported allocation log, which `verifier.mjs` checks. How much of it is filled in decides what can be checked:
 * headers alone, the chain; with keys, details and arms, also every score; with the secrets, also every draw.
 */
export interface ExportedLog {
  format: 'equipoise-allocation-log-1';
  study: string;
  epochs: ExportedEpoch[];
  /** In the order of the chain. */
  entries: ExportedEntry[];
  /** Hash of the last entry, so that a cut-off end is noticed; null for an empty log. */
  last: string | null;
}

export interface ExportedEpoch {
  /** From 1, without gaps. */
  epoch: number;
  design: Design;
  /** The design's list has been left out, since its unused lines tell what comes next. Its hash can't be checked. */
  withheld?: true;
  /** SHA-256 of the canonical design, in hexadecimal. */
  designHash: string;
  /** Published before the epoch's first participant, in hexadecimal. */
  commitment: string;
  /** The public value named in advance, in hexadecimal; absent when none was named. */
  beacon?: string;
  /** s, in hexadecimal; null until it is revealed. */
  secret: string | null;
  /** Blocks that this epoch left unfinished. */
  retired?: RetiredBlock[];
}

export interface ExportedEntry extends LogHeader {
  hash: string;
  details?: LogDetails;
  arm?: string;
  /** k_i in hexadecimal: it opens this entry's commitments. */
  key?: string;
}

/** An epoch as the server holds it. */
export interface EpochRecord {
  epoch: number;
  design: Design;
  secret: Uint8Array;
  beacon?: Uint8Array;
  retired?: RetiredBlock[];
}

/**
 * Makes the export.
 * @param entries in order, with the arm that was allocated; a correction has none
 * @param show `chain`: nothing that unblinds, for a blinded auditor. `open`: arms, details and the entries' keys, for
 *   an unblinded one. `secret`: the secrets too, after the study is closed; whoever has them can compute every
 *   future allocation of an epoch that is still open
 */
export function exportLog(
  study: string,
  epochs: readonly EpochRecord[],
  entries: readonly (LogEntry & { arm?: string })[],
  show: 'chain' | 'open' | 'secret',
): ExportedLog {
  const seeds = new Map(
    epochs.map(({ epoch, design, secret, beacon }) => [epoch, seedFor(secret, designHash(design), beacon)]),
  );
  return {
    format: 'equipoise-allocation-log-1',
    study,
    epochs: epochs.map(({ epoch, design, secret, beacon, retired }) => {
      const hash = designHash(design);
      return {
        epoch,
        ...(show === 'secret' ? { design } : withoutList(design)),
        designHash: hash,
        commitment: commitment(secret, hash),
        ...(beacon ? { beacon: toHex(beacon) } : {}),
        secret: show === 'secret' ? toHex(secret) : null,
        ...(retired && show !== 'chain' ? { retired } : {}),
      };
    }),
    entries: entries.map(({ details, arm, ...header }) => {
      if (show === 'chain') return header;
      const key = toHex(entryKey(seeds.get(header.epoch)!, header.kind, header.epoch, header.index));
      return { ...header, details, ...(arm === undefined ? {} : { arm }), key };
    }),
    last: entries.at(-1)?.hash ?? null,
  };
}

function withoutList(design: Design): Pick<ExportedEpoch, 'design' | 'withheld'> {
  if (design.scheme.kind !== 'list') return { design };
  return { design: { ...design, scheme: { kind: 'list', entries: [] } }, withheld: true };
}

/** The seed of an exported epoch; undefined while its secret is withheld. */
export function seedOf({ secret, designHash: hash, beacon }: ExportedEpoch): Uint8Array | undefined {
  return secret === null
    ? undefined
    : seedFor(fromHex(secret), hash, beacon === undefined ? undefined : fromHex(beacon));
}
