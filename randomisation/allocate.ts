import type { Design, Factors } from './design.ts';
import { drawInteger, drawWeighted, type RandomSource } from './draw.ts';
import { RandomisationError } from './errors.ts';
import { levelsOf, type Plan, planOf, stratumOf } from './plan.ts';
import { minimisationRows, type Weighing, weigh } from './schemes/weigh.ts';
import { collapse, type Score } from './score.ts';
import { emptyStratum, isStratified, record, type State } from './state.ts';

/** One allocation and all that it was based on. */
export interface Allocation {
  arm: string;
  /** Size of the permuted block that it opened; undefined when it opened none. Needed to replay. */
  block?: number;
  /** Number of the pseudo-arm within the arm, from 1; undefined without pseudo-arms. Needed to replay. */
  slot?: number;
  factors: Factors;
  /** As `stratumKey` names it. */
  stratum: string;
  score: Score;
  basis: Basis;
}

/** What the draw was based on, in the order of the columns: arms, or pseudo-arms where the design has them. */
export interface Basis {
  columns: string[];
  /** The counts that the score was made from, before this allocation: see `countsBefore`. */
  counts: number[][];
  imbalance: string[];
  weights: string[];
}

/**
 * Draws the next allocation; changes nothing, so that the caller can store it first.
 *
 * Order of the draws, all from `source`: first, where the design has several block sizes and the stratum has no open
 * block, the size: sizes in ascending order, the one at `drawInteger(number of sizes)`. Then the arm:
 * `drawWeighted(weights)`, columns in the design's order.
 * @param source a generator made for this allocation alone: see `generatorFor`
 */
export function decide(design: Design, state: State, factors: Factors, source: RandomSource): Allocation {
  const plan = planOf(design);
  if (state.design !== design) throw new RandomisationError('design', 'The state belongs to another design.');
  const levels = levelsOf(plan, factors);
  const stratum = stratumOf(plan, factors);
  const weighing = weigh(plan, state, levels, stratum);
  const block = drawBlock(plan, state, stratum, source);
  const column = drawWeighted(source, weighing.weights);
  const k = plan.columnArm[column]!;
  return {
    arm: design.arms[k]!.id,
    ...(block === undefined ? {} : { block }),
    ...(hasSlots(plan) ? { slot: column - plan.firstColumn[k]! + 1 } : {}),
    factors: Object.fromEntries(design.factors.map(({ id }) => [id, factors[id]!])),
    stratum,
    score: collapse(plan, weighing),
    basis: basisOf(plan, state, levels, stratum, weighing),
  };
}

/**
 * Draws the next allocation and records it in `state`, which is changed; if it throws, `state` is as it was.
 * @returns the allocation, and the same state
 */
export function allocate(
  design: Design,
  state: State,
  factors: Factors,
  source: RandomSource,
): Allocation & { state: State } {
  const allocation = decide(design, state, factors, source);
  record(state, factors, allocation.arm, allocation);
  return { ...allocation, state };
}

function hasSlots({ columnArm, ratios }: Plan): boolean {
  return columnArm.length > ratios.length;
}

function drawBlock(plan: Plan, state: State, key: string, source: RandomSource): number | undefined {
  const { scheme } = plan.design;
  if (scheme.kind !== 'permuted-blocks' || state.strata.get(key)?.blockSize) return undefined;
  const sizes = [...scheme.sizes].sort((a, b) => a - b);
  return sizes[Number(drawInteger(source, BigInt(sizes.length)))]!;
}

function basisOf(
  plan: Plan,
  state: State,
  levels: readonly number[],
  key: string,
  weighing: Weighing,
): Basis {
  return {
    columns: plan.columnNames,
    counts: countsBefore(plan, state, levels, key),
    imbalance: weighing.imbalance,
    weights: weighing.weights.map(String),
  };
}

/**
 * The counts that decide about this participant. Minimisation: one row for each factor at the participant's level,
 * then the overall row if it counts. Stratified schemes: participants per arm in the stratum, those who took a place,
 * and the places left in the open block. Simple: the overall row.
 */
export function countsBefore(plan: Plan, state: State, levels: readonly number[], key: string): number[][] {
  if (plan.minimisation) return minimisationRows(plan, state, levels).map((row) => [...row]);
  if (!isStratified(plan)) return [[...state.overall]];
  const { counts, drawn, remaining } = state.strata.get(key) ?? emptyStratum(plan.ratios.length);
  return [[...counts], [...drawn], [...remaining]];
}
