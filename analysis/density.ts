import { quantile } from './continuous/quantile.ts';
import { normalDensity } from './distributions/normal.ts';

/**
 * Silverman's rule of thumb for the bandwidth of a Gaussian kernel: 0.9·min(s, IQR/1.34)·n^(−1/5), R's `bw.nrd0`.
 *
 * Source: Silverman BW. Density Estimation. Chapman & Hall 1986, eq. 3.31.
 *
 * @returns null below two values, or where all are the same
 */
export function bandwidth(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  if (sd === 0) return null;
  const range = quantile(values, 0.75, 7)! - quantile(values, 0.25, 7)!;
  return 0.9 * (Math.min(sd, range / 1.34) || sd) * n ** -0.2;
}

/**
 * Gaussian kernel density at evenly spaced places from the least to the greatest value: never beyond the data, where
 * there is nothing to smooth.
 *
 * @param places how many, at least 2
 */
export function density(values: readonly number[], places = 61): { x: number; density: number }[] {
  const width = bandwidth(values);
  if (width === null) return [];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return Array.from({ length: places }, (_, index) => {
    const x = low + ((high - low) * index) / (places - 1);
    const sum = values.reduce((total, value) => total + normalDensity((x - value) / width), 0);
    return { x, density: sum / (values.length * width) };
  });
}
