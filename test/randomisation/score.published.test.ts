import { describe, expect, it } from 'vitest';
import { formatFraction, parseFraction } from '../../randomisation/fraction.ts';
import { type Design, type Factors, score } from '../../randomisation/index.ts';
import { planOf } from '../../randomisation/plan.ts';
import { distanceBetween } from '../../randomisation/schemes/distance.ts';
import { coinFor } from '../../randomisation/schemes/minimisationPlan.ts';
import published from '../reference/randomisation/published.json';
import { design, minimisation } from './designs.ts';

describe('minimisation', () => {
  it('gives the scores and probabilities of Pocock & Simon’s 51st patient', () => {
    const { counts, participant, G, probabilities, method_a_p: probability } = published.pocockSimon1975;
    const trial: Design = {
      engine: 1,
      study: 'Pocock & Simon 1975',
      arms: ['1', '2', '3'].map((id) => ({ id, ratio: 1 })),
      factors: [
        { id: 'factor1', levels: ['1', '2'], weight: 2 },
        { id: 'factor2', levels: ['1', '2'], weight: 1 },
        { id: 'factor3', levels: ['1', '2', '3'], weight: 1 },
      ],
      scheme: minimisation({ probability }),
    };
    const { arms, preferred } = score(trial, { counts }, participant as Factors);
    expect(trial.arms.map(({ id }) => arms[id]!.imbalance)).toEqual(G.map((g) => `${g}/1`));
    expect(trial.arms.map(({ id }) => arms[id]!.probability)).toEqual(probabilities);
    expect([...preferred]).toEqual(['3']);
  });

  it('gives the scores of the worked example in Korean J Anesthesiol 2019', () => {
    const { counts, participant, range_scores: scores, preferred: expected } = published.kja2019;
    const trial: Design = {
      engine: 1,
      study: 'KJA 2019',
      arms: ['control', 'treatment'].map((id) => ({ id, ratio: 1 })),
      factors: [
        { id: 'site', levels: ['1', '2'] },
        { id: 'sex', levels: ['M', 'F'] },
        { id: 'age', levels: ['<20', '20-64', '>=65'] },
      ],
      scheme: minimisation(),
    };
    const { arms, preferred } = score(trial, { counts }, participant as Factors);
    expect(trial.arms.map(({ id }) => arms[id]!.imbalance)).toEqual(scores.map((value) => `${value}/1`));
    expect([...preferred]).toEqual(expected);
  });

  it('gives four arms the probabilities of Pocock & Simon’s method a', () => {
    const { G, p, probabilities } = published.pocockSimonMethodA;
    const plan = planOf(design(minimisation({ probability: p }), [1, 1, 1, 1], [2])).minimisation!;
    expect(coinFor(plan, 2 ** G.indexOf(Math.min(...G))).texts).toEqual(probabilities);
  });

  it.each(published.han2009Distances.cases)(
    'measures the counts $counts as Han et al. 2009',
    ({ counts, range, variance, marginal }) => {
      const values = counts.map(BigInt);
      expect(distanceBetween('range', values).numerator).toBe(BigInt(range));
      expect(formatFraction(distanceBetween('variance', values))).toBe(variance);
      expect(formatFraction(distanceBetween('marginal-balance', values))).toBe(marginal);
    },
  );

  it('gives the biased-coin table that Han et al. 2009 print for 1:2:3', () => {
    const { ratio, p, rows } = published.han2009Coin;
    const plan = planOf(design(minimisation({ probability: p }), ratio, [2])).minimisation!;
    rows.forEach((row, k) => {
      const exact = coinFor(plan, 2 ** k).probabilities;
      expect(exact.map(({ numerator, denominator }) => Number(numerator) / Number(denominator))).toEqual(row);
    });
  });

  it.each(published.han2009CoinExact.cases)(
    'gives Han’s coin for the ratio $ratio exactly',
    ({ ratio, pH, rows }) => {
      const plan = planOf(design(minimisation({ probability: pH }), ratio, [2])).minimisation!;
      rows.forEach((row, k) => {
        expect(coinFor(plan, 2 ** k).texts).toEqual(row);
      });
    },
  );

  it('lets tied arms share the best probability, and gives the ratio when all are tied', () => {
    const plan = (ratio: number[]) => planOf(design(minimisation(), ratio, [2])).minimisation!;
    // p/t for t tied arms, (1 − p)/(K − t) for the others.
    expect(coinFor(plan([1, 1, 1]), 0b011).texts).toEqual(['2/5', '2/5', '1/5']);
    expect(coinFor(plan([1, 1, 1]), 0b111).texts).toEqual(['1/3', '1/3', '1/3']);
    // 2:1:1, the two smaller tied: they share 4/5. All tied: the ratio.
    expect(coinFor(plan([2, 1, 1]), 0b110).texts).toEqual(['1/5', '2/5', '2/5']);
    expect(coinFor(plan([2, 1, 1]), 0b111).texts).toEqual(['1/2', '1/4', '1/4']);
    // 2:1:1, arms 1 and 2 tied: mean of 13/15 and 4/5 weighted 2:1 is 38/45, shared 2:1.
    expect(coinFor(plan([2, 1, 1]), 0b011).texts).toEqual(['76/135', '38/135', '7/45']);
  });

  it('sees ties that doubles miss', () => {
    // Two arms, weights 1/10, 2/10 and 3/10. Joining a: ranges 2, 2 and 0; joining b: 0, 0 and 2. In doubles
    // 0.1·2 + 0.2·2 = 0.6000000000000001 and 0.3·2 = 0.6.
    expect(0.1 * 2 + 0.2 * 2).not.toBe(0.3 * 2);
    const trial = design(minimisation(), [1, 1], [1, 1, 1], [0.1, 0.2, 0.3]);
    const counts = { f0: { 0: [1, 0] }, f1: { 0: [1, 0] }, f2: { 0: [0, 1] } };
    const { arms, preferred } = score(trial, { counts }, { f0: '0', f1: '0', f2: '0' });
    expect(arms.a!.imbalance).toBe('3/5');
    expect(arms.b!.imbalance).toBe('3/5');
    expect([...preferred]).toEqual(['a', 'b']);
  });

  it('stays exact beyond the whole numbers that doubles hold', () => {
    // Variance of 10^9 and 10^9 + 2, joined by one: (1)²/2 = 1/2 and (3)²/2 = 9/2.
    const trial = design(minimisation({ distance: 'variance' }), [1, 1], [1]);
    const { arms } = score(trial, { counts: { f0: { 0: [1e9, 1e9 + 2] } } }, { f0: '0' });
    expect([arms.a!.imbalance, arms.b!.imbalance]).toEqual(['1/2', '9/2']);
  });

  it('counts overall balance as one more factor of weight 1', () => {
    const counts = { f0: { 0: [2, 1], 1: [0, 4] } };
    const without = score(design(minimisation(), [1, 1], [2]), { counts }, { f0: '0' });
    const overall = score(design(minimisation({ overall: true }), [1, 1], [2]), { counts }, { f0: '0' });
    expect([without.arms.a!.imbalance, without.arms.b!.imbalance]).toEqual(['2/1', '0/1']);
    // Overall 2:5, so joining a leaves 2 and joining b leaves 4.
    expect([overall.arms.a!.imbalance, overall.arms.b!.imbalance]).toEqual(['4/1', '4/1']);
  });

  it('expands unequal ratios to pseudo-arms and adds them up again', () => {
    // 2:1 as a#1, a#2, b with counts 1, 0, 0 (filled evenly): a#2 and b tie at range 1, a#1 leaves 2.
    const trial = design(minimisation({ unequal: 'pseudo-arms' }), [2, 1], [1]);
    const { arms, preferred } = score(trial, { counts: { f0: { 0: [1, 0] } } }, { f0: '0' });
    expect(arms).toEqual({
      a: { imbalance: '1/1', probability: '3/5', weight: 3n },
      b: { imbalance: '1/1', probability: '2/5', weight: 2n },
    });
    expect([...preferred]).toEqual(['a', 'b']);
  });
});

describe('block urn', () => {
  it('gives the probabilities of Zhao & Weng 2011, Table 1', () => {
    const { sequence, exact, publishedPA } = published.zhaoWeng2011;
    const trial = {
      ...design({ kind: 'block-urn', lambda: 3 }, [1, 1]),
      arms: ['A', 'B'].map((id) => ({ id, ratio: 1 })),
    };
    const counts: Record<string, number> = { A: 0, B: 0 };
    const probabilities = sequence.map((arm) => {
      const { arms } = score(trial, { strata: { '': { ...counts } } }, {});
      counts[arm]! += 1;
      return arms.A!.probability;
    });
    expect(probabilities).toEqual(exact);
    const rounded = probabilities.map((text) => {
      const { numerator, denominator } = parseFraction(text)!;
      return Number(numerator) / Number(denominator);
    });
    expect(rounded).toEqual(publishedPA);
  });
});
