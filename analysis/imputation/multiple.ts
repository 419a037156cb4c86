import { cholesky } from '../linear/cholesky.ts';
import { type Matrix, zeros } from '../linear/matrix.ts';
import { buildDesign } from '../models/design.ts';
import { evaluate } from '../models/likelihood.ts';
import { unstructured } from '../models/linear-covariance.ts';
import { fromMatrix } from '../models/subject-source.ts';
import { compile, type Subject } from '../models/visit-patterns.ts';
import { drawChiSquare, drawNormal, type Uniform } from '../resampling/generator.ts';
import type { Unavailable } from '../unavailable.ts';
import type { Delta } from './conditional-mean.ts';
import { conditionalNormal, strategyMeans } from './reference-based.ts';
import {
  fitImputationModel,
  fitsModel,
  type ImputationModel,
  meansOf,
  modelRows,
  type RepeatedParticipant,
  visitRows,
} from './repeated-data.ts';

/** One draw of the imputation model's parameters. */
export interface Draw {
  beta: Float64Array;
  sigma: Matrix;
}

/** mean + L·z for a covariance with Cholesky factor L; a singular covariance gets no noise in its null directions. */
function drawMultivariate(mean: Float64Array, covariance: Matrix, uniform: Uniform): Float64Array {
  const n = mean.length;
  const l = cholesky(covariance, 0);
  const z = Float64Array.from({ length: n }, () => drawNormal(uniform));
  if (!l) return Float64Array.from(mean);
  return mean.map((m, i) => {
    let sum = m;
    for (let k = 0; k <= i; k++) sum += l.data[i * n + k]! * z[k]!;
    return sum;
  });
}

/**
 * A draw from the inverse Wishart distribution with ν degrees of freedom and scale S, by Bartlett's decomposition:
 * S = CCᵀ; W = C⁻ᵀAAᵀC⁻¹ is Wishart(ν, S⁻¹) for lower triangular A with A²ᵢᵢ ~ χ²(ν − i), Aᵢⱼ ~ N(0, 1) below it, so
 * that W⁻¹ = (C·A⁻ᵀ)(C·A⁻ᵀ)ᵀ.
 */
export function drawInverseWishart(scale: Matrix, df: number, uniform: Uniform): Matrix | null {
  const n = scale.rows;
  const c = cholesky(scale);
  if (!c || !(df > n - 1)) return null;
  const a = zeros(n, n);
  for (let i = 0; i < n; i++) {
    a.data[i * n + i] = Math.sqrt(drawChiSquare(uniform, df - i));
    for (let j = 0; j < i; j++) a.data[i * n + j] = drawNormal(uniform);
  }
  // M = C·A⁻ᵀ: rows of M solve M·Aᵀ = C.
  const m = zeros(n, n);
  for (let r = 0; r < n; r++)
    for (let i = 0; i < n; i++) {
      let sum = c.data[r * n + i]!;
      for (let k = 0; k < i; k++) sum -= m.data[r * n + k]! * a.data[i * n + k]!;
      m.data[r * n + i] = sum / a.data[i * n + i]!;
    }
  const result = zeros(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) result.data[i * n + j]! += m.data[i * n + k]! * m.data[j * n + k]!;
  return result;
}

/**
 * Draws from the posterior of the MMRM's β and Σ (unstructured) under p(β, Σ) ∝ |Σ|^−(T+1)/2, by data augmentation
 * (Tanner MA, Wong WH. J Am Stat Assoc 1987;82:528–540; Schafer 1997, section 5.4) from the REML estimates:
 *
 *   I  missing values | β, Σ, observed ~ conditional normal (under MAR: strategies act when imputing, not here)
 *   P  Σ | β, Y ~ inverse Wishart(n, Σᵢeᵢeᵢᵀ);  β | Σ, observed ~ N(β̂(Σ), (XᵀV⁻¹X)⁻¹)
 *
 * β is drawn given the observed values only, which mixes faster than given the augmented ones.
 *
 * @param burnIn cycles thrown away first
 * @param thin cycles between draws that are kept
 */
