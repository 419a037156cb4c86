import { chainStart } from '../../randomisation/log/entry.ts';
import type { DesignRecord } from './designs/store.ts';

/** Where the next log entry goes. */
export interface Tail {
  /** Number of the last allocation, and of the last correction; 0 for none. */
  allocations: number;
  corrections: number;
  /** What the next entry names as the one before it. */
  previous: string;
}

/** An epoch's first entry names the epoch's start, which binds its commitment to everything before. */
export function previousFor(
  inForce: DesignRecord,
  last: { epoch: number; hash: string } | undefined,
): string {
  return last?.epoch === inForce.epoch ? last.hash : chainStart(inForce.commitment, last?.hash);
}
