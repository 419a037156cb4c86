import { factoriseInPlace, invertFactor, solveInPlace } from '../linear/cholesky.ts';
import { drawChiSquare, drawIndex, drawNormal, type Uniform } from '../resampling/generator.ts';
import type { Unavailable } from '../unavailable.ts';

export interface Column {
  name: string;
  /** Null is missing. Factors come in as indicator columns, without missing values. */
  values: readonly (number | null)[];
}

/** R's mice adds this share of its diagonal to XᵀX, so that collinear predictors don't stop a chain. */
const RIDGE = 1e-5;

/**
 * Multiple imputation by chained equations with Bayesian linear regression: each incomplete column in turn is
 * regressed on all others, and its missing values are drawn with parameters drawn from their posterior
 *
 *   σ*² = RSS/χ²(n − p),  β* = β̂ + σ*·chol((XᵀX)⁻¹)z,  y* = Xβ* + σ*z      (Rubin 1987, p. 167)
 *
 * starting from random observed values. Columns are visited in their order, `iterations` times.
 *
 * Source: van Buuren S, Groothuis-Oudshoorn K. J Stat Softw 2011;45(3); R's `mice(method = "norm")`.
 *
 * @returns for each imputation, the completed columns in the given order
 */
export function imputeChained(
  columns: readonly Column[],
  { imputations, iterations = 10, uniform }: { imputations: number; iterations?: number; uniform: Uniform },
): Float64Array[][] | Unavailable {
  const n = columns[0]?.values.length ?? 0;
  if (columns.some((c) => c.values.length !== n)) throw new RangeError('All columns are equally long.');
  for (const { name, values } of columns)
    if (values.some((v) => v !== null && !Number.isFinite(v)))
      throw new RangeError(`The column ${name} holds a value that isn't a finite number.`);
  const missing = columns.map((c) => c.values.flatMap((v, i) => (v === null ? [i] : [])));
  const observed = columns.map((c) => c.values.flatMap((v, i) => (v === null ? [] : [i])));
  const p = columns.length;
  const short = columns.findIndex((_, j) => missing[j]!.length > 0 && observed[j]!.length <= p);
  if (short >= 0)
    return { reason: `The column ${columns[short]!.name} has too few observed values to impute from.` };
  const width = p + 1;
  const start = new Float64Array(n * width);
  columns.forEach(({ values }, j) => {
    for (let i = 0; i < n; i++) start[i * width + j + 1] = values[i] ?? 0;
  });
  for (let i = 0; i < n; i++) start[i * width] = 1;
  const complete = (i: number) => columns.every(({ values }) => values[i] !== null);
  const fixed = new Float64Array(width * width);
  for (let i = 0; i < n; i++) if (complete(i)) addProducts(fixed, start, i, width);
  const targets = columns.flatMap((_, j): Target[] =>
    missing[j]!.length === 0
      ? []
      : [
          {
            column: j + 1,
            observed: Int32Array.from(observed[j]!),
            missing: Int32Array.from(missing[j]!),
            changing: Int32Array.from(observed[j]!.filter((i) => !complete(i))),
          },
        ],
  );
  const redraw = redrawer(fixed, width, uniform);
  const result: Float64Array[][] = [];
  for (let m = 0; m < imputations; m++) {
    const table = Float64Array.from(start);
    for (const target of targets)
      for (const i of target.missing)
        table[i * width + target.column] =
          start[target.observed[drawIndex(uniform, target.observed.length)]! * width + target.column]!;
    for (let iteration = 0; iteration < iterations; iteration++)
      for (const target of targets) if (!redraw(table, target)) return { reason: DEPENDENT };
    result.push(
      columns.map((_, j) => {
        const column = new Float64Array(n);
        for (let i = 0; i < n; i++) column[i] = table[i * width + j + 1]!;
        return column;
      }),
    );
  }
  return result;
}

/** An incomplete column of the table, whose column 0 is the intercept. */
interface Target {
  column: number;
  observed: Int32Array;
  missing: Int32Array;
  /** Rows observed in this column that were imputed in another: their products change in every cycle. */
  changing: Int32Array;
}

const DEPENDENT = 'The columns to impute from are linearly dependent beyond what the ridge mends.';

/** Adds the lower triangle of xxᵀ for one row x of a table. */
function addProducts(sums: Float64Array, table: Float64Array, i: number, width: number): void {
  const from = i * width;
  for (let a = 0; a < width; a++) {
    const v = table[from + a]!;
    if (v === 0) continue;
    const to = a * width;
    for (let b = 0; b <= a; b++) sums[to + b]! += v * table[from + b]!;
  }
}

/**
 * Draws one column's missing values anew in place. Products of rows that are complete are summed once for all cycles,
 * so that a draw costs what the incomplete rows cost.
 *
 * @param fixed sums of products of the complete rows
 * @returns a function that says whether the regression could be solved
 */
function redrawer(fixed: Float64Array, width: number, uniform: Uniform) {
  const k = width - 1;
  const sums = new Float64Array(width * width);
  const factor = new Float64Array(k * k);
  const spread = new Float64Array(k * k);
  const scratch = new Float64Array(k * k);
  const beta = new Float64Array(k);
  const z = new Float64Array(k);
  const coefficients = new Float64Array(width);
  return (table: Float64Array, { column, observed, missing, changing }: Target): boolean => {
    sums.set(fixed);
    for (let r = 0; r < changing.length; r++) addProducts(sums, table, changing[r]!, width);
    for (let a = 0; a < k; a++) {
      const row = (a < column ? a : a + 1) * width;
      for (let b = 0; b <= a; b++) factor[a * k + b] = sums[row + (b < column ? b : b + 1)]!;
      factor[a * k + a]! *= 1 + RIDGE;
      beta[a] = a < column ? sums[column * width + a]! : sums[row + column]!;
    }
    if (!factoriseInPlace(factor, k)) return false;
    solveInPlace(factor, beta, k);
    for (let a = 0; a < k; a++) coefficients[a < column ? a : a + 1] = beta[a]!;
    coefficients[column] = -1;
    let residual = 0;
    for (let r = 0; r < observed.length; r++) residual += along(table, observed[r]!, coefficients) ** 2;
    const sigma = Math.sqrt(residual / drawChiSquare(uniform, Math.max(1, observed.length - k)));
    invertFactor(factor, spread, scratch, k);
    if (!factoriseInPlace(spread, k)) return false;
    for (let a = 0; a < k; a++) z[a] = drawNormal(uniform);
    for (let a = 0; a < k; a++) {
      let step = 0;
      for (let b = 0; b <= a; b++) step += spread[a * k + b]! * z[b]!;
      coefficients[a < column ? a : a + 1]! += sigma * step;
    }
    coefficients[column] = 0;
    for (let r = 0; r < missing.length; r++) {
      const i = missing[r]!;
      table[i * width + column] = along(table, i, coefficients) + sigma * drawNormal(uniform);
    }
    return true;
  };
}

/** Inner product of a row of the table with coefficients. */
function along(table: Float64Array, i: number, coefficients: Float64Array): number {
  const from = i * coefficients.length;
  let sum = 0;
  for (let j = 0; j < coefficients.length; j++) sum += table[from + j]! * coefficients[j]!;
  return sum;
}
