import { chiSquareUpper } from '../distributions/gamma.ts';
import { cholesky, choleskyInverse, choleskySolve } from '../linear/cholesky.ts';
import { dot, type Matrix, zeros } from '../linear/matrix.ts';
import { buildDesign, type Formula } from '../models/design.ts';
import type { Unavailable } from '../unavailable.ts';
import { checkTimes, type Followed } from './times.ts';

/** One term of the partial likelihood: an event with its risk set's weighted mean and covariance of x. */
export interface EventTerm {
  time: number;
  /** Σx of the events at this time over their number, less the risk set's mean: a Schoenfeld residual. */
  residual: Float64Array;
  covariance: Matrix;
}

export interface CoxModel {
  /** Columns of each term of the formula. */
  terms: { name: string; columns: number[] }[];
  /** Terms at the estimates, for tests of proportional hazards. */
  events: EventTerm[];
  people: readonly Followed[];
  /** Names of the coefficients (logarithms of hazard ratios). */
  names: string[];
  coefficients: Float64Array;
  covariance: Matrix;
  /** Partial log-likelihood at the estimates and at zero. */
  logLikelihood: number;
  nullLogLikelihood: number;
  likelihoodRatio: { statistic: number; df: number; p: number };
  /** Infinity: Wald tests are normal. */
  df: number;
}

export type Ties = 'efron' | 'breslow';

/**
 * Cox's proportional-hazards model by Newton's method on the partial likelihood (Cox DR. JRSS B 1972;34:187–220), with
 * tied event times by Efron's (J Am Stat Assoc 1977;72:557–565) or Breslow's approximation. R's `coxph`.
 *
 * With risk-set sums S₀ = Σe^η, S₁ = Σe^η·x, S₂ = Σe^η·xxᵀ, and D the same over the d tied events, Efron's terms for
 * l = 0…d−1 use S − (l/d)·D; Breslow's use S.
 *
 * @param strata own baseline hazards
 * @returns a reason without events, for collinear covariates, or when a group's hazard ratio runs to infinity
 */
