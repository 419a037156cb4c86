import type { Design } from '../design.ts';
import { RandomisationError } from '../errors.ts';
import { type Plan, planOf } from '../plan.ts';
import { minimisingWeights } from './minimising.ts';
import { stratifiedWeights } from './stratified.ts';
import type { Uniform32 } from './uniform.ts';
import { uniformBelow } from './uniform.ts';

/** Whole-number weights of the columns (arms or pseudo-arms) and their sum. */
export interface Weights {
  values: ArrayLike<number>;
  sum: number;
}

/** A scheme in its quick form: counts in typed arrays, started over for each simulated trial. */
export interface QuickScheme {
  restart(): void;
  /** Weights for a participant with these level positions. The object is used again by the next call. */
  weigh(levels: ArrayLike<number>): Weights;
  take(levels: ArrayLike<number>, column: number, random: Uniform32): void;
  /**
   * Counts for balance somebody who took no place of this scheme: allocated otherwise, or before it. A level of −1
   * isn't counted.
   */
  count(levels: ArrayLike<number>, column: number): void;
  /** Of an arm's columns, from first to last, the one with fewest participants, the first of equals. */
  fewest(first: number, last: number): number;
}

/**
 * A design's allocation sequence for simulation and re-randomisation tests: the same exact probabilities as `score`
 * (ties and all), drawn from a quick generator instead of a cryptographic one, at well under a microsecond each.
 */
export interface Sequence {
  plan: Plan;
  /** Begins a new trial. */
  restart(): void;
  /** Allocates a participant with these level positions, one for each factor. @returns the arm's position */
  next(levels: ArrayLike<number>, random: Uniform32): number;
  /** The column that the last `next` drew: an arm, or a part of one. */
  lastColumn(): number;
  /** Counts somebody who comes with an arm. @returns the column that they are counted in */
  fix(levels: ArrayLike<number>, arm: number): number;
  /** Counts somebody of an earlier design; see `QuickScheme`. */
  count: QuickScheme['count'];
  /** The weights that the last `next` drew from. */
  last(): Weights;
}

/** @throws RandomisationError for a design with problems, for a list, and for a p too fine to be drawn quickly */
export function sequenceOf(design: Design): Sequence {
  const plan = planOf(design);
  if (design.scheme.kind === 'list') {
    throw new RandomisationError('design', 'An uploaded list is fixed: it holds no chance to simulate.');
  }
  const scheme = plan.minimisation ? minimisingWeights(plan, plan.minimisation) : stratifiedWeights(plan);
  let weights: Weights = { values: [], sum: 0 };
  let column = 0;
  return {
    plan,
    restart: scheme.restart,
    last: () => weights,
    next(levels, random) {
      weights = scheme.weigh(levels);
      const { values, sum } = weights;
      let drawn = uniformBelow(random, sum);
      column = 0;
      while (drawn >= values[column]!) {
        drawn -= values[column]!;
        column += 1;
      }
      scheme.take(levels, column, random);
      return plan.columnArm[column]!;
    },
    lastColumn: () => column,
    fix(levels, arm) {
      const last = (plan.firstColumn[arm + 1] ?? plan.columnArm.length) - 1;
      const own = scheme.fewest(plan.firstColumn[arm]!, last);
      scheme.count(levels, own);
      return own;
    },
    count: scheme.count,
  };
}
