import { nextEpoch } from '../../randomisation/epoch.ts';
import {
  type Allocation,
  begin,
  correct,
  type Design,
  decide,
  type Factors,
  generatorFor,
  record,
  type State,
  seedFor,
} from '../../randomisation/index.ts';
import type { LogEntry } from '../../randomisation/log/entry.ts';
import type { Config } from '../config.ts';
import type { Connection } from '../db/database.ts';
import { conflict } from '../errors.ts';
import { sealLabel } from './activate.ts';
import { unseal } from './seal.ts';
import {
  type AllocationRecord,
  allocationsOfStudy,
  type CorrectionRecord,
  correctionsOfStudy,
  type DesignRecord,
  designsOf,
  readBeacon,
  readReveal,
} from './store.ts';

/** The last entry of its kind that a state includes; number 0 for none. */
interface Mark {
  number: number;
  hash: string;
}

interface Running {
  epoch: number;
  state: State;
  allocation: Mark;
  correction: Mark;
}

/** States of the studies that this process allocates for; each is brought up to date from the log before it is used. */
const running = new Map<string, Running>();

export interface Drawn {
  allocation: Allocation;
  design: Design;
  seed: Buffer;
}

/** The design in force, if the study may allocate now. @throws Refused (conflict) with the reason why not */
export async function openDesign(db: Connection, study: string): Promise<DesignRecord> {
  const inForce = (await designsOf(db, study)).at(-1);
  if (!inForce)
    throw conflict('The study’s allocation has not been activated. Ask the owner; nothing was changed.');
  if (await readReveal(db, study))
    throw conflict(
      'Randomisation is closed in this study and its secret is revealed. Nobody can be randomised any more.',
    );
  return inForce;
}

/** The seed of an epoch. @throws Refused (conflict) while the public value that it waits for isn’t entered */
export async function seedOf(config: Config, db: Connection, inForce: DesignRecord): Promise<Buffer> {
  const { study_id: study, epoch, design_hash: hash, beacon } = inForce;
  const secret = unseal(config.key, sealLabel(study, epoch), inForce.sealed_secret);
  if (beacon === null) return seedFor(secret, hash);
  const value = await readBeacon(db, study, epoch);
  if (!value)
    throw conflict(
      `The allocation waits for the public value “${beacon}”. Ask the owner to enter it; nothing was drawn.`,
    );
  return seedFor(secret, hash, Buffer.from(value.value, 'hex'));
}

/**
 * Draws allocation `index` for a participant with these factor levels. Reads the log's tail only, so the cost doesn't
 * grow with the allocations already made; writes nothing.
 */
export async function draw(
  config: Config,
  db: Connection,
  inForce: DesignRecord,
  index: number,
  factors: Factors,
): Promise<Drawn> {
  const state = await stateOf(db, inForce);
  const seed = await seedOf(config, db, inForce);
  const source = generatorFor(seed, inForce.study_id, inForce.epoch, index);
  return { allocation: decide(state.design, state, factors, source), design: state.design, seed };
}

/**
 * The state after every entry of the log. It grows by the log's tail; where the log doesn't go on from what was kept
 * (another database, or one that was restored from a copy) it is made anew.
 */
export async function stateOf(db: Connection, inForce: DesignRecord): Promise<State> {
  const { study_id: study } = inForce;
  const designs = await designsOf(db, study);
  const key = `${study} ${designs[0]!.commitment}`;
  const from = running.get(key);
  const entriesAfter = async (allocation: number, correction: number) =>
    [
      await allocationsOfStudy(db, study, allocation),
      await correctionsOfStudy(db, study, correction),
    ] as const;
  // With the last entries that are known, to see that the log still has them.
  let [allocations, corrections] = await entriesAfter(
    (from?.allocation.number ?? 0) - 1,
    (from?.correction.number ?? 0) - 1,
  );
  let one = running.get(key);
  if (one && !(holds(allocations, one.allocation) && holds(corrections, one.correction))) {
    [allocations, corrections] = await entriesAfter(0, 0);
    one = undefined;
  }
  if (!one) {
    const state = begin(JSON.parse(designs[0]!.design) as Design);
    one = { epoch: 1, state, allocation: { number: 0, hash: '' }, correction: { number: 0, hash: '' } };
    running.set(key, one);
  }
  // From here on nothing waits: another request can't take the same entries into the state.
  const { allocation, correction } = one;
  for (const entry of inOrder(
    allocations.filter((row) => row.number > allocation.number),
    corrections.filter((row) => row.number > correction.number),
  )) {
    advanceTo(one, designs, entry.row.epoch);
    take(one, entry);
  }
  advanceTo(one, designs, inForce.epoch);
  return one.state;
}

const markOf = ({ number, hash }: Mark): Mark => ({ number, hash });

const holds = (rows: readonly Mark[], mark: Mark): boolean =>
  mark.number === 0 || rows.some((row) => row.number === mark.number && row.hash === mark.hash);

function advanceTo(one: Running, designs: readonly DesignRecord[], epoch: number): void {
  while (one.epoch < epoch) {
    const next = designs.find((design) => design.epoch === one.epoch + 1)!;
    one.state = nextEpoch(JSON.parse(next.design) as Design, one.state).state;
    one.epoch = next.epoch;
  }
}

type Entry =
  | { kind: 'allocation'; row: AllocationRecord }
  | { kind: 'correction'; row: CorrectionRecord; arm: string };

function take(one: Running, entry: Entry): void {
  const { details } = JSON.parse(entry.row.entry) as LogEntry;
  if (entry.kind === 'correction') {
    correct(one.state, details.before!, details.factors, entry.arm);
    one.correction = markOf(entry.row);
    return;
  }
  const { factors, block, slot } = details;
  record(one.state, factors, entry.row.arm, { block, slot, outside: entry.row.source !== 'service' });
  one.allocation = markOf(entry.row);
}

/** The log in the order of its chain: each correction after the allocation that was the last one then. */
export function inOrder(
  allocations: readonly AllocationRecord[],
  corrections: readonly (CorrectionRecord & { arm: string })[],
): Entry[] {
  const entries: Entry[] = [];
  let next = 0;
  const correctionsUpTo = (number: number): void => {
    for (; next < corrections.length && corrections[next]!.after_allocation <= number; next += 1)
      entries.push({ kind: 'correction', row: corrections[next]!, arm: corrections[next]!.arm });
  };
  for (const row of allocations) {
    correctionsUpTo(row.number - 1);
    entries.push({ kind: 'allocation', row });
  }
  correctionsUpTo(Number.POSITIVE_INFINITY);
  return entries;
}
