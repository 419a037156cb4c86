import type { Design, Factors } from './design.ts';
import { RandomisationError } from './errors.ts';
import { levelsOf, type Plan, planOf, stratumOf, unknownLevel } from './plan.ts';

/**
 * All that the next allocation depends on besides the participant. It is changed in place by `record`, `correct` and
 * `allocate`, at a cost that doesn't grow with the number of participants.
 */
export interface State {
  readonly design: Design;
  /** Participants recorded. */
  total: number;
  /** Participants in each column (see `Plan`). */
  overall: number[];
  /** Participants by factor, level and column. */
  margins: number[][][];
  /** The strata met so far, for the schemes that are stratified. */
  strata: Map<string, Stratum>;
}

export interface Stratum {
  /** Participants in each arm, all of them. */
  counts: number[];
  /** Participants in each arm who took a place that the scheme offered. */
  drawn: number[];
  /** The open block's size, 0 when none is open, and the places left in each arm. */
  blockSize: number;
  remaining: number[];
  /** Lines of the uploaded list that are used. */
  taken: number;
}

/** What an allocation leaves behind besides its arm. */
export interface Details {
  /** Size of the permuted block that it opened. */
  block?: number;
  /** Number of the pseudo-arm within the arm, from 1. */
  slot?: number;
  /** It didn't come from this scheme (an envelope, an import): it counts for balance and takes no place. */
  outside?: boolean;
}

export interface HistoryEntry extends Details {
  factors: Factors;
  arm: string;
}

/** The state before the first participant. @throws RandomisationError for a design with problems */
export function begin(design: Design): State {
  const plan = planOf(design);
  const zeros = () => new Array<number>(plan.columnArm.length).fill(0);
  return {
    design,
    total: 0,
    overall: zeros(),
    margins: design.factors.map(({ levels }) => levels.map(zeros)),
    strata: new Map(),
  };
}

/**
 * Counts a participant who was allocated to an arm. Changes `state`, or, if it throws, doesn't.
 * @param details needed where the arm doesn't say it all: the size of a block that this allocation opened, when the
 *   design has several sizes; the pseudo-arm (without it, the one with fewest participants)
 * @throws RandomisationError when the history can't have come about under the design
 */
export function record(state: State, factors: Factors, arm: string, details: Details = {}): State {
  const plan = planOf(state.design);
  const levels = levelsOf(plan, factors);
  const k = plan.armIndex.get(arm);
  if (k === undefined) throw new RandomisationError('history', `The design has no arm “${arm}”.`);
  const column = columnOf(plan, state, k, details.slot);
  if (isStratified(plan)) {
    const stratum = stratumIn(state, stratumOf(plan, factors));
    if (!details.outside) takePlace(plan, stratum, stratumOf(plan, factors), k, details.block);
    stratum.counts[k]! += 1;
  }
  levels.forEach((level, i) => {
    state.margins[i]![level]![column]! += 1;
  });
  state.overall[column]! += 1;
  state.total += 1;
  return state;
}

/**
 * Puts a participant's factors right after the allocation: the margins move, so that future minimisation uses the
 * true levels; the arm stays, and so does the place taken in the stratum. Changes `state`, or, if it throws, doesn't.
 * A level from an earlier epoch that this design no longer has isn't counted, and so nothing is taken off there.
 * @param state must count the participant: allocated in this epoch, or carried over to it
 */
export function correct(state: State, from: Factors, to: Factors, arm: string, slot?: number): State {
  const plan = planOf(state.design);
  const k = plan.armIndex.get(arm);
  if (k === undefined) throw new RandomisationError('history', `The design has no arm “${arm}”.`);
  const column = columnOf(plan, state, k, slot);
  const rows = state.design.factors.flatMap(({ id }, i) => {
    if (from[id] === to[id]) return [];
    const [before, after] = [from, to].map((factors) => plan.levelIndex[i]!.get(factors[id] ?? ''));
    if (after === undefined) throw unknownLevel(id, to[id]);
    return [
      {
        before: before === undefined ? undefined : state.margins[i]![before]!,
        after: state.margins[i]![after]!,
      },
    ];
  });
  if (rows.some(({ before }) => before && before[column]! < 1)) {
    throw new RandomisationError('history', 'No such participant was recorded, so nothing was corrected.');
  }
  for (const { before, after } of rows) {
    if (before) before[column]! -= 1;
    after[column]! += 1;
  }
  return state;
}

