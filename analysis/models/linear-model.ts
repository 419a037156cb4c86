import { leastSquares, orthogonalise } from '../linear/least-squares.ts';
import { fromRows, type Matrix, scale, zeros } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import { type WaldF, waldTest } from './contrast.ts';
import { buildDesign, type Design, type Formula } from './design.ts';

export interface LinearModel {
  design: Design;
  coefficients: Float64Array;
  /** s²(XᵀX)⁻¹. */
  covariance: Matrix;
  /** (XᵀX)⁻¹. */
  inverse: Matrix;
  residuals: Float64Array;
  leverage: Float64Array;
  /** Residual standard deviation s. */
  sigma: number;
  df: number;
  residualSumOfSquares: number;
  r2: number | null;
}

function checkResponse(y: readonly number[], rows: number): void {
  if (y.length !== rows) throw new RangeError('The response has as many values as the model has rows.');
  const odd = y.find((v) => !Number.isFinite(v));
  if (odd !== undefined) throw new RangeError(`A response needs finite numbers; got ${odd}.`);
}

/**
 * Normal linear model y = Xβ + ε by least squares, ANCOVA among them.
 *
 * @param y response, one for each row; rows with missing values are left out by the caller
 * @returns a reason when there are too few rows or a column is a combination of others
 */
export function fitLinear(formula: Formula, y: readonly number[]): LinearModel | Unavailable {
  const design = buildDesign(formula);
  return fitDesign(design, y);
}

/** As `fitLinear`, from a design that is already built. */
export function fitDesign(design: Design, y: readonly number[]): LinearModel | Unavailable {
  checkResponse(y, design.matrix.rows);
  const prepared = prepareLinear(design);
  return 'reason' in prepared ? prepared : prepared(y);
}

/**
 * One design for many responses, such as imputed ones: what doesn't depend on the response is computed once.
 *
 * @returns a function of the response, which has a number for each row
 */
export function prepareLinear(
  design: Design,
): ((y: ArrayLike<number>) => LinearModel | Unavailable) | Unavailable {
  const { matrix, names } = design;
  const df = matrix.rows - matrix.columns;
  if (df < 1)
    return {
      reason: `${matrix.rows} observations are too few for a model with ${matrix.columns} parameters.`,
    };
  const orthogonal = orthogonalise(matrix);
  if ('collinear' in orthogonal)
    return { reason: `The model can't separate ${names[orthogonal.collinear]} from the terms before it.` };
  return (y) => {
    const fit = orthogonal.solve(y);
    const { total, size } = squaresOf(y);
    if (fit.residualSumOfSquares <= 1e-24 * size)
      return {
        reason: 'The model fits every observation exactly: there is no residual variation to judge by.',
      };
    const variance = fit.residualSumOfSquares / df;
    return {
      design,
      coefficients: fit.coefficients,
      covariance: scale(fit.inverse, variance),
      inverse: fit.inverse,
      residuals: fit.residuals,
      leverage: fit.leverage,
      sigma: Math.sqrt(variance),
      df,
      residualSumOfSquares: fit.residualSumOfSquares,
      r2: total > 0 ? 1 - fit.residualSumOfSquares / total : null,
    };
  };
}

/** Sums of squares about zero and about the mean. */
function squaresOf(y: ArrayLike<number>): { size: number; total: number } {
  let [size, sum, total] = [0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    size += y[i]! * y[i]!;
    sum += y[i]!;
  }
  const mean = sum / y.length;
  for (let i = 0; i < y.length; i++) total += (y[i]! - mean) ** 2;
  return { size, total };
}

export interface TermTest extends WaldF {
  term: string;
  sumOfSquares: number;
  partialEtaSquared: number;
}

/**
 * Type III F tests: every term adjusted for all others, its hypothesis stated for sum-to-zero coding (a main effect
 * is the effect averaged over the levels of what it interacts with), as SAS's type III when no cell is empty and R's
 * `car::Anova(type = 3)` with `contr.sum`.
 *
 * The model is fitted once, in treatment coding β. The columns of both codings span the same space, so the
 * sum-coded coefficients are Aβ with X_sum·A = X, found column by column by least squares.
 */
export function typeThree(model: LinearModel): TermTest[] | Unavailable {
  const { design } = model;
  const sum = buildDesign(design.formula, 'sum').matrix;
  const p = sum.columns;
  const a = zeros(p, p);
  for (let j = 0; j < p; j++) {
    const column = Float64Array.from({ length: sum.rows }, (_, i) => design.matrix.data[i * p + j]!);
    const solved = leastSquares(sum, column);
    if ('collinear' in solved) return { reason: 'The terms of the model are not all estimable.' };
    for (let i = 0; i < p; i++) a.data[i * p + j] = solved.coefficients[i]!;
  }
  const tests: TermTest[] = [];
  for (const { name, columns } of design.terms) {
    const rows = fromRows(columns.map((i) => a.data.subarray(i * p, (i + 1) * p)));
    const test = waldTest(model, rows);
    if ('reason' in test) return test;
    const sumOfSquares = test.f * test.df1 * model.sigma ** 2;
    tests.push({
      ...test,
      term: name,
      sumOfSquares,
      partialEtaSquared: sumOfSquares / (sumOfSquares + model.residualSumOfSquares),
    });
  }
  return tests;
}
