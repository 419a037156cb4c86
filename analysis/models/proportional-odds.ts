import { normalQuantile } from '../distributions/normal.ts';
import { cholesky, choleskyInverse, choleskySolve } from '../linear/cholesky.ts';
import { type Matrix, zeros } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import { buildDesign, type Formula } from './design.ts';
import { expit } from './logistic-maximum.ts';

export interface ProportionalOdds {
  /** Names of the slopes; a positive one moves people to higher categories. */
  names: string[];
  slopes: Float64Array;
  /** Cut-points ζ₁ < ζ₂ < … */
  cuts: Float64Array;
  /** Slopes first, then cut-points. */
  coefficients: Float64Array;
  covariance: Matrix;
  logLikelihood: number;
  df: number;
}

/**
 * Proportional-odds model of an ordered category: logit P(Y ≤ j) = ζⱼ − xβ (McCullagh P. JRSS B 1980;42:109–142; R's
 * `MASS::polr`), by Newton's method. With u = ζ_y − xβ, l = ζ_{y−1} − xβ and p = F(u) − F(l):
 *
 *   ∇ln p = (f(u)∇u − f(l)∇l)/p,   ∇²ln p = (f′(u)∇u∇uᵀ − f′(l)∇l∇lᵀ)/p − ∇ln p∇ln pᵀ,   f = F(1−F), f′ = f(1−2F)
 *
 * @param y category of each row, from 0 to categories − 1
 */
export function fitProportionalOdds(
  formula: Formula,
  y: readonly number[],
  categories: number,
): ProportionalOdds | Unavailable {
  const design = buildDesign(formula);
  const n = y.length;
  if (design.matrix.rows !== n)
    throw new RangeError('The response has as many values as the model has rows.');
  if (y.some((v) => !Number.isInteger(v) || v < 0 || v >= categories))
    throw new RangeError('Categories are whole numbers from 0 to below their count.');
  const counts = Array.from({ length: categories }, (_, j) => y.filter((v) => v === j).length);
  if (categories < 2 || counts.some((c) => c === 0))
    return { reason: 'Every category needs at least one person; merge those that are empty.' };
  const width = design.matrix.columns;
  const p = width - 1;
  const size = p + categories - 1;
  if (n <= size) return { reason: `${n} observations are too few for a model with ${size} parameters.` };
  const x = (i: number, j: number) => design.matrix.data[i * width + j + 1]!;

  const evaluate = (theta: Float64Array) => {
    let value = 0;
    const score = new Float64Array(size);
    const information = zeros(size, size);
    for (let i = 0; i < n; i++) {
      const k = y[i]!;
      let eta = 0;
      for (let j = 0; j < p; j++) eta += x(i, j) * theta[j]!;
      const upper = k < categories - 1 ? theta[p + k]! - eta : Infinity;
      const lower = k > 0 ? theta[p + k - 1]! - eta : -Infinity;
      // The smaller tails are subtracted, so that p keeps its figures at either end.
      const mass = lower > 0 ? expit(-lower) - expit(-upper) : expit(upper) - expit(lower);
      if (!(mass > 0)) return null;
      value += Math.log(mass);
      const [fu, fl] = [expit(upper) * expit(-upper), expit(lower) * expit(-lower)];
      const [gu, gl] = [fu * (expit(-upper) - expit(upper)), fl * (expit(-lower) - expit(lower))];
      const du = new Float64Array(size);
      const dl = new Float64Array(size);
      for (let j = 0; j < p; j++) {
        du[j] = -x(i, j);
        dl[j] = -x(i, j);
      }
      if (k < categories - 1) du[p + k] = 1;
      if (k > 0) dl[p + k - 1] = 1;
      const g = du.map((d, j) => (fu * d - fl * dl[j]!) / mass);
      for (let a = 0; a < size; a++) {
        score[a]! += g[a]!;
        for (let b = 0; b < size; b++)
          information.data[a * size + b]! +=
            g[a]! * g[b]! - (gu * du[a]! * du[b]! - gl * dl[a]! * dl[b]!) / mass;
      }
    }
    return { value, score, information };
  };

  let theta: Float64Array = new Float64Array(size);
  let below = 0;
  for (let j = 0; j < categories - 1; j++) {
    below += counts[j]! / n;
    // 1.7·Φ⁻¹ is near the logit, and finite.
    theta[p + j] = 1.7 * normalQuantile(below);
  }
  let at = evaluate(theta);
  for (let iteration = 0; at && iteration < 100; iteration++) {
    const factor = cholesky(at.information, 1e-12);
    if (!factor)
      return {
        reason: iteration > 3 ? 'The covariates separate the categories.' : 'The covariates are collinear.',
      };
    const step = choleskySolve(factor, at.score);
    let scale = 1;
    let next = theta;
    let there: ReturnType<typeof evaluate> = null;
    for (let halving = 0; halving < 50; halving++, scale /= 2) {
      next = theta.map((v, j) => v + scale * step[j]!);
      there = evaluate(next);
      if (there && there.value >= at.value - 1e-10 * Math.abs(at.value)) break;
    }
    if (!there) break;
    let moved = 0;
    for (let i = 0; i < n; i++) {
      let change = 0;
      for (let j = 0; j < p; j++) change += x(i, j) * (next[j]! - theta[j]!);
      moved = Math.max(moved, Math.abs(change));
    }
    for (let j = p; j < size; j++) moved = Math.max(moved, Math.abs(next[j]! - theta[j]!));
    theta = next;
    at = there;
    if (moved < 1e-11 || (iteration > 40 && moved < 1e-8)) {
      const last = cholesky(at.information);
      if (!last) break;
      return {
        names: design.names.slice(1),
        slopes: theta.slice(0, p),
        cuts: theta.slice(p),
        coefficients: theta,
        covariance: choleskyInverse(last),
        logLikelihood: at.value,
        df: Infinity,
      };
    }
  }
  return { reason: 'The fit did not converge: the covariates separate the categories.' };
}
