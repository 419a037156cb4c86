import { leastSquares } from '../linear/least-squares.ts';
import { type Matrix, zeros } from '../linear/matrix.ts';
import type { DegreesMethod, Inference } from './degrees.ts';
import type { Design } from './design.ts';
import type { Method } from './likelihood.ts';
import { type Maximum, maximise, type NotConverged } from './maximise.ts';
import { compile, type GroupCovariance, type RepeatedData, type Subject } from './visit-patterns.ts';

/** A converged fit of y = Xβ + ε with correlated rows within subjects. */
export interface MixedFit {
  converged: true;
  method: Method;
  design: Design;
  data: RepeatedData;
  maximum: Maximum;
  /** Model-based covariance of β, (XᵀV⁻¹X)⁻¹. */
  covariance: Matrix;
  coefficients: Float64Array;
  /** Covariance parameters with their names. */
  parameters: { name: string; value: number }[];
  /** Σ of each group over all visits. */
  sigmas: Matrix[];
  minusTwoLogLikelihood: number;
  observations: number;
  subjects: number;
  /** Covariances already computed, by method. */
  inferences: Map<DegreesMethod, Inference>;
}

/** Pairwise covariances of ordinary least-squares residuals between visits; pairs never seen together get 0. */
export function residualCovariance(
  residuals: Float64Array,
  subjects: readonly Subject[],
  size: number,
): Matrix {
  const sum = zeros(size, size);
  const count = zeros(size, size);
  for (const { rows, visits } of subjects)
    for (let a = 0; a < rows.length; a++)
      for (let b = 0; b < rows.length; b++) {
        const e = visits[a]! * size + visits[b]!;
        sum.data[e]! += residuals[rows[a]!]! * residuals[rows[b]!]!;
        count.data[e]! += 1;
      }
  const overall = residuals.reduce((s, r) => s + r * r, 0) / residuals.length;
  for (let e = 0; e < size * size; e++) {
    const c = count.data[e]!;
    const isDiagonal = e % (size + 1) === 0;
    // A visit seen once has no variance of its own to start from.
    sum.data[e] = c > 1 ? sum.data[e]! / c : isDiagonal ? overall : 0;
    if (isDiagonal && !(sum.data[e]! > 1e-8 * overall)) sum.data[e] = overall;
  }
  return sum;
}

/**
 * Fits by REML or ML from ordinary least squares.
 *
 * @param groups covariance of each group, with the parameters' places in θ
 * @returns `converged: false` with the reason when there is no maximum, the design is collinear or too large
 */
export function fitMixed(
  design: Design,
  y: readonly number[],
  subjects: readonly Subject[],
  groups: GroupCovariance[],
  method: Method,
): MixedFit | NotConverged {
  const { matrix, names } = design;
  if (y.length !== matrix.rows)
    throw new RangeError('The response has as many values as the model has rows.');
  const odd = y.find((v) => !Number.isFinite(v));
  if (odd !== undefined) throw new RangeError(`A response needs finite numbers; got ${odd}.`);
  const data = compile(matrix, y, subjects, groups);
  if (matrix.rows <= matrix.columns + data.parameters)
    return {
      converged: false,
      reason: `${matrix.rows} observations are too few for ${matrix.columns} effects and ${data.parameters} covariance parameters.`,
    };
  const ordinary = leastSquares(matrix, y);
  if ('collinear' in ordinary)
    return {
      converged: false,
      reason: `The model can't separate ${names[ordinary.collinear]} from the terms before it.`,
    };
  const size = y.reduce((sum, v) => sum + v * v, 0);
  if (ordinary.residualSumOfSquares <= 1e-24 * size)
    return { converged: false, reason: 'The model fits every observation exactly.' };
  const start = new Array<number>(data.parameters).fill(0);
  const isVariance = new Array<boolean>(data.parameters).fill(true);
  const labels = new Array<string>(data.parameters).fill('');
  groups.forEach(({ structure, index }, g) => {
    const own = subjects.filter((s) => s.group === g);
    const values = structure.start(residualCovariance(ordinary.residuals, own, structure.size));
    index.forEach((place, k) => {
      start[place] = values[k]!;
      isVariance[place] = structure.isVariance[k]!;
      labels[place] = structure.parameters[k]!;
    });
  });
  const maximum = maximise(data, start, method, isVariance);
  if (!maximum.converged) return maximum;
  const { at } = maximum;
  return {
    converged: true,
    method,
    design,
    data,
    maximum,
    covariance: at.phi,
    coefficients: at.beta,
    parameters: labels.map((name, k) => ({ name, value: at.theta[k]! })),
    sigmas: groups.map(({ structure, index }) => structure.matrix(index.map((k) => at.theta[k]!))),
    minusTwoLogLikelihood: at.value,
    observations: y.length,
    subjects: subjects.length,
    inferences: new Map(),
  };
}
