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
 * the weighted mean of everybody's predicted risk in either arm. Made for resampling: rows aren't copied, and only the
 * arm's part of the linear predictor changes between the two predictions.
 *
 * @param counts weight of each row, 0 or more
 * @returns null where the model has no finite maximum or an arm has nobody
 */
export function standardisedRisks(model: RiskModel, counts: ArrayLike<number>): [number, number] | null {
  const beta = maximum(model, counts);
  if (!beta) return null;
  const { x, columns: p, armColumns, first, second } = model;
  let [a, b, total] = [0, 0, 0];
  for (let i = 0; i < model.y.length; i++) {
    const weight = counts[i]!;
    if (weight === 0) continue;
    let eta = 0;
    for (let j = 0; j < p; j++) eta += x[i * p + j]! * beta[j]!;
    for (const j of armColumns) eta -= x[i * p + j]! * beta[j]!;
    a += weight / (1 + Math.exp(-(eta + (first < 0 ? 0 : beta[first]!))));
    b += weight / (1 + Math.exp(-(eta + (second < 0 ? 0 : beta[second]!))));
    total += weight;
  }
  return [a / total, b / total];
}

/** Coefficients at the maximum of the weighted likelihood. */
function maximum({ x, y, columns: p, start }: RiskModel, counts: ArrayLike<number>): Float64Array | null {
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
      for (let j = 0; j < p; j++) eta += x[from + j]! * beta[j]!;
      if (Math.abs(eta) > SEPARATED) return null;
      const risk = 1 / (1 + Math.exp(-eta));
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
    if (!factorise(information, p)) return null;
    solve(information, score, p);
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

/** Cholesky's factor in place of the lower triangle; false where the matrix isn't positive definite. */
function factorise(a: Float64Array, p: number): boolean {
  for (let j = 0; j < p; j++) {
    let diagonal = a[j * p + j]!;
    const whole = diagonal;
    for (let k = 0; k < j; k++) diagonal -= a[j * p + k]! ** 2;
    if (!(diagonal > 1e-12 * whole)) return false;
    const root = Math.sqrt(diagonal);
    a[j * p + j] = root;
    for (let i = j + 1; i < p; i++) {
      let sum = a[i * p + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * p + k]! * a[j * p + k]!;
      a[i * p + j] = sum / root;
    }
  }
  return true;
}

/** Solves LLᵀz = b in place. */
function solve(l: Float64Array, b: Float64Array, p: number): void {
  for (let i = 0; i < p; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * p + k]! * b[k]!;
    b[i] = sum / l[i * p + i]!;
  }
  for (let i = p - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < p; k++) sum -= l[k * p + i]! * b[k]!;
    b[i] = sum / l[i * p + i]!;
  }
}
