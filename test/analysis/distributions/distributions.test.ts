import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile, betaUpper, incompleteBeta } from '../../../analysis/distributions/beta.ts';
import { binomialMass, binomialUpper, hypergeometric } from '../../../analysis/distributions/discrete.ts';
import { fQuantile, fUpper } from '../../../analysis/distributions/f.ts';
import { chiSquareQuantile, chiSquareUpper, gammaUpper } from '../../../analysis/distributions/gamma.ts';
import {
  anyBeyond,
  equicoordinateCritical,
  oneFactorLoadings,
} from '../../../analysis/distributions/multivariate-t.ts';
import { anyBeyondGeneral } from '../../../analysis/distributions/multivariate-t-general.ts';
import { noncentralTCdf, noncentralTUpper } from '../../../analysis/distributions/noncentral-t.ts';
import { normalCdf, normalQuantile, normalUpper } from '../../../analysis/distributions/normal.ts';
import {
  studentisedRangeCritical,
  studentisedRangeUpper,
} from '../../../analysis/distributions/studentised-range.ts';
import { tCdf, tQuantile, tUpper } from '../../../analysis/distributions/t.ts';
import { reference, relativeError } from '../../reference/read.ts';

const r = reference('distributions');

/** Function, reference rows [arguments…, value], largest relative error accepted. */
const cases: [string, (...x: number[]) => number, number][] = [
  ['normalUpper', normalUpper as never, 2e-14],
  ['normalQuantile', normalQuantile as never, 1e-15],
  ['tUpper', tUpper as never, 3e-13],
  ['tQuantile', tQuantile as never, 1e-11],
  ['chiSquareUpper', chiSquareUpper as never, 1e-12],
  ['chiSquareQuantile', chiSquareQuantile as never, 1e-12],
  ['fUpper', fUpper as never, 1e-12],
  ['fQuantile', fQuantile as never, 1e-11],
  ['betaCdf', betaCdf as never, 1e-12],
  ['betaUpper', betaUpper as never, 1e-12],
  ['betaQuantile', betaQuantile as never, 1e-11],
  ['gammaUpper', ((x: number, a: number) => gammaUpper(x, a)) as never, 1e-12],
  ['binomialMass', binomialMass as never, 1e-13],
  ['binomialUpper', binomialUpper as never, 1e-12],
  ['noncentralTUpper', noncentralTUpper as never, 1e-10],
  ['studentisedRangeNested', studentisedRangeUpper as never, 1e-9],
  // ptukey and qtukey themselves stop early: they are the limit here.
  ['studentisedRangeUpper', studentisedRangeUpper as never, 1e-6],
  ['studentisedRangeCritical', studentisedRangeCritical as never, 1e-6],
];

describe('distribution functions against R', () => {
  it.each(cases)('%s', (name, f, limit) => {
    expect(r[name].length).toBeGreaterThan(5);
    let worst = { error: 0, row: [] as number[], got: 0 };
    for (const row of r[name] as number[][]) {
      const got = f(...row.slice(0, -1));
      const error = relativeError(got, row.at(-1)!);
      if (error > worst.error) worst = { error, row, got };
    }
    expect(worst.error, JSON.stringify(worst)).toBeLessThan(limit);
  });
});

