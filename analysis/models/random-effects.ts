import type { Structure } from './covariance-structure.ts';
import { buildDesign, type Formula } from './design.ts';
import { evaluate, type Method } from './likelihood.ts';
import { differentiate } from './likelihood-derivatives.ts';
import { compoundSymmetry, independent, randomSlope } from './linear-covariance.ts';
import type { NotConverged } from './maximise.ts';
import { fitMixed, type MixedFit } from './mixed-fit.ts';
import type { GroupCovariance, Subject } from './visit-patterns.ts';

export interface RandomInput {
  /** Fixed effects, one row for each observed value. */
  formula: Formula;
  y: readonly number[];
  /** Subject (or cluster) of each row. */
  subject: readonly string[];
  method?: Method;
}

export type RandomFit = MixedFit & {
  /** Variance of the random intercept and of the residual. */
  between: number;
  within: number;
  /** between/(between + within); for a random slope, at time 0. */
  icc: number;
  /** A variance of random effects that would have been negative (or G indefinite) is held at its edge. */
  boundary: string | null;
};

/** Rows of each subject, numbered by their order within it. */
function bySubject(subject: readonly string[], position: (row: number, order: number) => number): Subject[] {
  const found = new Map<string, Subject>();
  subject.forEach((name, row) => {
    const entry = found.get(name) ?? { group: 0, rows: [], visits: [] };
    entry.visits.push(position(row, entry.rows.length));
    entry.rows.push(row);
    found.set(name, entry);
  });
  return [...found.values()];
}

const largest = (subjects: readonly Subject[]) => Math.max(0, ...subjects.map((s) => s.rows.length));

function single(structure: Structure): GroupCovariance[] {
  return [{ structure, index: structure.parameters.map((_, k) => k) }];
}

const EMPTY: NotConverged = { converged: false, reason: 'There are no observations.' };

/**
 * Random-intercept model yᵢⱼ = xᵢⱼβ + uᵢ + εᵢⱼ, u ~ N(0, τ²), ε ~ N(0, σ²) (Laird NM, Ware JH. Biometrics
 * 1982;38:963–974), fitted as compound symmetry V = τ²J + σ²I with τ² ≥ 0. Where the likelihood is greatest at a
 * negative τ² the fit is that of independent rows and `boundary` says so (R's "singular fit").
 *
 * Tests: `mixedContrast` with `satterthwaite` agrees with lmerTest, with `kenward-roger-expected` with pbkrtest.
 */
export function fitRandomIntercept({
  formula,
  y,
  subject,
  method = 'REML',
}: RandomInput): RandomFit | NotConverged {
  if (subject.length !== y.length) throw new RangeError('Every value has a subject.');
  if (y.length === 0) return EMPTY;
  const subjects = bySubject(subject, (_, order) => order);
  const size = largest(subjects);
  if (size < 2)
    return { converged: false, reason: 'Nobody has two values: the variances can’t be told apart.' };
  const design = buildDesign(formula);
  return notNegative(
    (groups) => fitMixed(design, y, subjects, groups, method),
    single(compoundSymmetry(size)),
    single(independent(size)),
    'The variance between subjects is estimated as zero.',
  );
}

/**
 * A fit with a variance τ² between subjects (the first parameter) that isn't negative. Without that bound the
 * likelihood may be greatest at a negative τ², or keep rising until V is singular, as with a few small groups whose
 * means are nearer to each other than chance would have them. It is then greatest at τ² = 0 if −2ℓ doesn't fall from
 * there as τ² grows, and the fit is that of independent rows.
 *
 * @param free covariances with τ² first, `flat` the same with τ² = 0 and the other parameters in the same order
 */
function notNegative(
  fitWith: (groups: GroupCovariance[]) => MixedFit | NotConverged,
  free: GroupCovariance[],
  flat: GroupCovariance[],
  boundary: string,
): RandomFit | NotConverged {
  const fit = fitWith(free);
  const [between, within] = fit.converged ? fit.parameters.map((p) => p.value) : [];
  if (fit.converged && between! >= 0)
    return {
      ...fit,
      between: between!,
      within: within!,
      icc: between! / (between! + within!),
      boundary: null,
    };
  const edge = fitWith(flat);
  if (!edge.converged) return fit.converged ? edge : fit;
  if (!fit.converged) {
    const theta = Float64Array.from([0, ...edge.maximum.at.theta]);
    const data = { ...edge.data, groups: free, parameters: theta.length };
    const at = evaluate(data, theta, edge.method);
    if (!at || !(differentiate(data, at, edge.method).gradient[0]! >= 0)) return fit;
  }
  return { ...edge, between: 0, within: edge.parameters[0]!.value, icc: 0, boundary };
}