export function fitCox(
  formula: Formula,
  people: readonly Followed[],
  { ties = 'efron', strata }: { ties?: Ties; strata?: readonly string[] } = {},
): CoxModel | Unavailable {
  checkTimes(people);
  const design = buildDesign(formula);
  const p = design.names.length - 1;
  const n = people.length;
  if (design.matrix.rows !== n) throw new RangeError('The model has as many rows as people.');
  if (p === 0) throw new RangeError('A Cox model has at least one covariate.');
  if (!people.some((person) => person.event)) return { reason: 'Nobody had the event.' };
  // Without the intercept, and centred: neither changes the partial likelihood.
  const x = zeros(n, p);
  for (let j = 0; j < p; j++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += design.matrix.data[i * (p + 1) + j + 1]! / n;
    for (let i = 0; i < n; i++) x.data[i * p + j] = design.matrix.data[i * (p + 1) + j + 1]! - mean;
  }
  const order = people
    .map((_, i) => i)
    .sort((a, b) => {
      const [s, t] = [strata?.[a] ?? '', strata?.[b] ?? ''];
      return s < t ? -1 : s > t ? 1 : people[b]!.time - people[a]!.time;
    });

  const evaluate = (beta: Float64Array, events?: EventTerm[]) => {
    let value = 0;
    const score = new Float64Array(p);
    const information = zeros(p, p);
    let s0 = 0;
    let s1 = new Float64Array(p);
    let s2 = zeros(p, p);
    let stratum: string | null = null;
    const row = (i: number) => x.data.subarray(i * p, (i + 1) * p);
    for (let at = 0; at < n; ) {
      const first = order[at]!;
      const own = strata?.[first] ?? '';
      if (own !== stratum) {
        stratum = own;
        s0 = 0;
        s1 = new Float64Array(p);
        s2 = zeros(p, p);
      }
      let d0 = 0;
      let d = 0;
      const d1 = new Float64Array(p);
      const happened = new Float64Array(p);
      const d2 = zeros(p, p);
      while (
        at < n &&
        people[order[at]!]!.time === people[first]!.time &&
        (strata?.[order[at]!] ?? '') === own
      ) {
        const i = order[at++]!;
        const xi = row(i);
        const eta = dot(xi, beta);
        const w = Math.exp(eta);
        const { event } = people[i]!;
        s0 += w;
        if (event) {
          d++;
          d0 += w;
          value += eta;
        }
        for (let a = 0; a < p; a++) {
          s1[a]! += w * xi[a]!;
          if (event) {
            d1[a]! += w * xi[a]!;
            score[a]! += xi[a]!;
            happened[a]! += xi[a]!;
          }
          for (let b = 0; b < p; b++) {
            s2.data[a * p + b]! += w * xi[a]! * xi[b]!;
            if (event) d2.data[a * p + b]! += w * xi[a]! * xi[b]!;
          }
        }
      }
      for (let l = 0; l < d; l++) {
        const term = events && {
          time: people[first]!.time,
          residual: new Float64Array(p),
          covariance: zeros(p, p),
        };
        if (term) events.push(term);
        const share = ties === 'efron' ? l / d : 0;
        const total = s0 - share * d0;
        value -= Math.log(total);
        for (let a = 0; a < p; a++) {
          const ma = (s1[a]! - share * d1[a]!) / total;
          score[a]! -= ma;
          if (term) term.residual[a] = happened[a]! / d - ma;
          for (let b = 0; b < p; b++) {
            const mb = (s1[b]! - share * d1[b]!) / total;
            const v = (s2.data[a * p + b]! - share * d2.data[a * p + b]!) / total - ma * mb;
            information.data[a * p + b]! += v;
            if (term) term.covariance.data[a * p + b] = v;
          }
        }
      }
    }
    return { value, score, information };
  };

  let beta = new Float64Array(p);
  let current = evaluate(beta);
  const nullLogLikelihood = current.value;
  for (let iteration = 0; iteration < 100; iteration++) {
    const factor = cholesky(current.information, 1e-11);
    if (!factor)
      return {
        reason:
          iteration > 3
            ? 'A group has no event: its hazard ratio has no maximum.'
            : 'The covariates are collinear.',
      };
    const step = choleskySolve(factor, current.score);
    let size = 1;
    let next = beta;
    let there = current;
    for (let halving = 0; halving < 40; halving++, size /= 2) {
      next = beta.map((b, j) => b + size * step[j]!);
      there = evaluate(next);
      if (there.value >= current.value - 1e-10 * Math.abs(current.value)) break;
    }
    let moved = 0;
    let extreme = 0;
    for (let i = 0; i < n; i++) {
      const xi = x.data.subarray(i * p, (i + 1) * p);
      moved = Math.max(moved, Math.abs(dot(xi, next) - dot(xi, beta)));
      extreme = Math.max(extreme, Math.abs(dot(xi, next)));
    }
    beta = next;
    current = there;
    if (extreme > 25) return { reason: 'A group has no event: its hazard ratio has no maximum.' };
    if (moved < 1e-11 || (iteration > 40 && moved < 1e-8)) {
      const last = cholesky(current.information);
      if (!last) break;
      const statistic = Math.max(0, 2 * (current.value - nullLogLikelihood));
      const events: EventTerm[] = [];
      evaluate(beta, events);
      return {
        terms: design.terms.map((t) => ({ name: t.name, columns: t.columns.map((c) => c - 1) })),
        events,
        people,
        names: design.names.slice(1),
        coefficients: beta,
        covariance: choleskyInverse(last),
        logLikelihood: current.value,
        nullLogLikelihood,
        likelihoodRatio: { statistic, df: p, p: chiSquareUpper(statistic, p) },
        df: Infinity,
      };
    }
  }
  return { reason: 'The fit did not converge.' };
}
