import { RandomisationError } from '../errors.ts';
import { type Fraction, formatFraction, formatRatio, fraction, gcd, parseFraction } from '../fraction.ts';
import type { Plan } from '../plan.ts';
import { emptyStratum, type State, type Stratum } from '../state.ts';
import { imbalances } from './distance.ts';
import { coinFor } from './minimisationPlan.ts';

/** What a scheme says about the next participant, for each column (arm or pseudo-arm). */
export interface Weighing {
  /** Exact, as "a/b". */
  imbalance: string[];
  probability: string[];
  /** The smallest whole numbers in the proportion of the probabilities. */
  weights: bigint[];
  preferred: boolean[];
}

/**
 * Weighs the columns for a participant with the given levels in the given stratum; changes nothing.
 *
 * For minimisation the imbalance is G_k. For the other schemes it is the range over arms of count/ratio as it would
 * be after the allocation, in the stratum (simple randomisation: in the whole study).
 */
export function weigh(plan: Plan, state: State, levels: readonly number[], key: string): Weighing {
  const { scheme } = plan.design;
  if (plan.minimisation) return weighMinimisation(plan, state, levels);
  if (scheme.kind === 'simple') {
    return { ...fromWeights(plan.ratios, plan.ratios), imbalance: ranges(plan, state.overall) };
  }
  const stratum = state.strata.get(key) ?? emptyStratum(plan.ratios.length);
  const imbalance = ranges(plan, stratum.counts);
  switch (scheme.kind) {
    case 'permuted-blocks':
      return { ...fromWeights(blockWeights(plan, stratum), plan.ratios), imbalance };
    case 'block-urn':
      return { ...fromWeights(urnWeights(plan, stratum, scheme.lambda), plan.ratios), imbalance };
    case 'efron':
      return { ...efron(stratum, parseFraction(scheme.probability)!), imbalance };
    case 'big-stick':
      return { ...bigStick(stratum, scheme.limit), imbalance };
    case 'list':
      return { ...fromWeights(listWeights(plan, stratum, key), plan.ratios), imbalance };
    default:
      throw new RandomisationError('design', 'The design has no scheme that this engine knows.');
  }
}

function weighMinimisation(plan: Plan, state: State, levels: readonly number[]): Weighing {
  const minimisation = plan.minimisation!;
  const rows = minimisationRows(plan, state, levels);
  const { texts, preferred } = imbalances(minimisation, rows, state.total);
  const coin = coinFor(minimisation, preferred);
  return {
    imbalance: texts,
    probability: coin.texts,
    weights: coin.weights,
    preferred: texts.map((_, j) => Math.floor(preferred / 2 ** j) % 2 === 1),
  };
}

/** The counts that minimisation looks at: those of the participant's levels, and the overall ones if they count. */
export function minimisationRows(plan: Plan, state: State, levels: readonly number[]): number[][] {
  const rows = levels.map((level, i) => state.margins[i]![level]!);
  if (plan.minimisation?.overall) rows.push(state.overall);
  return rows;
}

/**
 * Permuted blocks: an arm's probability is its remaining places over all remaining places. Before a block is opened
 * that is the ratio, whatever the block's size will be.
 */
function blockWeights({ ratios }: Plan, stratum: Stratum): readonly number[] {
  return stratum.blockSize === 0 ? ratios : stratum.remaining;
}

/**
 * Block urn design: w_i(λ + k) − n_i, whose sum is W(λ + k) − n, with k = min ⌊n_i / w_i⌋ the number of balanced
 * sets completed. Zhao & Weng, Contemp Clin Trials 2011;32:953–961, equation 2.
 */
function urnWeights({ ratios }: Plan, { drawn }: Stratum, lambda: number): number[] {
  const complete = Math.min(...drawn.map((n, i) => Math.floor(n / ratios[i]!)));
  return drawn.map((n, i) => ratios[i]! * (lambda + complete) - n);
}

/** Efron's biased coin: the arm with fewer participants gets p; 1/2 each when equal. Biometrika 1971;58:403–417. */
function efron({ counts }: Stratum, { numerator, denominator }: Fraction): Omit<Weighing, 'imbalance'> {
  const lead = counts[0]! - counts[1]!;
  if (lead === 0) return fromWeights([1, 1], [1, 1]);
  const rest = denominator - numerator;
  const weights = lead < 0 ? [numerator, rest] : [rest, numerator];
  return {
    weights,
    probability: weights.map((weight) => formatFraction(fraction(weight, denominator))),
    preferred: [lead < 0, lead > 0],
  };
}

/** Big stick: 1/2 each until one arm leads by the limit; then the other is certain. Soares & Wu, 1983. */
function bigStick({ counts }: Stratum, limit: number): Omit<Weighing, 'imbalance'> {
  const lead = counts[0]! - counts[1]!;
  if (Math.abs(lead) < limit) return fromWeights([1, 1], [1, 1]);
  return fromWeights(lead < 0 ? [1, 0] : [0, 1], [1, 1]);
}

function listWeights(plan: Plan, { taken }: Stratum, key: string): number[] {
  const slots = plan.list.get(key) ?? [];
  if (taken >= slots.length) {
    throw new RandomisationError(
      'exhausted',
      'The allocation list for this stratum is used up. Nothing was allocated; the trial’s statistician must ' +
        'extend the list first.',
    );
  }
  return plan.ratios.map((_, k) => (slots[taken] === k ? 1 : 0));
}

/** Probabilities from whole-number weights; the arms favoured most in relation to their ratio are preferred. */
function fromWeights(weights: readonly number[], ratios: readonly number[]): Omit<Weighing, 'imbalance'> {
  const exact = weights.map(BigInt);
  const sum = exact.reduce((total, weight) => total + weight, 0n);
  const divisor = exact.reduce(gcd, 0n);
  // w_i/r_i is largest: compared crosswise, with no division.
  const most = weights.reduce(
    (best, weight, i) => (weight * ratios[best]! > weights[best]! * ratios[i]! ? i : best),
    0,
  );
  return {
    weights: exact.map((weight) => weight / divisor),
    probability: exact.map((weight) => formatFraction(fraction(weight, sum))),
    preferred: weights.map((weight, i) => weight * ratios[most]! === weights[most]! * ratios[i]!),
  };
}

function ranges({ ratios }: Plan, counts: readonly number[]): string[] {
  return ratios.map((_, k) => {
    let high: [number, number] | undefined;
    let low: [number, number] | undefined;
    ratios.forEach((ratio, j) => {
      const value = counts[j]! + (j === k ? 1 : 0);
      if (!high || value * high[1] > high[0] * ratio) high = [value, ratio];
      if (!low || value * low[1] < low[0] * ratio) low = [value, ratio];
    });
    const [a, b] = high!;
    const [c, d] = low!;
    return formatRatio(a * d - c * b, b * d);
  });
}
