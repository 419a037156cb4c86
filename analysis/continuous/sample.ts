/** Mean, sum of squared deviations and sample variance (divisor n − 1) of finite numbers. */
export interface Sample {
  n: number;
  mean: number;
  sumOfSquares: number;
  /** NaN-free: 0 for a single value, whose spread is unknown; callers check n first. */
  variance: number;
}

/** @throws RangeError for a value that isn't finite */
export function describeSample(values: readonly number[]): Sample {
  const odd = values.find((v) => !Number.isFinite(v));
  if (odd !== undefined) throw new RangeError(`A sample holds finite numbers; got ${odd}.`);
  const n = values.length;
  let mean = 0;
  for (const v of values) mean += v / n;
  let sumOfSquares = 0;
  let drift = 0;
  for (const v of values) {
    sumOfSquares += (v - mean) ** 2;
    drift += v - mean;
  }
  // The second term takes out the rounding error of the mean (Chan, Golub & LeVeque 1983, two-pass corrected).
  if (n > 0) sumOfSquares -= (drift * drift) / n;
  return { n, mean, sumOfSquares, variance: n > 1 ? sumOfSquares / (n - 1) : 0 };
}

/** Ranks from 1, ties at their mean rank, with the sizes of the groups of ties (1 for a value of its own). */
export function midRanks(values: readonly number[]): { ranks: number[]; ties: number[] } {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length).fill(0);
  const ties: number[] = [];
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j < order.length && values[order[j]!] === values[order[i]!]) j++;
    for (let k = i; k < j; k++) ranks[order[k]!] = (i + j + 1) / 2;
    ties.push(j - i);
    i = j;
  }
  return { ranks, ties };
}

/** Σ(t³ − t) over groups of ties. */
export function tieTerm(ties: readonly number[]): number {
  return ties.reduce((sum, t) => sum + t * t * t - t, 0);
}
