import {
  type Allocation,
  begin,
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
import { allocationsOfStudy, currentDesign, type DesignRecord } from './store.ts';

interface Running {
  epoch: number;
  design: Design;
  state: State;
  /** Number of the last allocation that the state includes. */
  number: number;
}

/** States of the studies that this process allocates for; each is brought up to date from the log before it is used. */
const running = new Map<string, Running>();

export interface Drawn {
  allocation: Allocation;
  design: Design;
  record: DesignRecord;
  seed: Buffer;
}

/**
 * Draws allocation `index` for a participant with these factor levels. Reads the log's tail only, so the cost doesn't
 * grow with the allocations already made; writes nothing.
 */
export async function draw(
  config: Config,
  db: Connection,
  study: string,
  index: number,
  factors: Factors,
): Promise<Drawn> {
  const inForce = await currentDesign(db, study);
  if (!inForce)
    throw conflict('The study’s allocation has not been activated. Ask the owner; nothing was changed.');
  const { design, state } = await upToDate(db, study, inForce);
  const secret = unseal(config.key, sealLabel(study, inForce.epoch), inForce.sealed_secret);
  const seed = seedFor(secret, inForce.design_hash);
  const source = generatorFor(seed, study, inForce.epoch, index);
  return { allocation: decide(design, state, factors, source), design, record: inForce, seed };
}

async function upToDate(db: Connection, study: string, inForce: DesignRecord): Promise<Running> {
  const key = `${study} ${inForce.design_hash} ${inForce.commitment}`;
  let one = running.get(key);
  if (!one || one.epoch !== inForce.epoch) {
    const design = JSON.parse(inForce.design) as Design;
    one = { epoch: inForce.epoch, design, state: begin(design), number: 0 };
    running.set(key, one);
  }
  for (const row of await allocationsOfStudy(db, study, one.number)) {
    if (row.epoch === one.epoch) {
      const { factors, block, slot } = (JSON.parse(row.entry) as LogEntry).details;
      record(one.state, factors, row.arm, { block, slot, outside: row.source !== 'service' });
    }
    one.number = row.number;
  }
  return one;
}
