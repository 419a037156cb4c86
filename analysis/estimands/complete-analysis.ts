import type { RepeatedParticipant } from '../imputation/repeated-data.ts';
import { bilinear, dot } from '../linear/matrix.ts';
import { differenceRow } from '../models/least-squares-means.ts';
import type { Unavailable } from '../unavailable.ts';
import { fitAncova } from './ancova.ts';
import { armsOf, type Context, inArm, type Observed } from './context.ts';
import type { ImputationData } from './imputation-data.ts';
import { baselineOf, fromScores } from './outcome.ts';
import type { Estimator } from './plan.ts';
import { count } from './proportions.ts';

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

/** The analysis of completed scores, for every target in the order of `targetsOf`. */
export function analyseCompleted(
  context: Context,
  estimator: Completable,
  data: ImputationData,
  participants: readonly RepeatedParticipant[],
  completed: readonly Float64Array[],
): CompleteEstimate[] | Unavailable {
  const estimates: CompleteEstimate[] = [];
  for (const visit of context.analysis.estimand.visits) {
    const at = data.visits.findIndex(({ id }) => id === visit);
    const observed = participants.flatMap((participant, i) => {
      const person = data.people.get(participant.id)!;
      const value = variableOf(context, person, visit, completed[i]![at]!);
      return value === null ? [] : [{ person, value }];
    });
    const found =
      estimator.method === 'ancova'
        ? adjusted(context, estimator, data, observed)
        : difference(context, observed);
    if ('reason' in found) return found;
    for (const target of targetsOf(context).filter((one) => one.visit === visit)) {
      const result = found.of(target);
      if (result === null) return { reason: `Nobody in ${target.arm} can be analysed at ${visit}.` };
      estimates.push(result);
    }
  }
  return estimates;
}

/** The estimand's variable from a completed score; a composite event stays a failure. */
function variableOf(
  context: Context,
  person: Observed['person'],
  visit: string,
  score: number,
): number | null {
  const { analysis, plan } = context;
  const { variable, intercurrent } = analysis.estimand;
  const at = plan.data.visits.findIndex(({ id }) => id === visit);
  const failed = intercurrent.some(
    ({ event, strategy }) => strategy === 'composite' && (person.eventAt[event] ?? Infinity) <= at,
  );
  if (failed) return 0;
  const before = baselineOf(person, variable.measure, plan.data.visits);
  return fromScores(variable, before, score, person.better[variable.measure]!);
}

interface Found {
  of(target: Target): CompleteEstimate | null;
}

function adjusted(
  context: Context,
  estimator: Extract<Completable, { method: 'ancova' }>,
  data: ImputationData,
  observed: readonly Observed[],
): Found | Unavailable {
  const rows = observed.map((entry) => ({ ...entry, covariates: data.covariates.get(entry.person.id)! }));
  const fit = fitAncova(context, rows, estimator);
  if ('reason' in fit) return fit;
  return {
    of: ({ arm, versus }) => {
      const first = fit.means.get(arm);
      const second = versus === null ? null : fit.means.get(versus);
      if (!first || second === undefined) return null;
      const row = second === null ? first : differenceRow(first, second);
      const { coefficients, covariance, df } = fit.model;
      return { estimate: dot(row, coefficients), variance: bilinear(row, covariance, row), df };
    },
  };
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
