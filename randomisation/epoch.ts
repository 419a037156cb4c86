import type { Design } from './design.ts';
import { planOf } from './plan.ts';
import { begin, type State } from './state.ts';

/** A permuted block that a new epoch leaves unfinished; it is never taken up again. */
export interface RetiredBlock {
  stratum: string;
  size: number;
  /** Places left, by arm. */
  remaining: Record<string, number>;
}

/**
 * Changes the design of a running study: a new epoch, with its own hash, secret and commitment.
 *
 * Strata begin anew, and open blocks are retired: log them. Counts for minimisation are carried over as far as arms
 * and ratios are the same, level by level where factor and level have kept their names. Where an arm was added or
 * dropped or the ratio changed they begin from nothing, since old counts would send the next participants to the
 * arm that is behind, and everyone would know which that is.
 * @param design of the new epoch
 * @param before state at the end of the old epoch; it isn't changed
 * @returns `carried`: whether participants of old epochs are counted in the new state. Where they aren't, corrections of
 *   their factors are logged but not applied to it
 */
export function nextEpoch(
  design: Design,
  before: State,
): { state: State; retired: RetiredBlock[]; carried: boolean } {
  const state = begin(design);
  const retired = openBlocks(before);
  const now = planOf(design);
  const then = planOf(before.design);
  const same =
    String(now.columnNames) === String(then.columnNames) && String(now.ratios) === String(then.ratios);
  if (!same) return { state, retired, carried: false };
  design.factors.forEach(({ id, levels }, i) => {
    const old = before.design.factors.findIndex((factor) => factor.id === id);
    if (old < 0) return;
    levels.forEach((level, l) => {
      const position = then.levelIndex[old]!.get(level);
      if (position !== undefined) state.margins[i]![l] = [...before.margins[old]![position]!];
    });
  });
  state.overall = [...before.overall];
  state.total = before.total;
  return { state, retired, carried: true };
}

/** The blocks that are open, by stratum in the order of their names. */
export function openBlocks({ design, strata }: State): RetiredBlock[] {
  return [...strata]
    .filter(([, { blockSize }]) => blockSize > 0)
    .map(([stratum, { blockSize, remaining }]) => ({
      stratum,
      size: blockSize,
      remaining: Object.fromEntries(design.arms.map(({ id }, k) => [id, remaining[k]!])),
    }))
    .sort((a, b) => (a.stratum < b.stratum ? -1 : 1));
}
