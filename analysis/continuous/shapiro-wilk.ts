import { normalQuantile, normalUpper } from '../distributions/normal.ts';
import type { Unavailable } from '../unavailable.ts';
import { describeSample } from './sample.ts';

const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0);

/**
 * Shapiro–Wilk test of normality with Royston's approximation of weights and p (Appl Statist 1995;44:547–551,
 * algorithm AS R94), for 3 ≤ n ≤ 5000. R's `shapiro.test`.
 */
export function shapiroWilk(values: readonly number[]): { w: number; p: number } | Unavailable {
  const { n, mean, sumOfSquares } = describeSample(values);
  if (n < 3 || n > 5000) return { reason: 'The Shapiro–Wilk test needs 3 to 5000 values.' };
  const x = [...values].sort((a, b) => a - b);
  if (!(x[n - 1]! > x[0]!)) return { reason: 'All values are the same.' };
  const half = n >> 1;
  const a = new Float64Array(half);
  if (n === 3) a[0] = Math.SQRT1_2;
  else {
    const m = Array.from({ length: half }, (_, i) => normalQuantile((i + 1 - 0.375) / (n + 0.25)));
    const square = 2 * m.reduce((sum, v) => sum + v * v, 0);
    const root = Math.sqrt(square);
    const u = 1 / Math.sqrt(n);
    const first = polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], u) - m[0]! / root;
    a[0] = first;
    let from = 1;
    let scale: number;
    if (n > 5) {
      const second = polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], u) - m[1]! / root;
      a[1] = second;
      from = 2;
      scale = Math.sqrt((square - 2 * m[0]! ** 2 - 2 * m[1]! ** 2) / (1 - 2 * first ** 2 - 2 * second ** 2));
    } else scale = Math.sqrt((square - 2 * m[0]! ** 2) / (1 - 2 * first ** 2));
    for (let i = from; i < half; i++) a[i] = -m[i]! / scale;
  }
  // 1 − W as Σ(standardised a − standardised x)-products: no cancellation when W is near 1.
  const weight = (i: number) => (i < half ? -a[i]! : i >= n - half ? a[n - 1 - i]! : 0);
  let ssa = 0;
  let sax = 0;
  for (let i = 0; i < n; i++) {
    ssa += weight(i) ** 2;
    sax += weight(i) * (x[i]! - mean);
  }
  const size = Math.sqrt(ssa * sumOfSquares);
  const rest = ((size - sax) * (size + sax)) / (ssa * sumOfSquares);
  const w = 1 - rest;
  if (n === 3) {
    const p = (6 / Math.PI) * (Math.asin(Math.sqrt(w)) - Math.asin(Math.sqrt(0.75)));
    return { w, p: Math.min(1, Math.max(0, p)) };
  }
  let y = Math.log(rest);
  const logN = Math.log(n);
  let centre: number;
  let sd: number;
  if (n <= 11) {
    const gamma = polynomial([-2.273, 0.459], n);
    if (y >= gamma) return { w, p: 1e-99 };
    y = -Math.log(gamma - y);
    centre = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], n);
    sd = Math.exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], n));
  } else {
    centre = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], logN);
    sd = Math.exp(polynomial([-0.4803, -0.082676, 0.0030302], logN));
  }
  return { w, p: normalUpper((y - centre) / sd) };
}
