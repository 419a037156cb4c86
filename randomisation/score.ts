import type { Design, Factors } from './design.ts';
import { addFractions, compareFractions, formatFraction, parseFraction } from './fraction.ts';
import { fromCounts, type PlainCounts } from './plainCounts.ts';
import { levelsOf, type Plan, planOf, stratumOf } from './plan.ts';
import { type Weighing, weigh } from './schemes/weigh.ts';
import type { State } from './state.ts';

export interface Score {
  /** By the arm's identifier. */
  arms: Record<string, ArmScore>;
  /** Arms with the least imbalance, or for schemes without one those favoured most in relation to their ratio. */
  preferred: Set<string>;
}

export interface ArmScore {
  /** Exact, as "a/b" in lowest terms. For minimisation G_k; see `weigh`. Of pseudo-arms, the arm's least. */
  imbalance: string;
  /** Exact, as "a/b" in lowest terms. The arms' probabilities sum to 1. */
  probability: string;
  /** Whole numbers in the proportion of the probabilities; the draw uses these. */
  weight: bigint;
}

/**
 * How the next participant would be allocated: for each arm the imbalance that would follow and the probability, both
 * exact, and the set of preferred arms. Changes nothing.
 * @param state kept by `record` or made by `replay`; or plain counts (see `fromCounts`)
 * @throws RandomisationError for a design with problems, unknown factor levels, or a list that is used up
 */
export function score(design: Design, state: State | PlainCounts, factors: Factors): Score {
  const plan = planOf(design);
  const known =
    'margins' in state && 'strata' in state && 'design' in state ? state : fromCounts(design, state);
  return collapse(plan, weigh(plan, known, levelsOf(plan, factors), stratumOf(plan, factors)));
}

/** Adds the pseudo-arms of each arm up; without pseudo-arms, only names the columns. */
export function collapse(plan: Plan, weighing: Weighing): Score {
  const arms: Record<string, ArmScore> = {};
  const preferred = new Set<string>();
  plan.columnArm.forEach((k, j) => {
    const id = plan.design.arms[k]!.id;
    const imbalance = weighing.imbalance[j]!;
    const probability = weighing.probability[j]!;
    const weight = weighing.weights[j]!;
    const known = arms[id];
    if (weighing.preferred[j]) preferred.add(id);
    if (!known) arms[id] = { imbalance, probability, weight };
    else {
      known.weight += weight;
      known.probability = sum(known.probability, probability);
      if (less(imbalance, known.imbalance)) known.imbalance = imbalance;
    }
  });
  return { arms, preferred };
}

const sum = (a: string, b: string) => formatFraction(addFractions(parseFraction(a)!, parseFraction(b)!));
const less = (a: string, b: string) => compareFractions(parseFraction(a)!, parseFraction(b)!) < 0;
