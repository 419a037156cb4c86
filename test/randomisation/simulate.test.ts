import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFraction, fraction, parseFraction } from '../../randomisation/fraction.ts';
import {
  armsOfStages,
  begin,
  type Design,
  nextEpoch,
  record,
  rerandomiser,
  type Scheme,
  type Stage,
  score,
  simulate,
  warnings,
} from '../../randomisation/index.ts';
import { sequenceOf } from '../../randomisation/simulation/sequence.ts';
import { seededUniform, uniformBelow } from '../../randomisation/simulation/uniform.ts';
import blocks from '../reference/randomisation/permuted-blocks.json';
import { anyDesign, design, factorsOf, minimisation, people } from './designs.ts';

const site = { id: 'site', levels: Array.from({ length: 10 }, (_, i) => `${i}`) };
const others = [2, 2, 3].map((count, i) => ({
  id: `f${i}`,
  levels: Array.from({ length: count }, (_, l) => `${l}`),
}));
const allFactors = [site, ...others];
const observed = Object.fromEntries(others.map(({ id, levels }) => [id, levels.map(() => 1)]));
const trial = (scheme: Scheme, factors: Design['factors']): Design => ({
  ...design(scheme, [1, 1, 1]),
  factors,
});

describe('simulate', () => {
  /*
   * Three arms 1:1:1, 300 participants, 10 sites, further factors with 2, 2 and 3 levels: figures of 2,000 trials
   * from a simulation in another language, rounded; docs/decisions/0010 lists them. Both carry
   * simulation error; the tolerance is four standard errors of the difference and the rounding.
   */
  it.each<[string, Design, { own: number; full: number; forced: number; overall: number; worst: number }]>([
    [
      'simple',
      trial({ kind: 'simple' }, allFactors),
      { own: 0.333, full: 0.333, forced: 0, overall: 17.2, worst: 19.0 },
    ],
    [
      'blocks of 3 and 6 by site',
      trial({ kind: 'permuted-blocks', sizes: [3, 6] }, [site]),
      { own: 0.569, full: 0.568, forced: 0.23, overall: 3.0, worst: 13.9 },
    ],
    [
      'blocks of 6 and 9 by site',
      trial({ kind: 'permuted-blocks', sizes: [6, 9] }, [site]),
      { own: 0.531, full: 0.531, forced: 0.15, overall: 3.7, worst: 14.1 },
    ],
    [
      'block urn with λ = 3 by site',
      trial({ kind: 'block-urn', lambda: 3 }, [site]),
      { own: 0.463, full: 0.464, forced: 0.011, overall: 5.0, worst: 14.4 },
    ],
    [
      'minimisation with p = 7/10',
      trial(minimisation({ probability: '7/10' }), allFactors),
      { own: 0.429, full: 0.635, forced: 0, overall: 2.4, worst: 4.4 },
    ],
    [
      'minimisation with p = 4/5',
      trial(minimisation(), allFactors),
      { own: 0.456, full: 0.723, forced: 0, overall: 1.7, worst: 3.2 },
    ],
  ])('reproduces the reference figures of %s', (_, subject, expected) => {
    const trials = 500;
    const result = simulate(subject, {
      n: 300,
      trials,
      seed: 2026,
      ...(subject.factors.length === 1 ? { observed } : {}),
    });
    const near = (
      { mean, standardError }: { mean: number; standardError: number },
      figure: number,
      rounding: number,
    ) =>
      expect(Math.abs(mean - figure), `${mean} against ${figure}`).toBeLessThanOrEqual(
        rounding + 4 * standardError * Math.sqrt(1 + trials / 2000),
      );
    near(result.guessOwnSite, expected.own, 0.0005);
    near(result.guessFullState, expected.full, 0.0005);
    near(result.forced, expected.forced, expected.forced > 0.1 ? 0.005 : 0.0005);
    near(result.overallRange, expected.overall, 0.05);
    near(result.worstFactorRange!, expected.worst, 0.05);
  });

  it('tends to certainty as p does: what p = 1 would be like', () => {
    const nearly = simulate(trial(minimisation({ probability: '999999/1000000' }), allFactors), {
      n: 300,
      trials: 300,
      seed: 5,
    });
    expect(nearly.guessFullState.mean).toBeCloseTo(0.896, 2);
    expect(nearly.guessOwnSite.mean).toBeCloseTo(0.506, 2);
  });

  it.each(blocks.blocks.filter(({ block }) => new Set(block).size === 1 && block.length <= 3))(
    'guesses in one block of $block as often as the closed forms say',
    ({ block, correctGuesses, certain }) => {
      // Blackwell & Hodges 1957; for equal arms both guessers are the same.
      const n = block.reduce((sum, places) => sum + places, 0);
      const subject = design(
        { kind: 'permuted-blocks', sizes: [n] },
        block.map(() => 1),
      );
      const { guessOwnSite, guessFullState, forced } = simulate(subject, { n, trials: 4000, seed: n });
      for (const guess of [guessOwnSite, guessFullState]) {
        expect(Math.abs(guess.mean - value(correctGuesses) / n)).toBeLessThanOrEqual(
          4 * guess.standardError + 1e-9,
        );
      }
      expect(Math.abs(forced.mean - value(certain) / n)).toBeLessThanOrEqual(4 * forced.standardError + 1e-9);
    },
  );

  it('is the same for the same seed and not for another', () => {
    const options = { n: 60, trials: 20, seed: 1 };
    const subject = trial(minimisation(), allFactors);
    expect(simulate(subject, options)).toEqual(simulate(subject, options));
    expect(simulate(subject, { ...options, seed: 2 })).not.toEqual(simulate(subject, options));
  });

  it('takes another number of sites, frequencies, and a site that the design doesn’t know', () => {
    const subject = trial({ kind: 'permuted-blocks', sizes: [6] }, [site]);
    expect(simulate(subject, { n: 60, trials: 5, seed: 1, sites: 3 }).sites).toBe(3);
    const blind = design({ kind: 'simple' }, [1, 1]);
    expect(simulate(blind, { n: 60, trials: 5, seed: 1, sites: 4 }).sites).toBe(4);
    expect(simulate(blind, { n: 60, trials: 5, seed: 1 }).worstFactorRange).toBeNull();
    // Everyone at one site: as if there were no other.
    const one = simulate(subject, {
      n: 60,
      trials: 50,
      seed: 1,
      frequencies: { site: [1, ...Array(9).fill(0)] },
    });
    expect(one.overallRange.mean).toBe(0);
  });

  it('takes a site factor of another name', () => {
    const subject = trial({ kind: 'permuted-blocks', sizes: [6] }, [{ ...site, id: 'clinic' }]);
    const named = simulate(subject, { n: 60, trials: 5, seed: 1, siteFactor: 'clinic' });
    const usual = simulate(trial({ kind: 'permuted-blocks', sizes: [6] }, [site]), {
      n: 60,
      trials: 5,
      seed: 1,
    });
    expect(named).toEqual({ ...usual, siteFactor: 'clinic' });
    expect(simulate(subject, { n: 60, trials: 5, seed: 1 }).siteFactor).toBeNull();
  });

  it('counts unequal arms in relation to their ratio', () => {
    const subject = design({ kind: 'permuted-blocks', sizes: [4] }, [2, 1, 1]);
    const result = simulate(subject, { n: 40, trials: 20, seed: 1 });
    expect(result.overallRange.mean).toBe(0);
  });

  it('refuses what makes no sense, in words', () => {
    const subject = design({ kind: 'simple' }, [1, 1], [2]);
    const options = { n: 10, trials: 10, seed: 1 };
    expect(() => simulate(subject, { ...options, n: 0 })).toThrow('participants');
    expect(() => simulate(subject, { ...options, trials: 1 })).toThrow('two trials');
    expect(() => simulate(subject, { ...options, seed: 0.5 })).toThrow('seed');
    expect(() => simulate(subject, { ...options, frequencies: { f0: [1] } })).toThrow('2 levels of f0');
    expect(() => simulate(subject, { ...options, frequencies: { f0: [0, 0] } })).toThrow('not all 0');
    const list = design({ kind: 'list', entries: [{ stratum: '', arm: 'a' }] }, [1, 1]);
    expect(() => simulate(list, options)).toThrow('fixed');
  });
});

