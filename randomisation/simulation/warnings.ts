import type { Design } from '../design.ts';
import { compareFractions, fraction, parseFraction } from '../fraction.ts';
import type { SimulationResult } from './simulate.ts';

/** Guesses right this much more often than without knowledge are worth a word. */
const predictable = 0.2;

/**
 * What the study's designer should think about before opening, in sentences; none when there is nothing to say.
 * @param result of `simulate` for this design
 */
export function warnings(result: SimulationResult, design: Design): string[] {
  return [...ofScheme(result, design), ...ofPredictability(result, design), ...ofBalance(result, design)];
}

function ofScheme(
  { forced, n, sites, siteFactor }: SimulationResult,
  { arms, factors, scheme }: Design,
): string[] {
  const found: string[] = [];
  const ratioSum = arms.reduce((sum, arm) => sum + arm.ratio, 0);
  if (scheme.kind === 'permuted-blocks') {
    const [size, ...others] = scheme.sizes;
    if (others.length === 0) {
      found.push(
        `All blocks have ${size} places, and ${percent(forced.mean)} of the allocations are certain to anyone who ` +
          `counts along. Use larger blocks of several sizes, such as ${2 * ratioSum} and ${3 * ratioSum}, or the ` +
          'block urn.',
      );
    } else if (forced.mean >= 0.2) {
      found.push(
        `${percent(forced.mean)} of the allocations are certain to anyone who counts along. Larger blocks or the ` +
          'block urn are harder to foresee.',
      );
    }
    const strata = factors.reduce(
      (product, { id, levels }) => product * (id === siteFactor ? sites : levels.length),
      1,
    );
    const largest = Math.max(...scheme.sizes);
    if (strata * largest > n) {
      found.push(
        `There are ${strata} strata for ${n} participants: most blocks will stay incomplete, so the arms can be ` +
          'unbalanced overall. Stratify by fewer factors, or use minimisation.',
      );
    }
  }
  if (scheme.kind === 'big-stick' && forced.mean > 0.1) {
    found.push(
      `At this limit ${percent(forced.mean)} of the allocations are certain. A higher limit hides more.`,
    );
  }
  if (scheme.kind === 'minimisation') {
    const p = parseFraction(scheme.probability)!;
    const columns = scheme.unequal === 'pseudo-arms' ? ratioSum : arms.length;
    if (compareFractions(p, fraction(9n, 10n)) > 0) {
      found.push(
        `With the probability ${scheme.probability} the preferred arm is nearly certain. 4/5 balances almost as well.`,
      );
    }
    // Of K columns, K − 1 tied ones get p/(K − 1) each, and the one that is worse off 1 − p.
    const least = fraction(BigInt(columns - 1), BigInt(columns));
    if (columns > 2 && compareFractions(p, least) <= 0) {
      found.push(
        `When all arms but one are tied for the best, each of them gets no more than the remaining one unless the ` +
          `probability is greater than ${columns - 1}/${columns}.`,
      );
    }
    if (scheme.unequal !== 'pseudo-arms' && ratioSum > arms.length) {
      found.push(
        'With unequal ratios the biased coin keeps the ratio on average, but not at each allocation; pseudo-arms ' +
          'keep it throughout.',
      );
    }
  }
  return found;
}

function ofPredictability(result: SimulationResult, { arms }: Design): string[] {
  const ratioSum = arms.reduce((sum, arm) => sum + arm.ratio, 0);
  const blind = Math.max(...arms.map((arm) => arm.ratio)) / ratioSum;
  const own = result.guessOwnSite.mean;
  const full = result.guessFullState.mean;
  if (own - blind > predictable) {
    return [
      `Someone who knows the arms at the own site guesses ${percent(own)} of the allocations right, against ` +
        `${percent(blind)} without. If staff learn the arms, enrolment can be steered.`,
    ];
  }
  if (full - blind > predictable) {
    return [
      `Someone who knew all allocations of the study would guess ${percent(full)} right (${percent(own)} from the ` +
        'own site alone). Show the arms of other sites to nobody who enrols.',
    ];
  }
  return [];
}

function ofBalance({ n, overallRange }: SimulationResult, { arms }: Design): string[] {
  if (overallRange.percentile95 * arms.length <= 0.2 * n) return [];
  return [
    `One trial in twenty ends with arms that differ by ${Math.round(overallRange.percentile95)} participants or more, ` +
      `of ${n} in all. In a small trial that costs power; a restricted scheme balances better.`,
  ];
}

const percent = (share: number) => `${Math.round(100 * share)}%`;
