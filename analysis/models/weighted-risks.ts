import { factoriseInPlace, solveInPlace } from '../linear/cholesky.ts';

/** A logistic working model and the two arms whose risks are wanted, in typed arrays. */
export interface RiskModel {
  /** n×p design matrix, row by row, with indicator columns for arms. */
  x: Float64Array;
  /** 0 or 1 for each row. */
  y: Float64Array;
  columns: number;
  /** Indicator columns of all arms but the reference. */
  armColumns: number[];
  /** Indicator column of each of the two arms; −1 for the reference. */
  first: number;
  second: number;
  /** Where Newton's method begins: the coefficients of the whole data. */
  start: Float64Array;
}

const ITERATIONS = 30;
/** Beyond this linear predictor a probability is 0 or 1 to ten figures: the outcomes are separated. */
const SEPARATED = 25;

/**
 * Risks by standardisation (g-computation): logistic regression with a weight for each row by Newton's method, then
 * the weighted mean of everybody's predicted risk in either arm. Made for resampling: rows aren't copied, only the
 * arm's part of the linear predictor changes between the two predictions, and the risks at the starting coefficients,
 * the same for all weights, are computed once.
 *
 * @returns a function of the weight of each row, 0 or more; null where the model has no finite maximum
 */
export function riskStandardiser(model: RiskModel): (counts: ArrayLike<number>) => [number, number] | null {
  const { x, y, columns: p, armColumns, first, second } = model;
  const start = startOf(model);
  return (counts) => {
    const beta = maximum(model, start, counts);
    if (!beta) return null;
    const [one, two] = [first < 0 ? 0 : beta[first]!, second < 0 ? 0 : beta[second]!];
    for (const j of armColumns) beta[j] = 0;
    let [a, b, total] = [0, 0, 0];
    for (let i = 0; i < y.length; i++) {
      const weight = counts[i]!;
      if (weight === 0) continue;
      let eta = 0;
      for (let j = 0; j < p; j++) eta += x[i * p + j]! * beta[j]!;
      a += weight / (1 + Math.exp(-(eta + one)));
      b += weight / (1 + Math.exp(-(eta + two)));
      total += weight;
    }
    return [a / total, b / total];
  };
}

/** Linear predictors and risks at the starting coefficients. */
function startOf({ x, y, columns: p, start }: RiskModel): { eta: Float64Array; risk: Float64Array } {
  const eta = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) for (let j = 0; j < p; j++) eta[i]! += x[i * p + j]! * start[j]!;
  return { eta, risk: eta.map((value) => 1 / (1 + Math.exp(-value))) };
}

/** Coefficients at the maximum of the weighted likelihood. */
function maximum(
  { x, y, columns: p, start }: RiskModel,
  known: { eta: Float64Array; risk: Float64Array },
  counts: ArrayLike<number>,
): Float64Array | null {
  const beta = Float64Array.from(start);
  const score = new Float64Array(p);
  const information = new Float64Array(p * p);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    score.fill(0);
    information.fill(0);
    for (let i = 0; i < y.length; i++) {
      const weight = counts[i]!;
      if (weight === 0) continue;
      const from = i * p;
      let eta = 0;
      if (iteration === 0) eta = known.eta[i]!;
      else for (let j = 0; j < p; j++) eta += x[from + j]! * beta[j]!;
      if (Math.abs(eta) > SEPARATED) return null;
      const risk = iteration === 0 ? known.risk[i]! : 1 / (1 + Math.exp(-eta));
      const residual = weight * (y[i]! - risk);
      const variance = weight * risk * (1 - risk);
      for (let j = 0; j < p; j++) {
        const v = x[from + j]!;
        if (v === 0) continue;
        score[j]! += residual * v;
        const scaled = variance * v;
        for (let k = 0; k <= j; k++) information[j * p + k]! += scaled * x[from + k]!;
      }
    }
    if (!factoriseInPlace(information, p)) return null;
    solveInPlace(information, score, p);
    let largest = 0;
    for (let j = 0; j < p; j++) {
      beta[j]! += score[j]!;
      largest = Math.max(largest, Math.abs(score[j]!));
    }
    // Newton's method squares the error: after a step this small the next would change nothing.
    if (largest < 1e-7) return beta;
  }
  return null;
}
