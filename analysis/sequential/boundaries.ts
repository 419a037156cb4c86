import { bracketedRoot } from '../distributions/bracket.ts';
import { normalQuantile, normalUpper } from '../distributions/normal.ts';
import { Looks } from './crossing.ts';

/**
 * Error-spending functions α(t) of the share t of information (Lan KKG, DeMets DL. Biometrika 1983;70:659–663;
 * Hwang IK, Shih WJ, DeCani JS. Stat Med 1990;9:1439–1445):
 *
 *   obrien-fleming  2(1 − Φ(z_{α/2}/√t))        pocock  α·ln(1 + (e−1)t)
 *   hwang-shih-decani  α(1 − e^{−γt})/(1 − e^{−γ}),  αt for γ = 0
 */
export type Spending =
  | { kind: 'obrien-fleming' }
  | { kind: 'pocock' }
  | { kind: 'hwang-shih-decani'; gamma: number };

export function spent(spending: Spending, alpha: number, t: number): number {
  if (t >= 1) return alpha;
  if (t <= 0) return 0;
  if (spending.kind === 'obrien-fleming') return 2 * normalUpper(-normalQuantile(alpha / 2) / Math.sqrt(t));
  if (spending.kind === 'pocock') return alpha * Math.log1p((Math.E - 1) * t);
  const { gamma } = spending;
  return gamma === 0 ? alpha * t : (alpha * Math.expm1(-gamma * t)) / Math.expm1(-gamma);
}

export interface Boundary {
  information: number;
  /** Reject when Z is above. */
  z: number;
  /** One-sided nominal p at the boundary. */
  nominal: number;
  /** Error spent up to this look. */
  spent: number;
}

function checkInformation(information: readonly number[], alpha: number): void {
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError('The one-sided level lies between 0 and 0.5.');
  const rising = information.every((t, i) => t > (information[i - 1] ?? 0));
  if (information.length === 0 || !rising || information.at(-1)! > 1 + 1e-12)
    throw new RangeError('The shares of information rise from above 0 to at most 1.');
}

/**
 * Upper boundaries of a one-sided group-sequential test with error α from a spending function. With symmetric lower
 * boundaries it is the two-sided test at 2α (R's gsDesign with `test.type = 1`).
 *
 * @param information shares of the final information at the looks, such as [1/3, 2/3, 1]
 */
export function spendingBoundaries(
  information: readonly number[],
  spending: Spending,
  alpha = 0.025,
): Boundary[] {
  checkInformation(information, alpha);
  const looks = new Looks();
  let before = 0;
  return information.map((t) => {
    const target = spent(spending, alpha, t);
    const increment = target - before;
    before = target;
    const excess = (z: number) => Math.log(Math.max(looks.crossUpper(t, z), 1e-320)) - Math.log(increment);
    const z = increment > 0 ? (bracketedRoot(excess, -8, 38) ?? 38) : Infinity;
    looks.advance(t, -Infinity, z);
    return { information: t, z, nominal: normalUpper(z), spent: target };
  });
}

/**
 * Classical boundaries of shape c·t^(Δ−½) (Wang SK, Tsiatis AA. Biometrics 1987;43:193–199): Δ = 0 is O'Brien &
 * Fleming 1979 (c/√t), Δ = ½ Pocock 1977 (constant). c makes the whole one-sided error α.
 */
export function shapedBoundaries(information: readonly number[], shape: number, alpha = 0.025): Boundary[] {
  checkInformation(information, alpha);
  const bound = (c: number) => information.map((t) => c * (t / information.at(-1)!) ** (shape - 0.5));
  const total = (z: readonly number[]) => {
    const looks = new Looks();
    let sum = 0;
    return information.map((t, i) => {
      sum += looks.crossUpper(t, z[i]!);
      looks.advance(t, -Infinity, z[i]!);
      return sum;
    });
  };
  const c = bracketedRoot((value) => total(bound(value)).at(-1)! - alpha, 0.1, 20)!;
  const z = bound(c);
  const error = total(z);
  return information.map((t, i) => ({
    information: t,
    z: z[i]!,
    nominal: normalUpper(z[i]!),
    spent: error[i]!,
  }));
}

/** Probability of crossing each upper boundary when Z at full information has mean `drift`; their sum is the power. */
export function crossingProbabilities(boundaries: readonly Boundary[], drift: number): number[] {
  const looks = new Looks(drift);
  return boundaries.map(({ information, z }) => {
    const p = looks.crossUpper(information, z);
    looks.advance(information, -Infinity, z);
    return p;
  });
}

/** Mean of Z at full information that gives the test its power; without looks it is z_α + z_β. */
export function driftFor(boundaries: readonly Boundary[], power: number): number {
  if (!(power > 0 && power < 1)) throw new RangeError('The power lies between 0 and 1.');
  const reach = (drift: number) =>
    crossingProbabilities(boundaries, drift).reduce((a, b) => a + b, 0) - power;
  return bracketedRoot(reach, -2, 12)!;
}