describe('distribution functions on their own', () => {
  const df = fc.double({ min: 0.3, max: 5000, noNaN: true });
  const p = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });

  it('quantiles invert distribution functions', () => {
    fc.assert(
      fc.property(p, df, (q, n) => {
        expect(relativeError(tCdf(tQuantile(q, n), n), q)).toBeLessThan(1e-11);
        expect(relativeError(normalCdf(normalQuantile(q)), q)).toBeLessThan(1e-13);
      }),
    );
  });

  it('tails of the beta add up to one and mirror each other', () => {
    const shape = fc.double({ min: 0.05, max: 400, noNaN: true });
    fc.assert(
      fc.property(shape, shape, fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (a, b, x) => {
        const here = incompleteBeta(a, b, x, 1 - x);
        const mirror = incompleteBeta(b, a, 1 - x, x);
        expect(here.lower + here.upper).toBeCloseTo(1, 13);
        expect(relativeError(here.lower, mirror.upper)).toBeLessThan(1e-11);
      }),
    );
  });

  it('non-central t with δ = 0 is Student’s t, in both tails', () => {
    for (const [t, n] of [
      [2.2, 30],
      [12, 5],
      [-8, 100],
      [60, 10],
      [2, 1],
    ] as const) {
      expect(relativeError(noncentralTUpper(t, n, 0), tUpper(t, n))).toBeLessThan(1e-13);
      expect(relativeError(noncentralTCdf(-t, n, 0), tUpper(t, n))).toBeLessThan(1e-13);
    }
  });

  it('a range of two means is |t|·√2', () => {
    for (const [q, n] of [
      [3, 12],
      [9, 40],
      [30, 5],
    ] as const)
      expect(relativeError(studentisedRangeUpper(q, 2, n), 2 * tUpper(q / Math.SQRT2, n))).toBeLessThan(
        1e-12,
      );
  });

  it('Dunnett: two comparisons at ρ = 0.52316295999733, df 108 (2-D quadrature beside multcomp 1.4-22)', () => {
    const loadings = oneFactorLoadings([
      [1, 0.52316295999733],
      [0.52316295999733, 1],
    ])!;
    expect(relativeError(anyBeyond(2.99578393656903, loadings, 108), 0.00651170724245687)).toBeLessThan(1e-9);
    expect(relativeError(anyBeyond(3.21845697370715, loadings, 108), 0.0032913708393556)).toBeLessThan(1e-9);
    expect(relativeError(equicoordinateCritical(0.05, loadings, 108), 2.23851013509324)).toBeLessThan(1e-12);
  });

  it('Dunnett 1955, Table 2a and 2b: critical values printed to two places', () => {
    const half = (k: number) => Array.from({ length: k }, () => Math.SQRT1_2);
    expect(equicoordinateCritical(0.05, half(2), 20, 'two')).toBeCloseTo(2.38, 2);
    expect(equicoordinateCritical(0.05, half(2), 20, 'greater')).toBeCloseTo(2.03, 2);
    expect(equicoordinateCritical(0.01, half(3), 10, 'greater')).toBeCloseTo(3.31, 2);
  });

  it('far in the tail, two comparisons are two t tests', () => {
    const loadings = oneFactorLoadings([
      [1, 0.5],
      [0.5, 1],
    ])!;
    expect(relativeError(anyBeyond(14, loadings, 5000), 4 * tUpper(14, 5000))).toBeLessThan(1e-9);
    expect(relativeError(anyBeyond(14, loadings, 5000, 'less'), 2 * tUpper(14, 5000))).toBeLessThan(1e-9);
  });

  it('any correlations: pmvnorm and pmvt (TVPACK in three dimensions, Genz–Bretz to 1e-7 in four)', () => {
    const { R3, R4, normal3, t3, two4 } = r.general;
    expect(relativeError(anyBeyondGeneral(2.2, R3, Infinity, 'greater'), normal3)).toBeLessThan(1e-9);
    expect(relativeError(anyBeyondGeneral(2.2, R3, Infinity, 'less'), normal3)).toBeLessThan(1e-9);
    expect(relativeError(anyBeyondGeneral(2.2, R3, 17, 'greater'), t3)).toBeLessThan(1e-8);
    expect(Math.abs(anyBeyondGeneral(2.4, R4, 40)! - two4)).toBeLessThan(2e-6);
    expect(
      anyBeyondGeneral(
        2,
        [
          [1, 1],
          [1, 1],
        ],
        10,
      ),
    ).toBeNull();
  });

  it('any correlations: one factor gives the same by either way', () => {
    const loadings = [0.7, 0.6, 0.8];
    const correlation = loadings.map((a, i) => loadings.map((b, j) => (i === j ? 1 : a * b)));
    for (const sides of ['two', 'greater'] as const)
      expect(
        relativeError(anyBeyondGeneral(2.5, correlation, 30, sides), anyBeyond(2.5, loadings, 30, sides)),
      ).toBeLessThan(1e-8);
  });

  it('hypergeometric masses are those of Fisher’s lady tasting tea (1, 16, 36, 16, 1 of 70)', () => {
    const { low, mass } = hypergeometric(4, 4, 4);
    expect(low).toBe(0);
    expect([...mass].map((m) => m * 70)).toEqual([1, 16, 36, 16, 1].map((m) => expect.closeTo(m, 12)));
  });

  it('refuses what is not a probability or has no degrees of freedom', () => {
    expect(() => normalQuantile(1.1)).toThrow(RangeError);
    expect(() => normalUpper(Number.NaN)).toThrow(RangeError);
    expect(() => tUpper(1, 0)).toThrow(RangeError);
    expect(() => fUpper(1, 0, 4)).toThrow(RangeError);
    expect(tUpper(Infinity, 3)).toBe(0);
    expect(tQuantile(0, 3)).toBe(-Infinity);
  });
});