/**
 * Random intercept and slope over time, with their covariance: V = ZGZᵀ + σ²I.
 *
 * @param time of each row; equal times of different subjects share a column of V
 * @returns `converged: false` when G is greatest where it isn't a covariance matrix: use the random intercept alone
 */
export function fitRandomSlope({
  formula,
  y,
  subject,
  time,
  method = 'REML',
}: RandomInput & { time: readonly number[] }): RandomFit | NotConverged {
  if (subject.length !== y.length || time.length !== y.length)
    throw new RangeError('Every value has a subject and a time.');
  if (y.length === 0) return EMPTY;
  const times = [...new Set(time)].sort((a, b) => a - b);
  if (times.some((t) => !Number.isFinite(t))) throw new RangeError('Times are finite numbers.');
  if (times.length < 2) return { converged: false, reason: 'All values are at one time: there is no slope.' };
  const place = new Map(times.map((t, i) => [t, i]));
  const subjects = bySubject(subject, (row) => place.get(time[row]!)!);
  if (subjects.some((s) => new Set(s.visits).size < s.visits.length))
    throw new RangeError('A subject has two values at the same time.');
  const fit = fitMixed(buildDesign(formula), y, subjects, single(randomSlope(times)), method);
  if (!fit.converged) return fit;
  const [g11, g21, g22, within] = fit.parameters.map((p) => p.value) as [number, number, number, number];
  if (!(g11 >= 0 && g22 >= 0 && g11 * g22 - g21 * g21 >= 0))
    return {
      converged: false,
      reason:
        'The random intercept and slope have no proper covariance in these data. Use a random intercept alone.',
    };
  return { ...fit, between: g11, within, icc: g11 / (g11 + within), boundary: null };
}

/**
 * Partially nested model: in one arm people are treated in groups (or by therapists) and share a random effect of
 * their cluster, in the others they are independent (Bauer DJ, Sterba SK, Hallfors DD. Multivariate Behav Res
 * 2008;43:210–236; Roberts C, Roberts SA. Clin Trials 2005;2:152–162):
 *
 *   clustered arm V = τ²J + σ₁²I,   others V = σ₀²I,   σ₁² = σ₀² unless `heteroscedastic`
 *
 * @param cluster of each person, null for those who are in none
 */
export function fitPartiallyNested({
  formula,
  y,
  cluster,
  heteroscedastic = false,
  method = 'REML',
}: Omit<RandomInput, 'subject'> & {
  cluster: readonly (string | null)[];
  heteroscedastic?: boolean;
}): RandomFit | NotConverged {
  if (cluster.length !== y.length) throw new RangeError('Every value has a cluster or null.');
  const found = new Map<string, Subject>();
  const subjects: Subject[] = [];
  cluster.forEach((name, row) => {
    if (name === null) subjects.push({ group: 1, rows: [row], visits: [0] });
    else {
      const entry = found.get(name) ?? { group: 0, rows: [], visits: [] };
      entry.visits.push(entry.rows.length);
      entry.rows.push(row);
      found.set(name, entry);
    }
  });
  subjects.push(...found.values());
  const size = largest([...found.values()]);
  if (size < 2 || found.size < 2)
    return { converged: false, reason: 'At least two clusters, one of them with two people, are needed.' };
  const design = buildDesign(formula);
  const residual = heteroscedastic ? 2 : 1;
  return notNegative(
    (groups) => fitMixed(design, y, subjects, groups, method),
    [
      { structure: compoundSymmetry(size), index: [0, 1] },
      { structure: independent(1), index: [residual] },
    ],
    [
      { structure: independent(size), index: [0] },
      { structure: independent(1), index: [residual - 1] },
    ],
    'The variance between clusters is estimated as zero.',
  );
}