describe('the quick sequence', () => {
  it('has the exact probabilities of the engine in every state that it reaches', () => {
    fc.assert(
      fc.property(anyDesign, people, fc.nat(), (subject, picks, seed) => {
        // The random sizes of blocks are drawn apart, so only one size can be followed from outside.
        fc.pre(subject.scheme.kind !== 'permuted-blocks' || subject.scheme.sizes.length === 1);
        const sequence = sequenceOf(subject);
        const random = seededUniform(seed);
        const state = begin(subject);
        const { columnArm, ratios, firstColumn } = sequence.plan;
        for (const pick of picks) {
          const factors = factorsOf(subject, pick);
          const levels = subject.factors.map(({ id, levels: names }) => names.indexOf(factors[id]!));
          const { arms } = score(subject, state, factors);
          const [column, weights, sum] = trace(sequence, levels, random);
          subject.arms.forEach(({ id }, k) => {
            const own = weights
              .filter((_, j) => columnArm[j] === k)
              .reduce((total, weight) => total + weight, 0);
            expect(formatFraction(fraction(BigInt(own), BigInt(sum)))).toBe(arms[id]!.probability);
          });
          const k = columnArm[column]!;
          const slot = columnArm.length > ratios.length ? column - firstColumn[k]! + 1 : undefined;
          record(state, factors, subject.arms[k]!.id, { slot });
        }
      }),
    );
  });
});

