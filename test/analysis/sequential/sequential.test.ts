import { describe, expect, it } from 'vitest';
import { gaussLegendre } from '../../../analysis/distributions/gauss-legendre.ts';
import {
  crossingProbabilities,
  driftFor,
  shapedBoundaries,
  spendingBoundaries,
} from '../../../analysis/sequential/boundaries.ts';
import { conditionalPower } from '../../../analysis/sequential/conditional-power.ts';
import { reference, relativeError } from '../../reference/read.ts';

const r = reference('design');
const thirds = [1 / 3, 2 / 3, 1];
const uneven = [0.3, 0.55, 1];
const near = (got: { z: number }[], expected: number[], limit = 1e-10) =>
  got.forEach(({ z }, k) => {
    expect(relativeError(z, expected[k]!), `${z} for ${expected[k]}`).toBeLessThan(limit);
  });

describe('boundaries at one-sided .025', () => {
  it('error spending (roots of mvtnorm::pmvnorm with TVPACK)', () => {
    near(spendingBoundaries(thirds, { kind: 'obrien-fleming' }), r.of);
    near(spendingBoundaries(thirds, { kind: 'pocock' }), r.po);
    near(spendingBoundaries(uneven, { kind: 'hwang-shih-decani', gamma: -4 }), r.hsd);
    near(spendingBoundaries(uneven, { kind: 'obrien-fleming' }), r.of_uneven);
  });

  it('classical shapes: O’Brien & Fleming 3.471, 2.454, 2.004 and Pocock 2.289 for three looks (textbook)', () => {
    near(shapedBoundaries(thirds, 0), r.classic_of);
    near(shapedBoundaries(thirds, 0.5), r.classic_po);
    expect(shapedBoundaries(thirds, 0).map((b) => Number(b.z.toFixed(3)))).toEqual([3.471, 2.454, 2.004]);
    expect(shapedBoundaries(thirds, 0.5).map((b) => Number(b.z.toFixed(3)))).toEqual([2.289, 2.289, 2.289]);
    expect(spendingBoundaries(thirds, { kind: 'obrien-fleming' }).map((b) => Number(b.z.toFixed(3)))).toEqual(
      [3.71, 2.511, 1.993],
    );
  });

  it('five looks (rpact, asOF)', () => {
    near(spendingBoundaries([0.2, 0.4, 0.6, 0.8, 1], { kind: 'obrien-fleming' }), r.rpact5, 1e-6);
  });

  it('without an effect the error is α, with the design’s drift the power is as asked', () => {
    const b = spendingBoundaries(uneven, { kind: 'hwang-shih-decani', gamma: 1 });
    expect(crossingProbabilities(b, 0).reduce((x, y) => x + y, 0)).toBeCloseTo(0.025, 12);
    expect(crossingProbabilities(b, driftFor(b, 0.9)).reduce((x, y) => x + y, 0)).toBeCloseTo(0.9, 12);
    // One look needs z_α + z_β.
    expect(driftFor(spendingBoundaries([1], { kind: 'pocock' }), 0.9)).toBeCloseTo(
      1.9599639845 + 1.2815515655,
      9,
    );
  });

  it('refuses falling information and odd levels', () => {
    expect(() => spendingBoundaries([0.5, 0.4, 1], { kind: 'pocock' })).toThrow(RangeError);
    expect(() => spendingBoundaries([0.5, 1], { kind: 'pocock' }, 0.7)).toThrow(RangeError);
  });
});

it('conditional power by hand: z = 1 at half the information, c = 1.96, drift 2.8', () => {
  // Under no effect: Φ((1·√.5 − 1.96)/√.5) = Φ(−1.7719) = .0382; trend: θ = √2; design: Φ((.7071+1.4−1.96)/.7071) = Φ(.2081).
  const c = conditionalPower(1, 0.5, 1.96, 2.8);
  expect(c.none).toBeCloseTo(0.0382, 4);
  expect(c.trend).toBeCloseTo(0.2202, 3);
  expect(c.design).toBeCloseTo(0.5824, 3);
  expect(() => conditionalPower(1, 1, 1.96, 2.8)).toThrow(RangeError);
});

it('Gauss–Legendre integrates polynomials of degree 2n − 1 exactly', () => {
  const { nodes, weights } = gaussLegendre(6);
  for (let degree = 0; degree < 12; degree++) {
    const sum = nodes.reduce((s, x, i) => s + weights[i]! * x ** degree, 0);
    expect(sum).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 13);
  }
});
