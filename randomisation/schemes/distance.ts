import type { Distance } from '../design.ts';
import {
  addFractions,
  compareFractions,
  extremes,
  type Fraction,
  formatFraction,
  formatRatio,
  fraction,
} from '../fraction.ts';
import type { MinimisationPlan } from './minimisationPlan.ts';

/**
 * How unequal K numbers x_1 … x_K are, exactly.
 *
 * - range: max x − min x
 * - variance: Σ(x_j − x̄)² / (K − 1)
 * - marginal balance: Σ_{i<j} |x_i − x_j| / ((K − 1) Σ x_j), from 0 (equal) to 1 (all in one); 0 when all are 0
 *
 * The standard deviation isn't offered: it ranks one factor's states as the variance does, and it has no exact form.
 * Sources: Pocock & Simon, Biometrics 1975;31:103–115; Han, Enas & McEntegart, Stat Med 2009;28:3329–46.
 * @param values whole numbers, none negative, in units of 1/scale
 */
export function distanceBetween(distance: Distance, values: readonly bigint[], scale = 1n): Fraction {
  const columns = BigInt(values.length);
  const sum = values.reduce((total, value) => total + value, 0n);
  if (distance === 'range') {
    const [least, greatest] = extremes(values);
    return fraction(greatest - least, scale);
  }
  if (distance === 'variance') {
    const squares = values.reduce((total, value) => total + value * value, 0n);
    return fraction(columns * squares - sum * sum, columns * (columns - 1n) * scale * scale);
  }
  if (sum === 0n) return fraction(0n, 1n);
  let differences = 0n;
  values.forEach((a, i) => {
    for (const b of values.slice(i + 1)) differences += a > b ? a - b : b - a;
  });
  return fraction(differences, (columns - 1n) * sum);
}

/**
 * G_k of each column k: the weighted sum over factors of the distance between the counts, each divided by its ratio,
 * as they would be if the participant joined k: Σ_i w_i · D((n_ij + [j = k]) / r_j). Pocock & Simon 1975, section 3.
 * @param rows for each weight, the counts per column at the participant's level
 */
export function exactImbalances(plan: MinimisationPlan, rows: readonly (readonly number[])[]): Fraction[] {
  const { distance, shares, scale, weights, weightScale } = plan;
  return shares.map((_, k) => {
    let sum = fraction(0n, 1n);
    rows.forEach((row, i) => {
      const values = row.map((count, j) => BigInt(count + (j === k ? 1 : 0)) * BigInt(shares[j]!));
      const part = distanceBetween(distance, values, BigInt(scale));
      sum = addFractions(sum, fraction(BigInt(weights[i]!) * part.numerator, part.denominator));
    });
    return fraction(sum.numerator, sum.denominator * BigInt(weightScale));
  });
}

/**
 * The same in whole numbers that a double holds exactly: G_k × unit, written to `out`.
 * @param participants at least the sum of any row
 * @returns the unit; 0 when the numbers would not be exact, and `out` is then not to be used
 */
export function scaledImbalances(
  plan: MinimisationPlan,
  rows: readonly ArrayLike<number>[],
  participants: number,
  out: number[] | Float64Array,
): number {
  if (plan.distance === 'marginal-balance') return scaledMarginal(plan, rows, out);
  if (participants > plan.exactUpTo) return 0;
  if (plan.distance === 'range') scaledRange(plan, rows, out);
  else scaledVariance(plan, rows, out);
  return plan.unit;
}

/** Only the least and the greatest of the other columns matter, and they are the row's own but for one column. */
function scaledRange(
  { shares, weights }: MinimisationPlan,
  rows: readonly ArrayLike<number>[],
  out: number[] | Float64Array,
): void {
  const columns = shares.length;
  for (let k = 0; k < columns; k++) out[k] = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const weight = weights[i]!;
    let greatest = 0;
    let least = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    let lowest = 0;
    for (let j = 0; j < columns; j++) {
      const value = row[j]! * shares[j]!;
      if (value > greatest) greatest = value;
      if (value < least) {
        second = least;
        least = value;
        lowest = j;
      } else if (value < second) second = value;
    }
    for (let k = 0; k < columns; k++) {
      const value = (row[k]! + 1) * shares[k]!;
      const others = k === lowest ? second : least;
      out[k]! += weight * (Math.max(value, greatest) - Math.min(value, others));
    }
  }
}

/** K ΣX² − (ΣX)², with X_k raised by its share s: ΣX grows by s and ΣX² by s (2 X_k + s). */
function scaledVariance(
  { shares, weights }: MinimisationPlan,
  rows: readonly ArrayLike<number>[],
  out: number[] | Float64Array,
): void {
  const columns = shares.length;
  for (let k = 0; k < columns; k++) out[k] = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    let sum = 0;
    let squares = 0;
    for (let j = 0; j < columns; j++) {
      const value = row[j]! * shares[j]!;
      sum += value;
      squares += value * value;
    }
    for (let k = 0; k < columns; k++) {
      const share = shares[k]!;
      const raised = sum + share;
      const raisedSquares = squares + share * (2 * row[k]! * share + share);
      out[k]! += weights[i]! * (columns * raisedSquares - raised * raised);
    }
  }
}

/**
 * Marginal balance has a denominator for each factor, T_i = Σ_j X_ij + 1. With equal ratios it is the same whichever
 * column the participant joins, so that the product of all T_i is a common denominator. No part exceeds
 * (K − 1) · product, which bounds the sum.
 */
function scaledMarginal(
  { shares, weights, weightSum, weightScale, scale }: MinimisationPlan,
  rows: readonly ArrayLike<number>[],
  out: number[] | Float64Array,
): number {
  const columns = shares.length;
  if (scale !== 1) return 0;
  let product = 1;
  for (let i = 0; i < rows.length; i++) product *= total(rows[i]!) + 1;
  const unit = weightScale * (columns - 1) * product;
  if (unit * weightSum > Number.MAX_SAFE_INTEGER) return 0;
  for (let k = 0; k < columns; k++) out[k] = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const factor = weights[i]! * (product / (total(row) + 1));
    for (let k = 0; k < columns; k++) {
      let differences = 0;
      for (let a = 0; a < columns; a++) {
        const value = a === k ? row[a]! + 1 : row[a]!;
        for (let b = a + 1; b < columns; b++)
          differences += Math.abs(value - (b === k ? row[b]! + 1 : row[b]!));
      }
      out[k]! += factor * differences;
    }
  }
  return unit;
}

function total(row: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += row[j]!;
  return sum;
}

/** G_k of each column as text, and the set of columns where it is least (bit j set: column j). */
export function imbalances(
  plan: MinimisationPlan,
  rows: readonly (readonly number[])[],
  participants: number,
): { texts: string[]; preferred: number } {
  const scaled: number[] = [];
  const unit = scaledImbalances(plan, rows, participants, scaled);
  if (unit > 0) {
    const least = Math.min(...scaled);
    return {
      texts: scaled.map((value) => formatRatio(value, unit)),
      preferred: bits(scaled, (v) => v === least),
    };
  }
  const exact = exactImbalances(plan, rows);
  const least = exact.reduce((best, value) => (compareFractions(value, best) < 0 ? value : best));
  return {
    texts: exact.map(formatFraction),
    preferred: bits(exact, (value) => compareFractions(value, least) === 0),
  };
}

function bits<T>(values: readonly T[], chosen: (value: T) => boolean): number {
  return values.reduce((mask, value, j) => (chosen(value) ? mask + 2 ** j : mask), 0);
}
