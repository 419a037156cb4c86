import { cholesky } from '../linear/cholesky.ts';
import { fromRows } from '../linear/matrix.ts';
import { gaussLegendre } from './gauss-legendre.ts';
import type { Sides } from './multivariate-t.ts';
import { normalDensity, normalUpper } from './normal.ts';
import { overScale } from './scale.ts';

/** More comparisons than this take too long. */
export const MOST_COMPARISONS = 5;

/** Beyond this many standard deviations a normal density counts for nothing. */
const REACH = 8.5;

const RULE = gaussLegendre(22);

/**
 * P(at least one of T₁…T_k lies beyond c) for any correlations, k ≤ 5, by conditioning in turn: with Z = L·e from the
 * Cholesky factor,
 *
 *   gᵢ(e₁…eᵢ₋₁) = P(Zᵢ beyond | e₁…eᵢ₋₁) + ∫_{Zᵢ within} φ(eᵢ)·gᵢ₊₁(e₁…eᵢ) deᵢ,   P = E_S[g₁]
 *
 * All terms are positive, so small probabilities keep their figures; Gauss–Legendre on each inner range gives about
 * nine figures.
 *
 * @returns null when the correlations aren't positive definite
 */
export function anyBeyondGeneral(
  c: number,
  correlation: readonly (readonly number[])[],
  df: number,
  sides: Sides = 'two',
): number | null {
  const k = correlation.length;
  if (k > MOST_COMPARISONS) throw new RangeError(`At most ${MOST_COMPARISONS} comparisons; got ${k}.`);
  const factor = cholesky(fromRows(correlation));
  if (!factor) return null;
  const l = (i: number, j: number) => factor.data[i * k + j]!;
  // 'less' is 'greater' of the mirrored variables, whose correlations are the same.
  const e = new Float64Array(k);
  const level = (i: number, limit: number): number => {
    let mean = 0;
    for (let j = 0; j < i; j++) mean += l(i, j) * e[j]!;
    const sd = l(i, i);
    const high = (limit - mean) / sd;
    const low = sides === 'two' ? (-limit - mean) / sd : -Infinity;
    let result = normalUpper(high) + (low === -Infinity ? 0 : normalUpper(-low));
    if (i === k - 1) return result;
    const from = Math.max(low, -REACH);
    const to = Math.min(high, REACH);
    if (!(to > from)) return result;
    const half = (to - from) / 2;
    const middle = (to + from) / 2;
    for (let q = 0; q < RULE.nodes.length; q++) {
      const value = middle + half * RULE.nodes[q]!;
      e[i] = value;
      result += half * RULE.weights[q]! * normalDensity(value) * level(i + 1, limit);
    }
    return result;
  };
  return Math.min(
    1,
    overScale((s) => level(0, c * s), df),
  );
}
