import type { Connection } from '../db/database.ts';
import { notValid } from '../errors.ts';
import { type Break, ChainCheck, type Link } from './chain.ts';
import { reviewsOf } from './planned/store.ts';
import { entriesAfter } from './store.ts';

export interface Verdict {
  entries: number;
  last: string;
  broken: Break | null;
}

/** Hashes that are known from elsewhere: an entry that isn't there or has another hash tells of a cut or rewritten end. */
type Known = readonly { seq: number | null; hash: string; from: string }[];

/** Recomputes a study's chain from the database, and holds it against what each review of the trail noted of its end. */
export async function verifyStudy(db: Connection, study: string, last?: string): Promise<Verdict> {
  const reviews = await reviewsOf(db, study);
  const known = reviews.map((one) => ({
    seq: one.trail_seq,
    hash: one.trail_hash,
    from: `the review of ${one.reviewed_at.slice(0, 10)}`,
  }));
  return verify(entries(db, study), [...known, ...given(last)]);
}

async function* entries(db: Connection, study: string): AsyncGenerator<Link> {
  // By position, not by number: a number that stands wrong must not hide a row.
  let after: number | null = null;
  for (;;) {
    const rows: Link[] = await entriesAfter(db, study, {}, { siteCodes: null, actions: [] }, after, 1000);
    if (rows.length === 0) return;
    yield* rows;
    after = rows.at(-1)!.seq;
  }
}

/**
 * Recomputes the chain of an exported file.
 * @throws Refused when it isn't a whole export
 */
export async function verifyFile(text: string, last?: string): Promise<Verdict & { study: string }> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw notValid('The file is not JSON. Take the audit trail as JSON, without filters.');
  }
  const { equipoise, study, whole, entries } = file as Record<string, unknown>;
  if (equipoise !== 'audit' || typeof study !== 'string' || !Array.isArray(entries))
    throw notValid('The file is not an audit trail of Equipoise. Take it as JSON, without filters.');
  if (whole !== true)
    throw notValid(
      'The file is a part of the trail, and only a whole one can be verified. Take it without filters.',
    );
  if (!entries.every(isLink)) throw notValid('Some entries of the file have no number or no hash.');
  return { study, ...(await verify(entries, given(last))) };
}

function isLink(entry: unknown): entry is Link {
  const { seq, hash, previous_hash } = (entry ?? {}) as Partial<Record<keyof Link, unknown>>;
  return Number.isInteger(seq) && typeof hash === 'string' && typeof previous_hash === 'string';
}

const given = (last?: string): Known =>
  last === undefined ? [] : [{ seq: null, hash: last.toLowerCase(), from: 'the hash given' }];

async function verify(links: AsyncIterable<Link> | Iterable<Link>, known: Known): Promise<Verdict> {
  const check = new ChainCheck();
  const open = [...known];
  let broken: Break | null = null;
  for await (const link of links) {
    const misses = open.find((one) => one.seq === link.seq && one.hash !== link.hash);
    if (!check.follow(link)) break;
    if (misses) {
      broken = { seq: link.seq, what: `it was rewritten: ${misses.from} noted another hash, ${misses.hash}` };
      break;
    }
    for (let index = open.length - 1; index >= 0; index -= 1)
      if (open[index]!.hash === link.hash && (open[index]!.seq ?? link.seq) === link.seq)
        open.splice(index, 1);
  }
  broken = check.broken ?? broken;
  const beyond = open.filter((one) => one.seq === null || one.seq > check.entries).sort(bySeq)[0];
  if (!broken && beyond)
    broken = {
      seq: check.entries + 1,
      what: `it is missing: ${beyond.from} knows ${beyond.seq === null ? '' : `an entry ${beyond.seq} with `}the hash ${beyond.hash}, and the trail ends at entry ${check.entries}`,
    };
  return { entries: check.entries, last: check.last, broken };
}

const bySeq = (a: { seq: number | null }, b: { seq: number | null }): number =>
  (a.seq ?? Number.POSITIVE_INFINITY) - (b.seq ?? Number.POSITIVE_INFINITY);
