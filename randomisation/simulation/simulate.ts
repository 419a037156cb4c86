import type { Design } from '../design.ts';
import { RandomisationError } from '../errors.ts';
import { ownSiteGuess, rangeOf } from './measures.ts';
import { type Sequence, sequenceOf } from './sequence.ts';
import { type Summary, tally } from './tally.ts';
import { seededUniform, type Uniform32, uniformBelow } from './uniform.ts';

export interface SimulationOptions {
  /** Participants in a trial, 1 to 1,000,000. */
  n: number;
  /** Trials, from 2; 2,000 give a standard error of about 0.1 percentage points for the guesses. */
  trials: number;
  /** Whole number; the same seed gives the same result. */
  seed: number;
  /** The factor that is the site: `site` when the design has a factor of that name. */
  siteFactor?: string;
  /**
   * Number of sites. It replaces the site factor's levels; without a site factor, participants come from as many
   * sites of equal size that the design doesn't know.
   */
  sites?: number;
  /** Relative frequencies of a factor's levels, whole numbers; equal when absent. Factors are independent. */
  frequencies?: Record<string, number[]>;
  /** Factors that the design leaves to chance but whose balance is to be seen: name → frequencies of the levels. */
  observed?: Record<string, number[]>;
}

/** What can be expected of a design. Counts are divided by ratio / mean ratio, so that unequal arms compare. */
export interface SimulationResult {
  n: number;
  trials: number;
  sites: number;
  /** The factor that stood for the site; null when the design has none. */
  siteFactor: string | null;
  /** Largest minus smallest arm at the end of the trial, in participants. */
  overallRange: Summary;
  /** The same within a factor's level, the worst of all levels of all factors but the site, observed ones too; null without. */
  worstFactorRange: Summary | null;
  /** The same within a site, the worst of all sites. */
  worstSiteRange: Summary;
  /** Share of allocations that someone guesses who knows the arms so far at the participant's own site… */
  guessOwnSite: Summary;
  /** …or everything but the random numbers: the arm with the highest probability. */
  guessFullState: Summary;
  /** Share of allocations that were certain beforehand. */
  forced: Summary;
}

/**
 * Plays a design through before a study opens: participants with random factor levels arrive one by one, and are
 * allocated with the design's exact probabilities.
 *
 * The own-site guesser names the arm with the fewest participants at the site, in relation to its ratio (the
 * convergence strategy of Blackwell & Hodges, Ann Math Stat 1957;28:449–460). Of each guess its exact probability
 * of being right is counted, which has the same mean as counting hits and varies less.
 * @param onTrial called after each trial with the number of those done, to show how far it is
 * @throws RandomisationError for a design with problems, an uploaded list, or options out of range
 */
export function simulate(
  design: Design,
  options: SimulationOptions,
  onTrial?: (done: number) => void,
): SimulationResult {
  const trial = setUp(design, options);
  const summaries = {
    overallRange: tally(),
    worstFactorRange: tally(),
    worstSiteRange: tally(),
    guessOwnSite: tally(),
    guessFullState: tally(),
    forced: tally(),
  };
  const random = seededUniform(options.seed);
  for (let t = 0; t < options.trials; t++) {
    const outcome = playTrial(trial, random);
    for (const key of Object.keys(summaries) as (keyof typeof summaries)[]) summaries[key].add(outcome[key]);
    onTrial?.(t + 1);
  }
  const { overallRange, worstFactorRange, worstSiteRange, guessOwnSite, guessFullState, forced } = summaries;
  return {
    n: options.n,
    trials: options.trials,
    sites: trial.sites,
    siteFactor: design.factors[trial.siteAt]?.id ?? null,
    overallRange: overallRange.summary(),
    worstFactorRange: trial.otherFactors.length > 0 ? worstFactorRange.summary() : null,
    worstSiteRange: worstSiteRange.summary(),
    guessOwnSite: guessOwnSite.summary(),
    guessFullState: guessFullState.summary(),
    forced: forced.summary(),
  };
}

interface Trial {
  n: number;
  sites: number;
  sequence: Sequence;
  /** Position of the site factor; −1 when the design has none. */
  siteAt: number;
  otherFactors: number[];
  /** For each factor, running sums of its levels' frequencies. */
  cumulative: number[][];
}

