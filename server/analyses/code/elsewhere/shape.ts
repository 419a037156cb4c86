import type { PlanDocument } from '../../plan.ts';

export type Analysis = PlanDocument['analyses'][number];
export type Estimator = Analysis['estimator'];

/** What the scripts of every programme take from an analysis. */
export interface Shape {
  title: string;
  label: string;
  level: number;
  /** 100 times the level, and one less the level: “95”, “0.05”. */
  percent: string;
  alpha: string;
  /**
   * Arms of the analysis, the reference last; their numbers in the file begin with 1. Programmes that print every
   * difference print an earlier arm less a later one.
   */
  levels: string[];
  /** “1 ipt, 2 tau”, for a comment. */
  arms: string;
  covariates: { id: string; name: string; label: string; kind: 'factor' | 'number' }[];
  baseline: boolean;
  strata: string[];
  visits: { id: string; number: number; label: string }[];
  /** Each with its arms’ numbers. */
  pairs: { first: string; second: string; a: number; b: number }[];
}

export type Script = { code: string } | { reason: string };

/** Words for a comment: nothing in them can end it or begin another. */
const plain = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{N} .,:;()%+=<>−–’-]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/[.\s]+$/, '');

/** One comparison at one visit, as a script names it. */
export const nameOf = (pair: Shape['pairs'][number], visit: Shape['visits'][number]): string =>
  plain(`${visit.label}: ${pair.first} against ${pair.second}`);

export function shapeOf(plan: PlanDocument, { label, estimand, estimator }: Analysis): Shape {
  const named = new Set(estimand.treatments.flat());
  const arms = plan.arms.map(({ id }) => id).filter((id) => named.has(id));
  const reference = plan.arms.find((arm) => arm.reference)?.id;
  const last = reference !== undefined && arms.includes(reference) ? reference : estimand.treatments[0]![1];
  const levels = [...arms.filter((id) => id !== last), last];
  const covariates = 'covariates' in estimator ? estimator.covariates : [];
  const rounded = (value: number) => String(Number(value.toFixed(10)));
  return {
    title: plain(plan.title),
    label: plain(label),
    level: plan.level,
    percent: rounded(100 * plan.level),
    alpha: rounded(1 - plan.level),
    levels,
    arms: levels.map((id, index) => `${index + 1} ${plain(id)}`).join(', '),
    covariates: covariates.map((id, index) => {
      const covariate = plan.data.covariates.find((one) => one.id === id)!;
      return { id, name: `x${index + 1}`, label: plain(covariate.label), kind: covariate.kind };
    }),
    baseline: 'baseline' in estimator && estimator.baseline,
    strata: 'strata' in estimator ? estimator.strata : [],
    visits: estimand.visits.map((id) => {
      const at = plan.data.visits.findIndex((visit) => visit.id === id);
      return { id, number: at + 1, label: plain(plan.data.visits[at]!.label) };
    }),
    pairs: estimand.treatments.map(([one, two]) => ({
      first: plain(one),
      second: plain(two),
      a: levels.indexOf(one) + 1,
      b: levels.indexOf(two) + 1,
    })),
  };
}

/** Each comparison at each visit, in the order of the results. */
export function blocksOf(
  shape: Shape,
  block: (pair: Shape['pairs'][number], visit: Shape['visits'][number]) => string,
): string {
  return shape.visits.flatMap((visit) => shape.pairs.map((pair) => block(pair, visit))).join('\n');
}
