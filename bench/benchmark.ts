/** One figure with what it is measured against, both from the same run on the same machine. */
export interface Measured {
  value: number;
  unit: string;
  /** The same work by the simplest thing that could do it. */
  baseline: number | null;
  /** value ÷ baseline, unless `against` says otherwise; null without a baseline. */
  ratio: number | null;
  /** What the baseline is. */
  against: string;
}

export interface Benchmark {
  name: string;
  what: string;
  run(): Promise<Measured>;
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Milliseconds that the work takes. */
export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
