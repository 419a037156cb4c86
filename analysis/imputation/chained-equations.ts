import { cholesky, choleskyInverse, choleskySolve } from '../linear/cholesky.ts';
import { crossProduct, crossVector, dot, row, zeros } from '../linear/matrix.ts';
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
  const result: Float64Array[][] = [];
  for (let m = 0; m < imputations; m++) {
    const data = columns.map((c, j) =>
      Float64Array.from(
        c.values,
        (v) => v ?? c.values[observed[j]![drawIndex(uniform, observed[j]!.length)]!]!,
      ),
    );
    for (let iteration = 0; iteration < iterations; iteration++)
      for (let j = 0; j < p; j++)
        if (missing[j]!.length > 0) redraw(data, j, observed[j]!, missing[j]!, uniform);
    result.push(data);
  }
  return result;
}

function redraw(
  data: Float64Array[],
  target: number,
  observed: readonly number[],
  missing: readonly number[],
  uniform: Uniform,
): void {
  const p = data.length;
  const rowsOf = (rows: readonly number[]) => {
    const x = zeros(rows.length, p);
    rows.forEach((i, r) => {
      // Column 0 is the intercept, in the target's place the last column.
      x.data[r * p] = 1;
      let at = 1;
      for (let j = 0; j < p; j++) if (j !== target) x.data[r * p + at++] = data[j]![i]!;
    });
    return x;
  };
  const x = rowsOf(observed);
  const y = Float64Array.from(observed, (i) => data[target]![i]!);
  const cross = crossProduct(x);
  for (let k = 0; k < p; k++) cross.data[k * p + k]! *= 1 + RIDGE;
  const factor = cholesky(cross)!;
  const beta = choleskySolve(factor, crossVector(x, y));
  const residual = y.reduce((sum, v, r) => sum + (v - dot(row(x, r), beta)) ** 2, 0);
  const sigma = Math.sqrt(residual / drawChiSquare(uniform, Math.max(1, observed.length - p)));
  const spread = cholesky(choleskyInverse(factor))!;
  const z = Float64Array.from({ length: p }, () => drawNormal(uniform));
  const drawn = beta.map((b, i) => b + sigma * dot(row(spread, i), z));
  const future = rowsOf(missing);
  missing.forEach((i, r) => {
    data[target]![i] = dot(row(future, r), drawn) + sigma * drawNormal(uniform);
  });
}
