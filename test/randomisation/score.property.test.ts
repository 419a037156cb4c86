import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addFractions, formatFraction, fraction, parseFraction } from '../../randomisation/fraction.ts';
import {
  allocate,
  begin,
  type Design,
  decide,
  fromCounts,
  record,
  replay,
  score,
} from '../../randomisation/index.ts';
import { planOf } from '../../randomisation/plan.ts';
import { exactImbalances, scaledImbalances } from '../../randomisation/schemes/distance.ts';
import { anyDesign, bytesFrom, factorsOf, minimisations, people } from './designs.ts';

/** A state in which the picked people have been allocated by the design itself. */
function played(design: Design, picks: number[][], seed = 1) {
  const state = begin(design);
  const source = bytesFrom(seed);
  const history = picks.map((pick) => {
    const { arm, block, slot, factors } = allocate(design, state, factorsOf(design, pick), source);
    return { arm, block, slot, factors };
  });
  return { state, history };
}

const someone = [1, 2, 3];

describe('score', () => {
  it('gives probabilities that sum to exactly 1 and follow from the whole-number weights', () => {
    fc.assert(
      fc.property(anyDesign, people, (design, picks) => {
        const { state } = played(design, picks);
        const arms = Object.values(score(design, state, factorsOf(design, someone)).arms);
        const sum = arms.reduce(
          (total, { probability }) => addFractions(total, parseFraction(probability)!),
          fraction(0n, 1n),
        );
        expect(formatFraction(sum)).toBe('1/1');
        const weights = arms.reduce((total, { weight }) => total + weight, 0n);
        for (const { weight, probability } of arms) {
          expect(formatFraction(fraction(weight, weights))).toBe(probability);
        }
      }),
    );
  });

  it('by minimisation prefers exactly the arms with the least imbalance', () => {
    fc.assert(
      fc.property(minimisations, people, (design, picks) => {
        const { state } = played(design, picks);
        const { arms, preferred } = score(design, state, factorsOf(design, someone));
        const order = (a: string, b: string) => {
          const [x, y] = [parseFraction(a)!, parseFraction(b)!];
          return Number(x.numerator * y.denominator - y.numerator * x.denominator);
        };
        const least = Object.values(arms)
          .map(({ imbalance }) => imbalance)
          .sort(order)[0]!;
        for (const [id, { imbalance }] of Object.entries(arms)) {
          expect(preferred.has(id)).toBe(order(imbalance, least) === 0);
        }
      }),
    );
  });

  it('doesn’t depend on what the arms are called or in which order they stand', () => {
    fc.assert(
      fc.property(anyDesign, people, fc.nat(), (design, picks, turn) => {
        const { state, history } = played(design, picks);
        const names = new Map(design.arms.map(({ id }, k) => [id, `renamed ${k}`]));
        const moved = design.arms.map(({ id, ratio }) => ({ id: names.get(id)!, ratio }));
        const turned: Design = { ...design, arms: moved.map((_, k) => moved[(k + turn) % moved.length]!) };
        const renamed = replay(
          turned,
          history.map((one) => ({ ...one, arm: names.get(one.arm)! })),
        );
        const before = score(design, state, factorsOf(design, someone));
        const after = score(turned, renamed, factorsOf(design, someone));
        for (const { id } of design.arms) expect(after.arms[names.get(id)!]).toEqual(before.arms[id]);
        expect([...after.preferred].sort()).toEqual([...before.preferred].map((id) => names.get(id)!).sort());
      }),
    );
  });

  it('by range and by variance doesn’t change when every arm of a level gets its ratio’s share more', () => {
    fc.assert(
      fc.property(minimisations, people, fc.nat(50), (design, picks, more) => {
        fc.pre(design.scheme.kind === 'minimisation' && design.scheme.distance !== 'marginal-balance');
        const { state } = played(design, picks);
        const factors = factorsOf(design, someone);
        const before = score(design, state, factors);
        const plan = planOf(design);
        const level = plan.levelIndex[0]!.get(factors.f0!)!;
        plan.columnArm.forEach((k, j) => {
          const pseudo = plan.columnArm.length > plan.ratios.length;
          state.margins[0]![level]![j]! += more * (pseudo ? 1 : plan.ratios[k]!);
        });
        expect(score(design, state, factors)).toEqual(before);
      }),
    );
  });

  it('by minimisation doesn’t depend on the order of those before', () => {
    fc.assert(
      fc.property(minimisations, people, fc.nat(), (design, picks, turn) => {
        const { state, history } = played(design, picks);
        const reordered = history.map((_, i) => history[(i + turn) % history.length]!).reverse();
        const factors = factorsOf(design, someone);
        expect(score(design, replay(design, reordered), factors)).toEqual(score(design, state, factors));
      }),
    );
  });

  it('changes nothing, and neither does a decision', () => {
    fc.assert(
      fc.property(anyDesign, people, (design, picks) => {
        const { state } = played(design, picks);
        const before = structuredClone(state);
        const factors = factorsOf(design, someone);
        score(design, state, factors);
        const first = decide(design, state, factors, bytesFrom(7));
        expect(state).toEqual(before);
        expect(decide(design, state, factors, bytesFrom(7))).toEqual(first);
      }),
    );
  });

  it('takes the quick sums and the exact fractions to the same numbers', () => {
    fc.assert(
      fc.property(
        minimisations,
        fc.array(fc.nat(3000), { minLength: 40, maxLength: 40 }),
        (design, numbers) => {
          const plan = planOf(design).minimisation!;
          let at = 0;
          const rows = plan.weights.map(() => plan.shares.map(() => numbers[at++ % 40]!));
          const scaled: number[] = [];
          const unit = scaledImbalances(plan, rows, 40 * 3000, scaled);
          fc.pre(unit > 0);
          const exact = exactImbalances(plan, rows).map(formatFraction);
          expect(scaled.map((value) => formatFraction(fraction(BigInt(value), BigInt(unit))))).toEqual(exact);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a state', () => {
  it('kept allocation by allocation equals the state replayed from history', () => {
    fc.assert(
      fc.property(anyDesign, people, fc.nat(), (design, picks, seed) => {
        const { state, history } = played(design, picks, seed);
        expect(replay(design, history)).toEqual(state);
      }),
    );
  });

  it('from plain counts scores as the state they were read from', () => {
    fc.assert(
      fc.property(minimisations, people, (design, picks) => {
        fc.pre(design.scheme.kind === 'minimisation' && design.scheme.unequal !== 'pseudo-arms');
        const { state } = played(design, picks);
        const counts = Object.fromEntries(
          design.factors.map(({ id, levels }, i) => [
            id,
            Object.fromEntries(levels.map((level, l) => [level, state.margins[i]![l]!])),
          ]),
        );
        const factors = factorsOf(design, someone);
        expect(score(design, { counts }, factors)).toEqual(score(design, state, factors));
        expect(fromCounts(design, { counts, overall: state.overall }).overall).toEqual(state.overall);
      }),
    );
  });
});

describe('permuted blocks', () => {
  it('are in the exact ratio at every block’s end, in every stratum', () => {
    fc.assert(
      fc.property(anyDesign, people, fc.nat(), (design, picks, seed) => {
        fc.pre(design.scheme.kind === 'permuted-blocks');
        const state = begin(design);
        const source = bytesFrom(seed);
        const opened = new Map<string, number>();
        for (const pick of picks) {
          const { stratum, block } = allocate(design, state, factorsOf(design, pick), source);
          if (block) opened.set(stratum, (opened.get(stratum) ?? 0) + block);
          const { counts, blockSize } = state.strata.get(stratum)!;
          if (blockSize > 0) continue;
          const blocks = opened.get(stratum)! / design.arms.reduce((sum, { ratio }) => sum + ratio, 0);
          expect(counts).toEqual(design.arms.map(({ ratio }) => ratio * blocks));
        }
      }),
    );
  });
});

describe('record', () => {
  it('keeps the state as it was when an allocation can’t have come from the design', () => {
    const design: Design = {
      engine: 1,
      study: 'x',
      arms: ['a', 'b'].map((id) => ({ id, ratio: 1 })),
      factors: [],
      scheme: { kind: 'permuted-blocks', sizes: [2, 4] },
    };
    const state = begin(design);
    record(state, {}, 'a', { block: 2 });
    const before = structuredClone(state);
    expect(() => record(state, {}, 'a')).toThrow('no place left');
    expect(() => record(state, {}, 'b', { block: 4 })).toThrow('another was open');
    expect(() => record(state, {}, 'c')).toThrow('no arm');
    expect(state).toEqual(before);
    record(state, {}, 'b');
    expect(() => record(state, {}, 'a')).toThrow('is not recorded');
    expect(() => record(state, {}, 'a', { block: 6 })).toThrow('no blocks of 6');
  });
});
