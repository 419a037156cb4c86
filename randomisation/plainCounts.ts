import type { Design } from './design.ts';
import { RandomisationError } from './errors.ts';
import { type Plan, planOf } from './plan.ts';
import { begin, emptyStratum, type State, type Stratum } from './state.ts';

/** Counts per arm: in the design's order of arms, or by the arm's identifier (absent: 0). */
export type ArmCounts = readonly number[] | Readonly<Record<string, number>>;

/** Counts as a published table gives them. What is left out is 0. */
export interface PlainCounts {
  /** Factor → level → counts. */
  counts?: Readonly<Record<string, Readonly<Record<string, ArmCounts>>>>;
  /** The whole study; when left out, the largest sum over a factor's levels. */
  overall?: ArmCounts;
  /** Stratum (as `stratumKey` names it) → counts, for stratified schemes. */
  strata?: Readonly<Record<string, ArmCounts>>;
}

/**
 * A state from plain counts. In blocks of one fixed size the open block follows from the stratum's counts. An arm's
 * pseudo-arms are taken to be filled evenly, the first ones first.
 * @throws RandomisationError when a count is not a whole number from 0, a name is unknown, or the open block can't
 *   be known (several block sizes) or can't be (more in an arm than its blocks have held)
 */
export function fromCounts(design: Design, plain: PlainCounts): State {
  const plan = planOf(design);
  const state = begin(design);
  for (const [factor, levels] of Object.entries(plain.counts ?? {})) {
    const i = design.factors.findIndex(({ id }) => id === factor);
    if (i < 0) throw new RandomisationError('factors', `The design has no factor “${factor}”.`);
    const sums = new Array<number>(plan.columnArm.length).fill(0);
    for (const [level, counts] of Object.entries(levels)) {
      const position = plan.levelIndex[i]!.get(level);
      if (position === undefined) {
        throw new RandomisationError('factors', `“${level}” is not a level of the factor ${factor}.`);
      }
      const row = toColumns(plan, counts);
      state.margins[i]![position] = row;
      for (const [j, value] of row.entries()) sums[j]! += value;
    }
    if (total(sums) > total(state.overall)) state.overall = sums;
  }
  for (const [key, counts] of Object.entries(plain.strata ?? {})) {
    state.strata.set(key, stratumFrom(plan, toArms(plan, counts)));
  }
  if (plain.overall) state.overall = toColumns(plan, plain.overall);
  state.total = Math.max(
    total(state.overall),
    ...state.margins.map((levels) => levels.reduce((sum, row) => sum + total(row), 0)),
  );
  return state;
}

function stratumFrom({ design, ratios, ratioSum }: Plan, counts: number[]): Stratum {
  const stratum: Stratum = {
    ...emptyStratum(counts.length),
    counts,
    drawn: [...counts],
    taken: total(counts),
  };
  if (design.scheme.kind !== 'permuted-blocks' || stratum.taken === 0) return stratum;
  const { sizes } = design.scheme;
  const full = (size: number) =>
    counts.map((n, k) => n - Math.floor(stratum.taken / size) * ((ratios[k]! * size) / ratioSum));
  if (sizes.length > 1) {
    throw new RandomisationError(
      'history',
      'With several block sizes, counts don’t tell the open block: replay.',
    );
  }
  const size = sizes[0]!;
  if (stratum.taken % size === 0 && full(size).every((n) => n === 0)) return stratum;
  const remaining = full(size).map((n, k) => (ratios[k]! * size) / ratioSum - n);
  if (remaining.some((left, k) => left < 0 || left > (ratios[k]! * size) / ratioSum)) {
    throw new RandomisationError('history', `These counts can’t have come from blocks of ${size}.`);
  }
  return { ...stratum, blockSize: size, remaining };
}

function toArms({ design }: Plan, counts: ArmCounts): number[] {
  const list = isList(counts) ? [...counts] : design.arms.map(({ id }) => counts[id] ?? 0);
  if (list.length !== design.arms.length || list.some((n) => !Number.isSafeInteger(n) || n < 0)) {
    throw new RandomisationError('history', 'Counts must be whole numbers from 0, one for each arm.');
  }
  return list;
}

function toColumns(plan: Plan, counts: ArmCounts): number[] {
  const arms = toArms(plan, counts);
  return plan.columnArm.map((k, j) => {
    const parts = (plan.firstColumn[k + 1] ?? plan.columnArm.length) - plan.firstColumn[k]!;
    return Math.floor((arms[k]! + parts - 1 - (j - plan.firstColumn[k]!)) / parts);
  });
}

const isList = (counts: ArmCounts): counts is readonly number[] => Array.isArray(counts);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
