import fc from 'fast-check';
import type { Design, Factors, Scheme } from '../../randomisation/index.ts';

/** A design with arms a, b, c… in the given ratio and factors f0, f1… with levels 0, 1… */
export function design(
  scheme: Scheme,
  ratios: number[],
  levels: number[] = [],
  weights?: (number | string)[],
): Design {
  return {
    engine: 1,
    study: 'test',
    arms: ratios.map((ratio, k) => ({ id: String.fromCharCode(97 + k), ratio })),
    factors: levels.map((count, i) => ({
      id: `f${i}`,
      levels: Array.from({ length: count }, (_, l) => `${l}`),
      ...(weights ? { weight: weights[i]! } : {}),
    })),
    scheme,
  };
}

export const minimisation = (
  rest: Partial<Extract<Scheme, { kind: 'minimisation' }>> = {},
): Extract<Scheme, { kind: 'minimisation' }> => ({
  kind: 'minimisation',
  distance: 'range',
  probability: '4/5',
  ...rest,
});

const ratio = fc.constantFrom<number[]>([1, 1], [1, 1, 1], [1, 2], [2, 1, 1], [3, 2, 1], [1, 1, 1, 1]);
const levels = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });

/** Minimisation of every kind. */
export const minimisations: fc.Arbitrary<Design> = fc
  .record({
    ratio,
    levels,
    distance: fc.constantFrom('range', 'variance', 'marginal-balance' as const),
    overall: fc.boolean(),
    unequal: fc.constantFrom('biased-coin', 'pseudo-arms' as const),
    probability: fc.constantFrom('4/5', '7/10', '0.9', '17/19'),
    weights: fc.array(fc.constantFrom(1, 2, 0.5, '1/3', 0.1), { minLength: 3, maxLength: 3 }),
  })
  .map(({ ratio: ratios, levels: counts, weights, ...scheme }) =>
    design({ kind: 'minimisation', ...scheme } as Scheme, ratios, counts, weights),
  );

/** Every scheme but the list. */
export const anyDesign: fc.Arbitrary<Design> = fc.oneof(
  minimisations,
  fc
    .record({ ratio, levels, multiples: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 }) })
    .map(({ ratio: ratios, levels: counts, multiples }) => {
      const sum = ratios.reduce((total, value) => total + value, 0);
      return design({ kind: 'permuted-blocks', sizes: multiples.map((m) => m * sum) }, ratios, counts);
    }),
  fc
    .record({ ratio, levels, lambda: fc.integer({ min: 1, max: 4 }) })
    .map(({ ratio: ratios, levels: counts, lambda }) =>
      design({ kind: 'block-urn', lambda }, ratios, counts),
    ),
  fc.record({ ratio, levels }).map(({ ratio: r, levels: l }) => design({ kind: 'simple' }, r, l)),
  levels.map((counts) => design({ kind: 'efron', probability: '2/3' }, [1, 1], counts)),
  levels.map((counts) => design({ kind: 'big-stick', limit: 2 }, [1, 1], counts)),
);

/** Participants of a design, as numbers that pick the levels. */
export const people = fc.array(fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }), { maxLength: 40 });

export function factorsOf({ factors }: Design, picks: readonly number[]): Factors {
  return Object.fromEntries(
    factors.map(({ id, levels: names }, i) => [id, names[picks[i]! % names.length]!]),
  );
}

/** A seeded source for tests: xorshift32, its lowest byte each time. */
export function bytesFrom(seed: number) {
  let x = (seed | 1) >>> 0;
  return {
    generate: (length: number) =>
      Uint8Array.from({ length }, () => {
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        return (x >>> 8) & 255;
      }),
  };
}
