import { leastSquares } from '../linear/least-squares.ts';
import { type Matrix, zeros } from '../linear/matrix.ts';
import type { DegreesMethod, Inference } from './degrees.ts';
import type { Design } from './design.ts';
import type { Method } from './likelihood.ts';
import { type Maximum, maximise, type NotConverged } from './maximise.ts';
import { fromMatrix, ordinaryOrigin } from './subject-source.ts';
import {
  compile,
  type GroupCovariance,
  type RepeatedData,
  type Subject,
  type SubjectSource,
} from './visit-patterns.ts';

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

/** Pairwise covariances of a group's ordinary least-squares residuals between visits; pairs never seen together get 0. */
function residualCovariance(
  { patterns }: RepeatedData,
  group: number,
  size: number,
  overall: number,
): Matrix {
  const sum = zeros(size, size);
  const count = zeros(size, size);
  for (const pattern of patterns) {
    if (pattern.group !== group) continue;
    const n = pattern.visits.length;
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) {
        const e = pattern.visits[a]! * size + pattern.visits[b]!;
        sum.data[e]! += pattern.squares[a * n + b]!;
        count.data[e]! += pattern.size;
      }
  }
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
  const parameters = parametersOf(groups);
  if (matrix.rows <= matrix.columns + parameters) return tooFew(matrix.rows, matrix.columns, parameters);
  const ordinary = leastSquares(matrix, y);
  if ('collinear' in ordinary) return inseparable(names[ordinary.collinear]!);
  const size = y.reduce((sum, v) => sum + v * v, 0);
  if (ordinary.residualSumOfSquares <= 1e-24 * size)
    return { converged: false, reason: 'The model fits every observation exactly.' };
  const data = compile(fromMatrix(matrix, y, subjects), ordinary.coefficients, groups);
  return fitCompiled(design, data, method);
}

/**
 * The same for subjects that come one by one, in two passes: memory and the cost of an iteration don't depend on how
 * many there are.
 *
 * @param design names the columns of the source's rows; its matrix may be empty
 */
export function fitMixedFrom(
  source: SubjectSource,
  design: Design,
  groups: GroupCovariance[],
  method: Method,
): MixedFit | NotConverged {
  const origin = ordinaryOrigin(source);
  if ('collinear' in origin) return inseparable(design.names[origin.collinear]!);
  const data = compile(source, origin, groups);
  if (data.observations <= data.columns + data.parameters)
    return tooFew(data.observations, data.columns, data.parameters);
  return fitCompiled(design, data, method);
}

const parametersOf = (groups: readonly GroupCovariance[]) =>
  Math.max(0, ...groups.flatMap(({ index }) => index.map((k) => k + 1)));

const tooFew = (rows: number, effects: number, parameters: number): NotConverged => ({
  converged: false,
  reason: `${rows} observations are too few for ${effects} effects and ${parameters} covariance parameters.`,
});

const inseparable = (column: string): NotConverged => ({
  converged: false,
  reason: `The model can't separate ${column} from the terms before it.`,
});

function fitCompiled(design: Design, data: RepeatedData, method: Method): MixedFit | NotConverged {
  const { groups } = data;
  const start = new Array<number>(data.parameters).fill(0);
  const isVariance = new Array<boolean>(data.parameters).fill(true);
  const labels = new Array<string>(data.parameters).fill('');
  const overall =
    data.patterns.reduce((sum, { squares, visits: { length: n } }) => {
      let own = 0;
      for (let a = 0; a < n; a++) own += squares[a * n + a]!;
      return sum + own;
    }, 0) / data.observations;
  groups.forEach(({ structure, index }, g) => {
    const values = structure.start(residualCovariance(data, g, structure.size, overall));
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
    observations: data.observations,
    subjects: data.subjects,
    inferences: new Map(),
  };
}
