import type { Allocation } from '../allocate.ts';
import { canonicalJson, type Exact } from '../canonical.ts';
import { position } from '../commitment.ts';
import type { Factors } from '../design.ts';
import { fromHex, type HmacKey, hmac, hmacKey, sha256, toHex } from '../sha256.ts';

/** Where an allocation came from: this engine, an emergency envelope, or another system before the study moved. */
export type Source = 'service' | 'envelope' | 'imported';

/** The part of an entry that a blinded auditor may hold. It tells nothing about arms, factors, scores or blocks. */
export interface LogHeader {
  kind: 'allocation' | 'correction';
  /** Allocations are numbered in the study from 1 without gaps, corrections by themselves likewise. */
  index: number;
  epoch: number;
  /** Hash of the epoch's design. */
  design: string;
  /** Hash of the entry before; for the first of an epoch see `chainStart`. */
  previous: string;
  source: Source;
  /** The participant's code in the study, so that two participants can't be swapped afterwards. */
  participant?: string;
  /** When the server stored it, and when it happened if that was earlier (an envelope): as text, ISO 8601. */
  storedAt?: string;
  happenedAt?: string;
  /**
   * HMAC-SHA256 under the entry's own key k_i: of the details, of the arm (a correction has none), and of the rest of
   * this header, which whoever can write the database but hasn't the secret can therefore not rewrite.
   */
  commitments: { details: string; arm?: string; place: string };
}

/** The part that unblinds: exact scores and weights tell, afterwards, what came before. */
export interface LogDetails {
  factors: Factors;
  /** SHA-256 of the counts the score was made from (`Basis.counts`, canonical JSON). */
  counts?: string;
  /** Exact, as "a/b", in the order of the columns. */
  imbalance?: string[];
  /** Whole numbers, in the order of the columns. */
  weights?: string[];
  block?: number;
  slot?: number;
  /** Number of the emergency envelope. */
  envelope?: number;
  /** A correction: which allocation, and the factors as they were believed to be. */
  corrects?: number;
  before?: Factors;
}

export interface LogEntry extends LogHeader {
  /** SHA-256 of the header in canonical JSON. */
  hash: string;
  details: LogDetails;
}

/** What `previous` of an epoch's first entry is: SHA-256("epoch-v1" ‖ last hash, or 32 zeros ‖ commitment), in hex. */
export function chainStart(commitment: string, last = '0'.repeat(64)): string {
  return toHex(sha256('epoch-v1', fromHex(last), fromHex(commitment)));
}

/**
 * The key k_i that one entry's commitments are made with: HMAC-SHA256(seed, "open-v1" ‖ epoch ‖ index), and with
 * "correct-v1" for a correction. Handing it out opens this entry and no other.
 */
export function entryKey(
  seed: Uint8Array,
  kind: LogHeader['kind'],
  epoch: number,
  index: number,
): Uint8Array {
  const label = kind === 'allocation' ? 'open-v1' : 'correct-v1';
  return hmac(hmacKey(seed), label, position(epoch, index));
}

/** HMAC-SHA256(k_i, arm), in hexadecimal. */
export function armCommitment(key: Uint8Array, arm: string): string {
  return sealArm(hmacKey(key), arm);
}

/** HMAC-SHA256(k_i, "details|" ‖ canonical JSON), in hexadecimal. No arm's name holds "|". */
export function detailsCommitment(key: Uint8Array, details: LogDetails): string {
  return sealDetails(hmacKey(key), details);
}

/** HMAC-SHA256(k_i, "place|" ‖ canonical JSON of the header without its commitments), in hexadecimal. */
export function placeCommitment(key: Uint8Array, entry: Omit<LogHeader, 'commitments'>): string {
  return sealPlace(hmacKey(key), canonicalPlace(entry));
}

/** SHA-256 of an entry's header in canonical JSON; details and hash are left out. */
export function entryHash(entry: LogHeader): string {
  return hashHeader(entry.commitments, canonicalPlace(entry));
}

/** Where an entry stands. */
export type Place = Pick<
  LogHeader,
  'index' | 'epoch' | 'design' | 'previous' | 'participant' | 'storedAt' | 'happenedAt'
>;

/** The log entry of an allocation that `decide` or `allocate` made. */
export function logEntry(place: Place, seed: Uint8Array, allocation: Allocation): LogEntry {
  const { factors, basis, block, slot, arm } = allocation;
  return seal(place, seed, 'allocation', 'service', arm, {
    factors,
    counts: countsHash(basis.counts),
    imbalance: basis.imbalance,
    weights: basis.weights,
    block,
    slot,
  });
}

/**
 * The log entry of an allocation from elsewhere: an envelope of `emergencyList`, or an import. With pseudo-arms, log
 * the one that it counts in (`slotFor`).
 */
export function outsideEntry(
  place: Place,
  seed: Uint8Array,
  outside: {
    source: 'envelope' | 'imported';
    factors: Factors;
    arm: string;
    slot?: number;
    envelope?: number;
  },
): LogEntry {
  const { source, factors, arm, slot, envelope } = outside;
  return seal(place, seed, 'allocation', source, arm, { factors, slot, envelope });
}

/** The log entry of a correction of a participant's factors; the allocation itself stands (see `correct`). */
export function correctionEntry(
  place: Place,
  seed: Uint8Array,
  correction: { corrects: number; before: Factors; factors: Factors },
): LogEntry {
  return seal(place, seed, 'correction', 'service', undefined, correction);
}

/** SHA-256 of the counts behind a score, in hexadecimal. */
export function countsHash(counts: readonly (readonly number[])[]): string {
  return toHex(sha256(JSON.stringify(counts)));
}

/** An entry without its details: what a blinded auditor gets. The chain can be verified with it. */
export function withoutDetails({ details: _, ...rest }: LogEntry): Omit<LogEntry, 'details'> {
  return rest;
}

function seal(
  place: Place,
  seed: Uint8Array,
  kind: LogHeader['kind'],
  source: Source,
  arm: string | undefined,
  details: LogDetails,
): LogEntry {
  const key = hmacKey(entryKey(seed, kind, place.epoch, place.index));
  const text = canonicalPlace({ ...place, kind, source });
  const commitments: LogHeader['commitments'] = {
    details: sealDetails(key, details),
    ...(arm === undefined ? {} : { arm: sealArm(key, arm) }),
    place: sealPlace(key, text),
  };
  return { ...place, kind, source, commitments, hash: hashHeader(commitments, text), details };
}

/** Canonical JSON: the keys stand in their order here, which spares sorting them for each entry. */
function canonicalPlace(entry: Omit<LogHeader, 'commitments'>): string {
  const { design, epoch, happenedAt, index, kind, participant, previous, source, storedAt } = entry;
  return JSON.stringify({ design, epoch, happenedAt, index, kind, participant, previous, source, storedAt });
}

/** The commitments come first in canonical order; the rest of the header follows. */
function hashHeader({ arm, details, place }: LogHeader['commitments'], rest: string): string {
  return toHex(sha256(`{"commitments":${JSON.stringify({ arm, details, place })},${rest.slice(1)}`));
}

const sealArm = (key: HmacKey, arm: string) => toHex(hmac(key, arm));
const sealPlace = (key: HmacKey, text: string) => toHex(hmac(key, 'place|', text));
const sealDetails = (key: HmacKey, details: LogDetails) =>
  toHex(hmac(key, 'details|', canonicalJson(details as unknown as Exact)));
