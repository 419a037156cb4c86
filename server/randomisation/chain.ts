import { chainStart } from '../../randomisation/log/entry.ts';
import type { Connection } from '../db/database.ts';
import { type DesignRecord, lastAllocation, lastCorrection } from './store.ts';

/** Where the next log entry goes. */
export interface Tail {
  /** Number of the last allocation, and of the last correction; 0 for none. */
  allocations: number;
  corrections: number;
  /** What the next entry names as the one before it. */
  previous: string;
}

/** The end of the study's log. Corrections stand after the allocation that was the last one when they were made. */
export async function tailOf(db: Connection, study: string, inForce: DesignRecord): Promise<Tail> {
  const allocation = await lastAllocation(db, study);
  const correction = await lastCorrection(db, study);
  const last =
    correction && correction.after_allocation >= (allocation?.number ?? 0) ? correction : allocation;
  return {
    allocations: allocation?.number ?? 0,
    corrections: correction?.number ?? 0,
    previous: previousFor(inForce, last),
  };
}

/** An epoch's first entry names the epoch's start, which binds its commitment to everything before. */
export function previousFor(
  inForce: DesignRecord,
  last: { epoch: number; hash: string } | undefined,
): string {
  return last?.epoch === inForce.epoch ? last.hash : chainStart(inForce.commitment, last?.hash);
}