function setUp(design: Design, options: SimulationOptions): Trial {
  const { n, trials, seed, siteFactor = 'site', frequencies = {}, observed = {} } = options;
  check(
    Number.isInteger(n) && n >= 1 && n <= 1_000_000,
    'The number of participants must be 1 to 1,000,000.',
  );
  check(Number.isInteger(trials) && trials >= 2, 'At least two trials are needed.');
  check(Number.isSafeInteger(seed), 'The seed must be a whole number.');
  const siteAt = design.factors.findIndex(({ id }) => id === siteFactor);
  const sites = options.sites ?? (siteAt < 0 ? 1 : design.factors[siteAt]!.levels.length);
  check(Number.isInteger(sites) && sites >= 1 && sites <= 10_000, 'The number of sites must be 1 to 10,000.');
  const simulated =
    siteAt < 0 || options.sites === undefined
      ? design
      : {
          ...design,
          factors: design.factors.map((factor, i) =>
            i === siteAt
              ? { ...factor, levels: Array.from({ length: sites }, (_, s) => `${s + 1}`) }
              : factor,
          ),
        };
  return {
    n,
    sites,
    sequence: sequenceOf(simulated),
    siteAt,
    otherFactors: [...design.factors, ...Object.keys(observed)].map((_, i) => i).filter((i) => i !== siteAt),
    cumulative: [
      ...simulated.factors.map(({ id, levels }) => {
        const shares = frequencies[id] ?? levels.map(() => 1);
        check(
          shares.length === levels.length,
          `Give each of the ${levels.length} levels of ${id} a frequency.`,
        );
        return runningSums(id, shares);
      }),
      ...Object.entries(observed).map(([id, shares]) => runningSums(id, shares)),
    ],
  };
}

function runningSums(factor: string, shares: readonly number[]): number[] {
  let sum = 0;
  const sums = shares.map((share) => {
    sum += share;
    return sum;
  });
  check(
    sum > 0 && shares.every((share) => Number.isSafeInteger(share) && share >= 0),
    `The frequencies of ${factor} must be whole numbers from 0, not all 0.`,
  );
  return sums;
}

function playTrial({ n, sites, sequence, siteAt, otherFactors, cumulative }: Trial, random: Uniform32) {
  const { ratios, ratioSum, columnArm } = sequence.plan;
  const arms = ratios.length;
  const overall = new Int32Array(arms);
  const margins = cumulative.map((sums) => sums.map(() => new Int32Array(arms)));
  const bySite = siteAt < 0 ? Array.from({ length: sites }, () => new Int32Array(arms)) : margins[siteAt]!;
  const levels = new Int32Array(cumulative.length);
  const probabilities = new Float64Array(arms);
  let guessOwnSite = 0;
  let guessFullState = 0;
  let forced = 0;
  sequence.restart();
  for (let i = 0; i < n; i++) {
    for (let f = 0; f < levels.length; f++) levels[f] = drawLevel(cumulative[f]!, random);
    const here = bySite[siteAt < 0 ? uniformBelow(random, sites) : levels[siteAt]!]!;
    const arm = sequence.next(levels, random);
    const { values, sum } = sequence.last();
    probabilities.fill(0);
    for (let j = 0; j < columnArm.length; j++) probabilities[columnArm[j]!]! += values[j]! / sum;
    let best = 0;
    for (let k = 0; k < arms; k++) best = Math.max(best, probabilities[k]!);
    guessFullState += best;
    if (best === 1) forced += 1;
    guessOwnSite += ownSiteGuess(here, ratios, probabilities);
    overall[arm]! += 1;
    for (let f = 0; f < levels.length; f++) margins[f]![levels[f]!]![arm]! += 1;
    if (siteAt < 0) here[arm]! += 1;
  }
  const range = (counts: Int32Array) => rangeOf(counts, ratios, ratioSum);
  return {
    overallRange: range(overall),
    worstFactorRange: Math.max(0, ...otherFactors.flatMap((f) => margins[f]!.map(range))),
    worstSiteRange: bySite.reduce((worst, counts) => Math.max(worst, range(counts)), 0),
    guessOwnSite: guessOwnSite / n,
    guessFullState: guessFullState / n,
    forced: forced / n,
  };
}

function drawLevel(sums: readonly number[], random: Uniform32): number {
  const drawn = uniformBelow(random, sums.at(-1)!);
  let level = 0;
  while (drawn >= sums[level]!) level += 1;
  return level;
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new RandomisationError('design', otherwise);
}
