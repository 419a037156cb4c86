import {
  decide,
  type Factors,
  generatorFor,
  RandomisationError,
  seedFor,
} from '../../randomisation/index.ts';
import type { Place } from '../../randomisation/log/entry.ts';
import type { Config } from '../config.ts';
import type { Connection, Transaction } from '../db/database.ts';
import { conflict } from '../errors.ts';
import type { Caller } from '../services.ts';
import { sealLabel } from './activate.ts';
import { currentDesign, type DesignInForce } from './designs/store.ts';
import { stateOf } from './follow.ts';
import type { LogState } from './logState.ts';
import { unseal } from './seal.ts';

/** The design in force, if the study may allocate now. @throws Refused (conflict) with the reason why not */
export async function openDesign(db: Connection, study: string): Promise<DesignInForce> {
  const inForce = await currentDesign(db, study);
  if (!inForce)
    throw conflict('The study’s allocation has not been activated. Ask the owner; nothing was changed.');
  if (inForce.revealed_at !== null)
    throw conflict(
      'Randomisation is closed in this study and its secret is revealed. Nobody can be randomised any more.',
    );
  return inForce;
}

/** The seed of an epoch. @throws Refused (conflict) while the public value that it waits for isn’t entered */
export function seedOf(config: Config, inForce: DesignInForce): Buffer {
  const { study_id: study, epoch, design_hash: hash, beacon, beacon_value: value } = inForce;
  if (beacon !== null && value === null)
    throw conflict(
      `The allocation waits for the public value “${beacon}”. Ask the owner to enter it; nothing was changed.`,
    );
  const secret = unseal(config.key, sealLabel(study, epoch), inForce.sealed_secret);
  return seedFor(secret, hash, value === null ? undefined : Buffer.from(value, 'hex'));
}

/** All that the next entry of the log is made from. */
export interface Opened {
  inForce: DesignInForce;
  seed: Buffer;
  log: LogState;
}

/**
 * The log, ready for its next entry, in a transaction that writes it.
 * @throws Refused (conflict) when the study may not allocate now, or was amended since the caller's request began: what
 *   the caller knows of its strata doesn't fit any more
 */
export async function openLog(config: Config, tx: Transaction, { study }: Caller): Promise<Opened> {
  const inForce = await openDesign(tx, study.id);
  if (inForce.study_version !== study.version)
    throw conflict(
      'The study’s protocol was amended a moment ago. Nothing was changed; look again and repeat it.',
    );
  const seed = seedOf(config, inForce);
  return { inForce, seed, log: await stateOf(tx, inForce).catch(inArmFreeWords) };
}

/** The place of the log's next entry. */
export function nextPlace(
  { inForce, log }: Opened,
  kind: 'allocation' | 'correction',
  of: Pick<Place, 'participant' | 'storedAt' | 'happenedAt'>,
): Place {
  const { allocations, corrections, previous } = log.tail(inForce);
  const index = (kind === 'allocation' ? allocations : corrections) + 1;
  return { index, epoch: inForce.epoch, design: inForce.design_hash, previous, ...of };
}

/** Draws allocation `index` for a participant with these factor levels; writes nothing. */
export function draw({ inForce, seed, log: { state } }: Opened, index: number, factors: Factors) {
  const source = generatorFor(seed, inForce.study_id, inForce.epoch, index);
  try {
    return decide(state.design, state, factors, source);
  } catch (error) {
    return inArmFreeWords(error);
  }
}

/** The engine's words are about counts and lists; they must not reach anyone who is blinded. */
export function inArmFreeWords(error: unknown): never {
  if (error instanceof RandomisationError)
    throw conflict(
      'The allocation procedure can’t give a next allocation. Nothing was drawn; tell the trial’s statistician.',
    );
  throw error;
}
