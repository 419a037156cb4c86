import { createHash } from 'node:crypto';
import type { ExportedEntry, Factors } from '../../../randomisation/index.ts';

/**
 * The counts that a minimisation over these factors, with overall balance, has to rest on, taken by hand from who is in
 * which arm at which level: a row for each factor at the participant's level, then the whole study; arms in order.
 */
export function expectedCounts(
  arms: readonly string[],
  factors: Factors,
  others: readonly { arm: string; factors: Factors }[],
): number[][] {
  const row = (among: typeof others) => arms.map((arm) => among.filter((one) => one.arm === arm).length);
  return [
    ...Object.keys(factors).map((id) => row(others.filter((one) => one.factors[id] === factors[id]))),
    row(others),
  ];
}

/** Whether the entry's logged hash is that of these counts. */
export function restsOn(entry: ExportedEntry, counts: number[][]): boolean {
  return entry.details?.counts === createHash('sha256').update(JSON.stringify(counts)).digest('hex');
}