/** Draws once and finds out which column it was, from a copy of the drawn number. */
function trace(sequence: ReturnType<typeof sequenceOf>, levels: number[], random: () => number) {
  const drawn: number[] = [];
  const arm = sequence.next(levels, () => {
    const value = random();
    drawn.push(value);
    return value;
  });
  const weights = Array.from(sequence.last().values).slice(0, sequence.plan.columnArm.length);
  const { sum } = sequence.last();
  let at = 0;
  let left = uniformBelow(() => drawn[at++]!, sum);
  const column = weights.findIndex((weight) => {
    if (left < weight) return true;
    left -= weight;
    return false;
  });
  expect(sequence.plan.columnArm[column]).toBe(arm);
  return [column, weights, sum] as const;
}

describe('rerandomiser', () => {
  it('has the distribution of the engine: arms of the first two participants against enumeration', () => {
    const subject = design(minimisation(), [1, 1, 1], [2]);
    const participants = [{ factors: { f0: '0' } }, { factors: { f0: '0' } }];
    const next = rerandomiser([{ design: subject, participants }], 4);
    const times = new Map<string, number>();
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const key = next().join('');
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    // First any arm, then the two empty ones tied: 2/5 each, 1/5 for the one that has a participant.
    for (const first of [0, 1, 2]) {
      for (const second of [0, 1, 2]) {
        const p = (1 / 3) * (first === second ? 1 / 5 : 2 / 5);
        const error = Math.sqrt((p * (1 - p)) / draws);
        expect(Math.abs((times.get(`${first}${second}`) ?? 0) / draws - p)).toBeLessThan(4.5 * error);
      }
    }
  });

  it('keeps block sizes random', () => {
    const subject = design({ kind: 'permuted-blocks', sizes: [2, 4] }, [1, 1]);
    const next = rerandomiser([{ design: subject, participants: [{ factors: {} }, { factors: {} }] }], 4);
    let same = 0;
    for (let i = 0; i < 6000; i++) {
      const [a, b] = next();
      if (a === b) same += 1;
    }
    // Never in a block of 2, 1/3 in a block of 4: 1/6 in all, standard deviation .0048.
    expect(Math.abs(same / 6000 - 1 / 6)).toBeLessThan(4.5 * 0.0048);
  });

  /** Probabilities of every sequence of arms, by the exact door that verifiers use: `score`, `record`, `nextEpoch`. */
  function everySequence(stages: readonly Stage[]): Map<string, number> {
    const names = armsOfStages(stages);
    const found = new Map<string, number>();
    const places = stages.flatMap(({ participants }, s) => participants.map((one) => ({ ...one, s })));
    const walk = (arms: string[], probability: number): void => {
      if (arms.length === places.length) {
        const key = arms.map((arm) => names.indexOf(arm)).join('');
        found.set(key, (found.get(key) ?? 0) + probability);
        return;
      }
      let state = begin(stages[0]!.design);
      let at = 0;
      const enter = (s: number) => {
        for (; at < s; at++) state = nextEpoch(stages[at + 1]!.design, state).state;
      };
      arms.forEach((arm, i) => {
        enter(places[i]!.s);
        const isList = stages[at]!.design.scheme.kind === 'list';
        record(state, places[i]!.factors, arm, { outside: places[i]!.fixed !== undefined || isList });
      });
      const { s, factors, fixed } = places[arms.length]!;
      enter(s);
      if (fixed !== undefined) {
        walk([...arms, fixed], probability);
        return;
      }
      for (const [arm, { probability: share }] of Object.entries(
        score(stages[s]!.design, state, factors).arms,
      )) {
        const { numerator, denominator } = parseFraction(share)!;
        if (numerator > 0n) walk([...arms, arm], (probability * Number(numerator)) / Number(denominator));
      }
    };
    walk([], 1);
    return found;
  }

  const at = (f0: string, f1?: string, fixed?: string) => ({
    factors: { f0, ...(f1 !== undefined && { f1 }) },
    ...(fixed !== undefined && { fixed }),
  });
  const two = minimisation({ overall: true });
  const arms = design(two, [1, 1], [2]).arms.map(({ id }) => id);
  it.each<[string, Stage[]]>([
    [
      'a factor is added, and who is fixed counts',
      [
        { design: design(two, [1, 1], [2]), participants: [at('0'), at('1', undefined, arms[0]), at('0')] },
        { design: design(two, [1, 1], [2, 2]), participants: [at('0', '1'), at('1', '1'), at('0', '0')] },
      ],
    ],
    [
      'an arm is added: counts begin from nothing',
      [
        { design: design(two, [1, 1], [2]), participants: [at('0'), at('0', undefined, arms[0])] },
        { design: design(two, [1, 1, 1], [2]), participants: [at('0'), at('0')] },
      ],
    ],
    [
      'blocks, whose places the fixed don’t take, then minimisation that counts them all',
      [
        {
          design: design({ kind: 'permuted-blocks', sizes: [4] }, [1, 1], [2]),
          participants: [at('0'), at('0', undefined, arms[1]), at('0')],
        },
        { design: design(two, [1, 1], [2]), participants: [at('0'), at('1')] },
      ],
    ],
    [
      'a list, then minimisation, then a coin in strata that begin anew',
      [
        {
          design: design({ kind: 'list', entries: [{ stratum: 'f0=0', arm: arms[0]! }] }, [1, 1], [2]),
          participants: [at('0', undefined, arms[0])],
        },
        { design: design(two, [1, 1], [2]), participants: [at('0'), at('1')] },
        {
          design: design({ kind: 'efron', probability: '2/3' }, [1, 1], [2]),
          participants: [at('0'), at('0', undefined, arms[1]), at('0')],
        },
      ],
    ],
    [
      'pseudo-arms with somebody fixed',
      [
        {
          design: design(minimisation({ unequal: 'pseudo-arms' }), [2, 1], [2]),
          participants: [at('0'), at('0', undefined, arms[0]), at('0')],
        },
      ],
    ],
  ])('follows the engine where %s', (_, stages) => {
    const expected = everySequence(stages);
    const next = rerandomiser(stages, 11);
    const draws = 20_000;
    const times = new Map<string, number>();
    for (let i = 0; i < draws; i++) {
      const key = next().join('');
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    for (const key of times.keys()) expect(expected.has(key), key).toBe(true);
    for (const [key, p] of expected) {
      const error = Math.sqrt((p * (1 - p)) / draws);
      expect(Math.abs((times.get(key) ?? 0) / draws - p), key).toBeLessThanOrEqual(4.5 * error);
    }
  });

  it('refuses a list whose participants are not fixed', () => {
    const list = design({ kind: 'list', entries: [{ stratum: 'f0=0', arm: arms[0]! }] }, [1, 1], [2]);
    expect(() => rerandomiser([{ design: list, participants: [at('0')] }], 1)).toThrow('list is fixed');
  });

  it('refuses participants whose factors are not in the design', () => {
    const subject = design(minimisation(), [1, 1], [2]);
    const stages = [{ design: subject, participants: [{ factors: { f0: '9' } }] }];
    expect(() => rerandomiser(stages, 1)).toThrow('not a level');
  });
});

describe('uniformBelow', () => {
  it('rejects what would make small numbers likelier', () => {
    // 2^32 = 3 · 1,431,655,765 + 1: the last number is rejected.
    const words = [4_294_967_295, 5];
    expect(uniformBelow(() => words.shift()!, 3)).toBe(2);
    expect(words).toEqual([]);
  });

  it('refuses to choose among nothing', () => {
    expect(() => uniformBelow(() => 0, 0)).toThrow(RangeError);
  });
});

describe('warnings', () => {
  const about = (subject: Design, n = 300) =>
    warnings(simulate(subject, { n, trials: 100, seed: 1 }), subject).join('\n');

  it('speaks up about one small block size, with the share of certain allocations', () => {
    expect(about(trial({ kind: 'permuted-blocks', sizes: [3] }, [site]))).toMatch(
      /All blocks have 3 places, and 3[23]% of the allocations are certain/,
    );
  });

  it('speaks up about too many strata', () => {
    expect(about(trial({ kind: 'permuted-blocks', sizes: [6, 9] }, allFactors))).toContain(
      'There are 120 strata for 300',
    );
  });

  it('speaks up about a p that is nearly 1, and one that ties turn round', () => {
    expect(about(trial(minimisation({ probability: '19/20' }), allFactors))).toContain('nearly certain');
    expect(about(trial(minimisation({ probability: '3/5' }), allFactors))).toContain('greater than 2/3');
    expect(about(trial(minimisation(), allFactors))).not.toContain('nearly certain');
  });

  it('speaks up about imbalance in a small simple trial', () => {
    expect(about(design({ kind: 'simple' }, [1, 1]), 40)).toContain('differ by');
  });

  it('has nothing to say about the block urn in a moderate trial', () => {
    expect(about(trial({ kind: 'block-urn', lambda: 3 }, [site]))).toBe('');
  });
});

const value = (text: string) => {
  const { numerator, denominator } = parseFraction(text)!;
  return Number(numerator) / Number(denominator);
};
