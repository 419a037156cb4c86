import { RandomisationError } from '../errors.ts';
import { parseFraction } from '../fraction.ts';
import type { Plan } from '../plan.ts';
import type { QuickScheme, Weights } from './sequence.ts';
import { uniformBelow } from './uniform.ts';

/** Beyond this many strata a simulation's tables no longer fit comfortably in memory. */
const mostStrata = 1_000_000;

/** Simple randomisation and the schemes that keep each stratum by itself, on typed arrays. */
export function stratifiedWeights({ design, ratios, ratioSum }: Plan): QuickScheme {
  const { scheme } = design;
  const sizes = design.factors.map(({ levels }) => levels.length);
  const strata = scheme.kind === 'simple' ? 1 : sizes.reduce((product, size) => product * size, 1);
  if (strata > mostStrata) {
    throw new RandomisationError(
      'design',
      `The design has ${strata} strata; far fewer can be filled or simulated.`,
    );
  }
  const arms = ratios.length;
  // Places left in the open block, or for the other schemes participants so far.
  const counts = new Int32Array(strata * arms);
  const open = new Uint8Array(scheme.kind === 'permuted-blocks' ? strata : 0);
  const weights = { values: new Float64Array(arms), sum: 0 };
  const fixed: Weights = { values: ratios, sum: ratioSum };
  const at = (levels: ArrayLike<number>) => {
    let stratum = 0;
    if (strata > 1) for (let i = 0; i < sizes.length; i++) stratum = stratum * sizes[i]! + levels[i]!;
    return stratum;
  };
  const restart = () => {
    counts.fill(0);
    open.fill(0);
  };
  const set = (a: number, b: number): Weights => {
    weights.values[0] = a;
    weights.values[1] = b;
    weights.sum = a + b;
    return weights;
  };
  const add = (levels: ArrayLike<number>, arm: number) => {
    counts[at(levels) * arms + arm]! += 1;
  };
  const lead = (levels: ArrayLike<number>) => {
    const stratum = at(levels) * arms;
    return counts[stratum]! - counts[stratum + 1]!;
  };

  // A block and an urn know those alone who took a place of theirs; every arm is one column.
  const placeless = { count: () => {}, fewest: (first: number) => first };
  const counting = { count: add, fewest: placeless.fewest };

  switch (scheme.kind) {
    case 'permuted-blocks': {
      const blocks = scheme.sizes.map((size) => ratios.map((ratio) => (ratio * size) / ratioSum));
      return {
        ...placeless,
        restart,
        weigh(levels) {
          const stratum = at(levels);
          if (!open[stratum]) return fixed;
          weights.sum = 0;
          for (let k = 0; k < arms; k++) {
            weights.values[k] = counts[stratum * arms + k]!;
            weights.sum += weights.values[k]!;
          }
          return weights;
        },
        take(levels, arm, random) {
          const stratum = at(levels);
          if (!open[stratum]) counts.set(blocks[uniformBelow(random, blocks.length)]!, stratum * arms);
          counts[stratum * arms + arm]! -= 1;
          open[stratum] = 0;
          for (let k = 0; k < arms; k++) if (counts[stratum * arms + k]! > 0) open[stratum] = 1;
        },
      };
    }
    case 'block-urn':
      return {
        ...placeless,
        restart,
        take: add,
        weigh(levels) {
          const stratum = at(levels) * arms;
          let complete = Number.POSITIVE_INFINITY;
          for (let k = 0; k < arms; k++)
            complete = Math.min(complete, Math.floor(counts[stratum + k]! / ratios[k]!));
          weights.sum = 0;
          for (let k = 0; k < arms; k++) {
            weights.values[k] = ratios[k]! * (scheme.lambda + complete) - counts[stratum + k]!;
            weights.sum += weights.values[k]!;
          }
          return weights;
        },
      };
    case 'efron': {
      const { numerator, denominator } = parseFraction(scheme.probability)!;
      const p = Number(numerator);
      const q = Number(denominator - numerator);
      if (!Number.isSafeInteger(p + q)) {
        throw new RandomisationError(
          'design',
          'The probability is too fine a fraction to be simulated quickly.',
        );
      }
      return {
        ...counting,
        restart,
        take: add,
        weigh(levels) {
          const ahead = lead(levels);
          return ahead === 0 ? set(1, 1) : ahead < 0 ? set(p, q) : set(q, p);
        },
      };
    }
    case 'big-stick':
      return {
        ...counting,
        restart,
        take: add,
        weigh(levels) {
          const ahead = lead(levels);
          return Math.abs(ahead) < scheme.limit ? set(1, 1) : ahead < 0 ? set(1, 0) : set(0, 1);
        },
      };
    default:
      return { ...placeless, restart, take: add, weigh: () => fixed };
  }
}