/** The state after a history, in order. It equals the state kept up to date allocation by allocation. */
export function replay(design: Design, history: Iterable<HistoryEntry>): State {
  const state = begin(design);
  for (const { factors, arm, block, slot, outside } of history) {
    record(state, factors, arm, { block, slot, outside });
  }
  return state;
}

/** Whether the scheme keeps each stratum by itself. */
export function isStratified({ design }: Plan): boolean {
  return design.scheme.kind !== 'simple' && design.scheme.kind !== 'minimisation';
}

/** The stratum's record, made when it is first met. */
export function stratumIn(state: State, key: string): Stratum {
  let stratum = state.strata.get(key);
  if (!stratum) {
    stratum = emptyStratum(state.design.arms.length);
    state.strata.set(key, stratum);
  }
  return stratum;
}

export function emptyStratum(arms: number): Stratum {
  const zeros = () => new Array<number>(arms).fill(0);
  return { counts: zeros(), drawn: zeros(), blockSize: 0, remaining: zeros(), taken: 0 };
}

function takePlace(plan: Plan, stratum: Stratum, key: string, k: number, block: number | undefined): void {
  const { scheme } = plan.design;
  if (scheme.kind === 'permuted-blocks') {
    if (stratum.blockSize === 0) openBlock(plan, stratum, scheme.sizes, block);
    else if (block !== undefined) throw unlikely('a block was opened while another was open');
    if (stratum.remaining[k] === 0) throw unlikely('its block had no place left in that arm');
    stratum.remaining[k]! -= 1;
    if (stratum.remaining.every((left) => left === 0)) stratum.blockSize = 0;
  }
  if (scheme.kind === 'list') {
    if (plan.list.get(key)?.[stratum.taken] !== k) throw unlikely('the list says otherwise');
    stratum.taken += 1;
  }
  stratum.drawn[k]! += 1;
}

function openBlock(plan: Plan, stratum: Stratum, sizes: readonly number[], block: number | undefined): void {
  const size = block ?? (sizes.length === 1 ? sizes[0]! : undefined);
  if (size === undefined) throw unlikely('the size of the block that it opened is not recorded');
  if (!sizes.includes(size)) throw unlikely(`the design has no blocks of ${size}`);
  stratum.blockSize = size;
  stratum.remaining = plan.ratios.map((ratio) => (ratio * size) / plan.ratioSum);
}

/**
 * The pseudo-arm, from 1, that an allocation from outside counts in when nothing else says so: the arm's one with
 * fewest participants, the first of equals. Log it with the allocation. Undefined without pseudo-arms.
 */
export function slotFor(state: State, arm: string): number | undefined {
  const plan = planOf(state.design);
  const k = plan.armIndex.get(arm);
  if (k === undefined || plan.columnArm.length === plan.ratios.length) return undefined;
  return columnOf(plan, state, k, undefined) - plan.firstColumn[k]! + 1;
}

function columnOf(plan: Plan, state: State, k: number, slot: number | undefined): number {
  const first = plan.firstColumn[k]!;
  const last = (plan.firstColumn[k + 1] ?? plan.columnArm.length) - 1;
  if (slot !== undefined) {
    if (Number.isInteger(slot) && slot >= 1 && first + slot - 1 <= last) return first + slot - 1;
    throw unlikely(`the arm has no part ${slot}`);
  }
  let column = first;
  for (let j = first + 1; j <= last; j++) if (state.overall[j]! < state.overall[column]!) column = j;
  return column;
}

function unlikely(why: string): RandomisationError {
  return new RandomisationError('history', `This allocation can’t have come from the design: ${why}.`);
}
