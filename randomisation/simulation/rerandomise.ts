import type { Design, Factors } from '../design.ts';
import { RandomisationError } from '../errors.ts';
import { levelsOf, type Plan, planOf } from '../plan.ts';
import { type Sequence, sequenceOf } from './sequence.ts';
import { seededUniform } from './uniform.ts';

/** Somebody in the order of allocation. */
export interface Placed {
  factors: Factors;
  /** The arm of somebody whom the procedure didn't place (an envelope, an import, a list): it stays in every replay. */
  fixed?: string;
}

/** A design and those who were allocated while it was in force. In a list's, everybody is fixed. */
export interface Stage {
  design: Design;
  participants: readonly Placed[];
}

/** The arms of all designs, in the order in which they first appear: a replay gives positions in them. */
export const armsOfStages = (stages: readonly Stage[]): string[] => [
  ...new Set(stages.flatMap(({ design }) => design.arms.map(({ id }) => id))),
];

/** A stage made ready: typed positions of everybody in it, and who before it counts for its balance. */
interface Ready {
  plan: Plan;
  /** Null for a list, which draws nothing. */
  sequence: Sequence | null;
  levels: Int32Array[];
  /** Position of the fixed arm in the design; −1 for those who are placed anew. */
  fixed: Int16Array;
  /** Position of the design's arms among those of all designs. */
  arms: number[];
  carried: { index: number; levels: Int32Array }[];
}

/**
 * Allocates the same participants anew, in their order and with their factors, as often as it is called: the
 * reference set of a re-randomisation test. Each call gives positions in `armsOfStages`; the array is used again by
 * the next call.
 *
 * A change of design is followed as the engine follows it (`nextEpoch`): strata begin anew, and minimisation counts
 * those before it, as they are in this replay, where arms and ratios stayed the same, level by level. Who is fixed
 * counts for balance and takes no place of the scheme.
 *
 * With S of `times` re-randomised statistics at least as extreme as the observed one, p = (S + 1)/(times + 1).
 * @param stages in the order of time, their participants in order of allocation
 * @param seed whole number; the same seed gives the same series
 * @throws RandomisationError for a design with problems, a list whose participants aren't fixed, or unknown factor
 *   levels
 */
export function rerandomiser(stages: readonly Stage[], seed: number): () => Uint8Array {
  const names = armsOfStages(stages);
  const random = seededUniform(seed);
  const ready = stages.map((_, s) => readyOf(stages, s, names));
  const total = stages.reduce((sum, { participants }) => sum + participants.length, 0);
  const arms = new Uint8Array(total);
  const columns = new Int32Array(total);
  return () => {
    let at = 0;
    for (const { plan, sequence, levels, fixed, arms: own, carried } of ready) {
      sequence?.restart();
      if (sequence) for (const one of carried) sequence.count(one.levels, columns[one.index]!);
      for (let i = 0; i < levels.length; i++) {
        const arm = fixed[i]!;
        if (arm < 0) {
          arms[at] = own[sequence!.next(levels[i]!, random)]!;
          columns[at] = sequence!.lastColumn();
        } else {
          columns[at] = sequence ? sequence.fix(levels[i]!, arm) : plan.firstColumn[arm]!;
          arms[at] = own[arm]!;
        }
        at += 1;
      }
    }
    return arms;
  };
}

function readyOf(stages: readonly Stage[], at: number, names: readonly string[]): Ready {
  const { design, participants } = stages[at]!;
  const plan = planOf(design);
  const isList = design.scheme.kind === 'list';
  const fixed = Int16Array.from(participants, ({ fixed: arm }) => {
    if (arm === undefined && !isList) return -1;
    const position = plan.armIndex.get(arm ?? '');
    if (position !== undefined) return position;
    throw new RandomisationError(
      'history',
      arm === undefined
        ? 'An uploaded list is fixed: it holds no chance to replay.'
        : `The design has no arm “${arm}”.`,
    );
  });
  return {
    plan,
    sequence: isList ? null : sequenceOf(design),
    levels: participants.map(({ factors }) => Int32Array.from(levelsOf(plan, factors))),
    fixed,
    arms: design.arms.map(({ id }) => names.indexOf(id)),
    carried: carriedTo(stages, at),
  };
}

/** Those before a minimisation whom it counts, with the positions of their levels in it; −1 where one isn't counted. */
function carriedTo(stages: readonly Stage[], at: number): Ready['carried'] {
  const { design } = stages[at]!;
  if (design.scheme.kind !== 'minimisation') return [];
  const plan = planOf(design);
  const signature = ({ columnNames, ratios }: Plan) => JSON.stringify([columnNames, ratios]);
  let first = at;
  while (first > 0 && signature(planOf(stages[first - 1]!.design)) === signature(plan)) first -= 1;
  let index = stages.slice(0, first).reduce((sum, { participants }) => sum + participants.length, 0);
  return stages.slice(first, at).flatMap(({ participants }, k) => {
    const between = stages.slice(first + k, at + 1);
    // A factor or level that one of the designs in between hadn't is forgotten with it.
    const isKept = (factor: string, level: string | undefined) =>
      between.every(({ design: { factors } }) =>
        factors.some(({ id, levels }) => id === factor && levels.includes(level ?? '')),
      );
    return participants.map(({ factors }) => ({
      index: index++,
      levels: Int32Array.from(design.factors, ({ id }, f) =>
        isKept(id, factors[id]) ? plan.levelIndex[f]!.get(factors[id]!)! : -1,
      ),
    }));
  });
}
