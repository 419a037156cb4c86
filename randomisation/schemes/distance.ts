import type { Distance } from '../design.ts';
import { addFractions, extremes, type Fraction, formatFraction, formatRatio, fraction } from '../fraction.ts';
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
 * The same for range and variance in whole numbers that a double holds exactly: G_k × `unit`, written to `out`. Only
 * for up to `plan.exactUpTo` participants.
 */
export function scaledImbalances(
  plan: MinimisationPlan,
  rows: readonly ArrayLike<number>[],
  out: number[] | Float64Array,
): void {
  const { shares, weights } = plan;
  const columns = shares.length;
  const variance = plan.distance === 'variance';
  for (let k = 0; k < columns; k++) {
    let total = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      let largest = 0;
      let smallest = Number.POSITIVE_INFINITY;
      let sum = 0;
      let squares = 0;
      for (let j = 0; j < columns; j++) {
        const value = (j === k ? row[j]! + 1 : row[j]!) * shares[j]!;
        if (variance) {
          sum += value;
          squares += value * value;
        } else {
          if (value > largest) largest = value;
          if (value < smallest) smallest = value;
        }
      }
      total += weights[i]! * (variance ? columns * squares - sum * sum : largest - smallest);
    }
    out[k] = total;
  }
}

/** What `scaledImbalances` must be divided by. */
export function unitOf({ distance, scale, shares, weightScale }: MinimisationPlan): number {
  const columns = shares.length;
  return weightScale * (distance === 'variance' ? columns * (columns - 1) * scale * scale : scale);
}

/** G_k of each column as text, and the set of columns where it is least (bit j set: column j). */
export function imbalances(
  plan: MinimisationPlan,
  rows: readonly (readonly number[])[],
  participants: number,
): { texts: string[]; preferred: number } {
  if (plan.distance !== 'marginal-balance' && participants <= plan.exactUpTo) {
    const scaled: number[] = [];
    scaledImbalances(plan, rows, scaled);
    const least = Math.min(...scaled);
    const unit = unitOf(plan);
    return {
      texts: scaled.map((value) => formatRatio(value, unit)),
      preferred: bits(scaled, (v) => v === least),
    };
  }
  const exact = exactImbalances(plan, rows);
  const below = (a: Fraction, b: Fraction) => a.numerator * b.denominator < b.numerator * a.denominator;
  const least = exact.reduce((best, value) => (below(value, best) ? value : best));
  return { texts: exact.map(formatFraction), preferred: bits(exact, (value) => !below(least, value)) };
}

function bits<T>(values: readonly T[], chosen: (value: T) => boolean): number {
  return values.reduce((mask, value, j) => (chosen(value) ? mask + 2 ** j : mask), 0);
}