export function posteriorDraws(
  model: ImputationModel,
  participants: readonly RepeatedParticipant[],
  {
    draws,
    burnIn = 100,
    thin = 10,
    uniform,
  }: { draws: number; burnIn?: number; thin?: number; uniform: Uniform },
): { draws: Draw[]; design: ReturnType<typeof buildDesign> } | Unavailable {
  const fit = fitImputationModel(model, participants);
  if (!fit.converged) return { reason: fit.reason };
  const size = model.visits.length;
  const { formula, rows } = modelRows(model, participants);
  const design = buildDesign(formula);
  const byId = new Map<string, Subject>();
  rows.forEach(({ participant, visit }, row) => {
    const entry = byId.get(participant.id) ?? { group: 0, rows: [], visits: [] };
    entry.rows.push(row);
    entry.visits.push(visit);
    byId.set(participant.id, entry);
  });
  const structure = unstructured(size);
  const values = rows.map((r) => r.participant.outcome[r.visit]!);
  const data = compile(fromMatrix(design.matrix, values, [...byId.values()]), fit.coefficients, [
    { structure, index: structure.parameters.map((_, k) => k) },
  ]);
  // Only people with a value tell of Σ.
  const people = participants.filter((p) => byId.has(p.id));
  const used = people.map((p) => p.outcome.map((v, t) => (fitsModel(p, t) ? v : null)));
  const own = people.map((p) => visitRows(design, model, p, p.arm));
  let { coefficients: beta } = fit;
  let sigma = fit.sigmas[0]!;
  const kept: Draw[] = [];
  for (let cycle = 1; kept.length < draws; cycle++) {
    const scale = zeros(size, size);
    people.forEach((_, i) => {
      const means = meansOf(own[i]!, beta);
      const outcome = used[i]!;
      const { missing, mean, covariance } = conditionalNormal(means, sigma, outcome);
      const filled = Float64Array.from(outcome, (v) => v ?? 0);
      const drawn = drawMultivariate(mean, covariance, uniform);
      missing.forEach((t, k) => {
        filled[t] = drawn[k]!;
      });
      for (let a = 0; a < size; a++)
        for (let b = 0; b < size; b++)
          scale.data[a * size + b]! += (filled[a]! - means[a]!) * (filled[b]! - means[b]!);
    });
    const next = drawInverseWishart(scale, people.length, uniform);
    if (!next) return { reason: 'There are too few participants to draw a covariance matrix.' };
    sigma = next;
    const theta = new Float64Array(structure.parameters.length);
    let place = 0;
    for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) theta[place++] = sigma.data[a * size + b]!;
    const at = evaluate(data, theta, 'REML');
    if (!at) return { reason: 'A drawn covariance matrix was singular.' };
    beta = drawMultivariate(at.beta, at.phi, uniform);
    if (cycle > burnIn && (cycle - burnIn) % thin === 0) kept.push({ beta, sigma });
  }
  return { draws: kept, design };
}

/**
 * Multiply imputed outcomes: for every posterior draw, missing values are drawn from their conditional normal under
 * each participant's strategy, and delta is added to them. Pool analyses of the results by `poolRubin`.
 *
 * @returns one list of completed outcomes (participant by participant) for each imputation
 */
export function imputeMultiple(
  model: ImputationModel,
  participants: readonly RepeatedParticipant[],
  options: {
    imputations: number;
    uniform: Uniform;
    delta?: Delta;
    burnIn?: number;
    thin?: number;
  },
): Float64Array[][] | Unavailable {
  const posterior = posteriorDraws(model, participants, { ...options, draws: options.imputations });
  if ('reason' in posterior) return posterior;
  return posterior.draws.map(({ beta, sigma }) =>
    participants.map((participant) => {
      const completed = Float64Array.from(participant.outcome, (v) => v ?? 0);
      if (participant.outcome.every((v) => v !== null)) return completed;
      const means = strategyMeans(posterior.design, beta, model, participant);
      const { missing, mean, covariance } = conditionalNormal(means, sigma, participant.outcome);
      const drawn = drawMultivariate(mean, covariance, options.uniform);
      missing.forEach((t, k) => {
        completed[t] = drawn[k]! + (options.delta?.(participant, t) ?? 0);
      });
      return completed;
    }),
  );
}
