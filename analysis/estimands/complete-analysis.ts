import type { RepeatedParticipant } from '../imputation/repeated-data.ts';
import { bilinear, dot } from '../linear/matrix.ts';
import { differenceRow } from '../models/least-squares-means.ts';
import type { Unavailable } from '../unavailable.ts';
import { type AncovaFit, prepareAncova } from './ancova.ts';
import { armsOf, type Context, inArm, type Observed, placeOf } from './context.ts';
import type { ImputationData } from './imputation-data.ts';
import { baselineOf, fromScores } from './outcome.ts';
import type { Estimator } from './plan.ts';
import { count } from './proportions.ts';
import type { Person } from './records.ts';

/** What is estimated from completed data: an arm's mean (or risk), or a difference. */
export interface Target {
  visit: string;
  arm: string;
  versus: string | null;
}

export interface CompleteEstimate {
  estimate: number;
  variance: number;
  /** Degrees of freedom the complete data give. */
  df: number;
}

export type Completable = Extract<Estimator, { method: 'ancova' | 'risk-difference' }>;

export function targetsOf(context: Context): Target[] {
  const { visits, treatments } = context.analysis.estimand;
  return visits.flatMap((visit) => [
    ...armsOf(context).map(({ id }) => ({ visit, arm: id, versus: null })),
    ...treatments.map(([arm, versus]) => ({ visit, arm, versus })),
  ]);
}

/** Everybody's completed score at every visit. */
export type Completed = readonly ArrayLike<number>[];

/** The analysis of completed scores, for every target in the order of `targetsOf`. */
export type CompletedAnalysis = (completed: Completed) => CompleteEstimate[] | Unavailable;

/**
 * Prepares the analysis of completed scores for many completions of the same participants: who they are, their
 * covariates and, as long as the same ones are analysed, the model's design are looked up once.
 */
export function completedAnalysis(
  context: Context,
  estimator: Completable,
  data: ImputationData,
  participants: readonly RepeatedParticipant[],
): CompletedAnalysis {
  const targets = targetsOf(context);
  const people = participants.map(({ id }) => data.people.get(id)!);
  const visits = context.analysis.estimand.visits.map((visit) => {
    const at = data.visits.findIndex(({ id }) => id === visit);
    const variable = people.map((person) => variableOf(context, person, visit));
    const own = targets.filter((target) => target.visit === visit);
    const analyse =
      estimator.method === 'ancova'
        ? adjusted(context, estimator, data, people)
        : (values: readonly (number | null)[]) => difference(context, present(people, values));
    return { visit, at, variable, own, analyse };
  });
  return (completed) => {
    const estimates: CompleteEstimate[] = [];
    for (const { visit, at, variable, own, analyse } of visits) {
      const found = analyse(completed.map((scores, i) => variable[i]!(scores[at]!)));
      if ('reason' in found) return found;
      for (const target of own) {
        const result = found.of(target);
        if (result === null) return { reason: `Nobody in ${target.arm} can be analysed at ${visit}.` };
        estimates.push(result);
      }
    }
    return estimates;
  };
}

const present = (people: readonly Person[], values: readonly (number | null)[]): Observed[] =>
  people.flatMap((person, i) => (values[i] === null ? [] : [{ person, value: values[i]! }]));

/** The estimand's variable as a function of one participant's completed score; a composite event stays a failure. */
function variableOf(context: Context, person: Person, visit: string): (score: number) => number | null {
  const { analysis, plan } = context;
  const { variable, intercurrent } = analysis.estimand;
  const at = placeOf(context, visit);
  const failed = intercurrent.some(
    ({ event, strategy }) => strategy === 'composite' && (person.eventAt[event] ?? Infinity) <= at,
  );
  if (failed) return () => 0;
  if (variable.kind === 'value') return (score) => score;
  const before = baselineOf(person, variable.measure, plan.data.visits);
  const better = person.better[variable.measure]!;
  return (score) => fromScores(variable, before, score, better);
}

interface Found {
  of(target: Target): CompleteEstimate | null;
}

/** An ANCOVA whose design is kept for as long as the same people have a value. */
function adjusted(
  context: Context,
  estimator: Extract<Completable, { method: 'ancova' }>,
  data: ImputationData,
  people: readonly Person[],
): (values: readonly (number | null)[]) => Found | Unavailable {
  let known: { without: string; fit: ReturnType<typeof prepareAncova> } | null = null;
  return (values) => {
    const without = values.flatMap((value, i) => (value === null ? [i] : [])).join();
    if (known?.without !== without) {
      const rows = present(people, values).map((entry) => ({
        ...entry,
        covariates: data.covariates.get(entry.person.id)!,
      }));
      known = { without, fit: prepareAncova(context, rows, estimator) };
    }
    if ('reason' in known.fit) return known.fit;
    const fit = known.fit(values.filter((value) => value !== null));
    return 'reason' in fit ? fit : { of: (target) => contrastOf(fit, target) };
  };
}

function contrastOf({ means, model }: AncovaFit, { arm, versus }: Target): CompleteEstimate | null {
  const first = means.get(arm);
  const second = versus === null ? null : means.get(versus);
  if (!first || second === undefined) return null;
  const row = second === null ? first : differenceRow(first, second);
  const { coefficients, covariance, df } = model;
  return { estimate: dot(row, coefficients), variance: bilinear(row, covariance, row), df };
}

/** Wald's variance p(1−p)/n, as Rubin's rules need an estimate and a variance. */
function difference(context: Context, observed: readonly Observed[]): Found {
  const risks = new Map(
    armsOf(context).map(({ id }) => {
      const { successes, total } = count(inArm(observed, id));
      const p = successes / total;
      return [id, { estimate: p, variance: (p * (1 - p)) / total, df: Infinity, total }] as const;
    }),
  );
  return {
    of: ({ arm, versus }) => {
      const first = risks.get(arm);
      if (!first || first.total === 0) return null;
      if (versus === null) return first;
      const second = risks.get(versus);
      if (!second || second.total === 0) return null;
      return {
        estimate: first.estimate - second.estimate,
        variance: first.variance + second.variance,
        df: Infinity,
      };
    },
  };
}
