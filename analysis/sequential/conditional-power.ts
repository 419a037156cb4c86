import { normalUpper } from '../distributions/normal.ts';

export interface ConditionalPower {
  /** If the trend so far goes on. */
  trend: number;
  /** If there is no effect from here on. */
  none: number;
  /** If the effect is the one the trial was designed for. */
  design: number;
}

/**
 * Conditional power at share t of information with statistic z: with B = z√t,
 *
 *     P(Z₁ > c | z) = 1 − Φ((c − B − θ(1−t))/√(1−t))
 *
 * θ = z/√t (trend), 0, or the design's drift. Source: Lan KKG, Wittes J. Biometrics 1988;44:579–585.
 *
 * @param critical final critical value c
 * @param drift mean of the final Z under the design, such as z_α + z_β
 */
export function conditionalPower(z: number, t: number, critical: number, drift: number): ConditionalPower {
  if (!(t > 0 && t < 1)) throw new RangeError('The share of information lies between 0 and 1.');
  const at = (theta: number) =>
    normalUpper((critical - z * Math.sqrt(t) - theta * (1 - t)) / Math.sqrt(1 - t));
  return { trend: at(z / Math.sqrt(t)), none: at(0), design: at(drift) };
}
