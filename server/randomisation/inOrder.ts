import type { AllocationRecord, CorrectionRecord } from './store.ts';

export type Entry =
  | { kind: 'allocation'; row: AllocationRecord }
  | { kind: 'correction'; row: CorrectionRecord };

/** The log in the order of its chain: each correction after the allocation that was the last one then. */
export function inOrder(
  allocations: readonly AllocationRecord[],
  corrections: readonly CorrectionRecord[],
): Entry[] {
  const entries: Entry[] = [];
  let next = 0;
  const correctionsUpTo = (number: number): void => {
    for (; next < corrections.length && corrections[next]!.after_allocation <= number; next += 1)
      entries.push({ kind: 'correction', row: corrections[next]! });
  };
  for (const row of allocations) {
    correctionsUpTo(row.number - 1);
    entries.push({ kind: 'allocation', row });
  }
  correctionsUpTo(Number.POSITIVE_INFINITY);
  return entries;
}
