import { describe, expect, it } from 'vitest';
import {
  addFractions,
  formatFraction,
  fraction,
  multiplyFractions,
  parseFraction,
} from '../../randomisation/fraction.ts';
import { begin, type Design, record, type State, score } from '../../randomisation/index.ts';
import blocks from '../reference/randomisation/permuted-blocks.json';
import published from '../reference/randomisation/published.json';
import { design } from './designs.ts';

/** Walks through every sequence of `length` allocations that has a positive probability. */
function sequences(
  trial: Design,
  length: number,
  visit: (
    arms: string[],
    probability: ReturnType<typeof fraction>,
    steps: ReturnType<typeof score>[],
  ) => void,
): void {
  const walk = (
    arms: string[],
    probability: ReturnType<typeof fraction>,
    steps: ReturnType<typeof score>[],
  ) => {
    if (arms.length === length) {
      visit(arms, probability, steps);
      return;
    }
    const state: State = begin(trial);
    for (const arm of arms) record(state, {}, arm);
    const step = score(trial, state, {});
    for (const [arm, { probability: text }] of Object.entries(step.arms)) {
      const own = parseFraction(text)!;
      if (own.numerator > 0n) walk([...arms, arm], multiplyFractions(probability, own), [...steps, step]);
    }
  };
  walk([], fraction(1n, 1n), []);
}

describe('permuted blocks', () => {
  it.each(blocks.blocks.filter(({ sequences: count }) => count <= 2520))(
    'of $block have the enumerated sequences, guesses and certainties',
    ({ block, sequences: count, eachSequence, correctGuesses, certain, marginal }) => {
      const size = block.reduce((sum, places) => sum + places, 0);
      const divisor = block.reduce((a, b) => (b ? gcd(a, b) : a));
      const trial = design(
        { kind: 'permuted-blocks', sizes: [size] },
        block.map((places) => places / divisor),
      );
      let seen = 0;
      let guesses = fraction(0n, 1n);
      let forced = fraction(0n, 1n);
      const atPosition = Array.from({ length: size }, () => block.map(() => fraction(0n, 1n)));
      sequences(trial, size, (arms, probability, steps) => {
        seen += 1;
        expect(formatFraction(probability)).toBe(eachSequence);
        for (const [j, { arms: scores }] of steps.entries()) {
          const probabilities = Object.values(scores).map(({ probability: text }) => parseFraction(text)!);
          const best = probabilities.reduce((a, b) =>
            a.numerator * b.denominator < b.numerator * a.denominator ? b : a,
          );
          // E[correct] sums P(guess is right) over the steps of each sequence.
          guesses = addFractions(guesses, multiplyFractions(probability, best));
          if (formatFraction(best) === '1/1') forced = addFractions(forced, probability);
          const k = arms[j]!.charCodeAt(0) - 97;
          atPosition[j]![k] = addFractions(atPosition[j]![k]!, probability);
        }
      });
      expect(seen).toBe(count);
      expect(formatFraction(guesses)).toBe(whole(correctGuesses));
      expect(formatFraction(forced)).toBe(whole(certain));
      for (const position of atPosition) expect(position.map(formatFraction)).toEqual(marginal);
    },
  );

  it('of 4, 6, and 3, 6, 9 for three arms allow as many correct guesses as Blackwell & Hodges', () => {
    const expected = Object.fromEntries(
      blocks.blocks.map(({ block, correctGuesses }) => [block.join(), correctGuesses]),
    );
    expect(expected['2,2']).toBe('17/6');
    expect(expected['3,3']).toBe('41/10');
    expect(expected['1,1,1']).toBe('11/6');
    expect(expected['2,2,2']).toBe('101/30');
    expect(expected['3,3,3']).toBe('4021/840');
  });
});

describe('a chain over the lead of one arm', () => {
  /** Distribution of the counts after n allocations, forwards from the scores themselves, in doubles. */
  function run(trial: Design, n: number) {
    let correct = 0;
    let certain = 0;
    let states = new Map([['0,0', 1]]);
    for (let i = 0; i < n; i++) {
      const next = new Map<string, number>();
      for (const [key, weight] of states) {
        const [a, b] = key.split(',').map(Number) as [number, number];
        const { arms } = score(trial, { strata: { '': [a, b] } }, {});
        const p = value(arms.a!.probability);
        const q = value(arms.b!.probability);
        // The convergence strategy names the smaller arm, either when level.
        correct += weight * (a === b ? 0.5 : a < b ? p : q);
        if (p === 1 || q === 1) certain += weight;
        for (const [to, chance] of [
          [`${a + 1},${b}`, p],
          [`${a},${b + 1}`, q],
        ] as const) {
          if (chance > 0) next.set(to, (next.get(to) ?? 0) + weight * chance);
        }
      }
      states = next;
    }
    return { correct: correct / n, certain: certain / n, balanced: states.get(`${n / 2},${n / 2}`) ?? 0 };
  }
  const schemes: Record<string, Design> = {
    'PBD(20)': design({ kind: 'permuted-blocks', sizes: [20] }, [1, 1]),
    'EBC(0.7)': design({ kind: 'efron', probability: '7/10' }, [1, 1]),
  };

  it.each(published.zhao2011.rows)('$procedure, n = $n: Zhao et al. 2011, Table III', (row) => {
    const result = run(schemes[row.procedure]!, row.n);
    expect(result.balanced).toBeCloseTo(row.balanced, 10);
    expect(result.certain).toBeCloseTo(row.certain, 10);
    expect(result.correct).toBeCloseTo(row.correct, 10);
    // Published to three decimals from 5,000 simulated trials: 4 standard errors of at most sqrt(.25/(5000·n)).
    expect(Math.abs(result.correct - row.publishedCorrect)).toBeLessThan(
      0.0005 + 4 * Math.sqrt(0.25 / (5000 * row.n)),
    );
  });

  it('Efron’s coin with p = 2/3 has an excess of correct guesses that tends to 1/8', () => {
    // Blackwell & Hodges 1957; Efron, Biometrika 1971;58:403–417, section 4.
    const { correct } = run(design({ kind: 'efron', probability: '2/3' }, [1, 1]), 400);
    expect(correct - 0.5).toBeCloseTo(1 / 8, 2);
  });

  it('the big stick with limit b is a reflected walk: half of its allocations at the limit for b = 1', () => {
    // Limit 1 is blocks of 2: every second allocation is certain. Soares & Wu 1983.
    expect(run(design({ kind: 'big-stick', limit: 1 }, [1, 1]), 40).certain).toBeCloseTo(0.5, 12);
    // Limit 2: |lead| is 0 or 2 before odd allocations, 1 before even ones; in the long run it is 2 with
    // probability 1/2 before an odd one, so that 1/4 of all are certain.
    expect(run(design({ kind: 'big-stick', limit: 2 }, [1, 1]), 400).certain).toBeCloseTo(0.25, 2);
  });
});

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const whole = (text: string) => (text.includes('/') ? text : `${text}/1`);
const value = (text: string) => {
  const { numerator, denominator } = parseFraction(text)!;
  return Number(numerator) / Number(denominator);
};
