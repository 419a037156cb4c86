import { bracketedRoot } from '../distributions/bracket.ts';
import { fQuantile } from '../distributions/f.ts';
import { noncentralFUpper } from '../distributions/noncentral-f.ts';
import { noncentralTCdf, noncentralTUpper } from '../distributions/noncentral-t.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { tQuantile } from '../distributions/t.ts';
import type { Unavailable } from '../unavailable.ts';

export interface Size {
  /** Before rounding, in each arm (the first arm for unequal allocation). */
  exact: number;
  /** Whole numbers in each arm. */
  perArm: number[];
  total: number;
}

export function sizeFrom(exact: number, ratios: readonly number[]): Size {
  // A root a hair above a whole number is that number.
  const perArm = ratios.map((ratio) => Math.ceil(exact * ratio - 1e-9));
  return { exact, perArm, total: perArm.reduce((a, b) => a + b, 0) };
}

export function checkPower(alpha: number, power: number): void {
  if (!(alpha > 0 && alpha < 1 && power > 0 && power < 1))
    throw new RangeError('The level and the power lie between 0 and 1.');
}

export interface MeansDesign {
  difference: number;
  sd: number;
  /** Two-sided. */
  alpha?: number;
  power?: number;
  /** Second arm's size over the first's. */
  ratio?: number;
}

/**
 * Power of the two-sample t test, both rejections counted: with ncp = δ/(σ√(1/n₁+1/n₂)) and df = n₁+n₂−2,
 * P(T > t) + P(T < −t) of the non-central t. R's `power.t.test(strict = TRUE)`; n need not be whole.
 */
export function meansPower(n1: number, { difference, sd, alpha = 0.05, ratio = 1 }: MeansDesign): number {
  const df = n1 * (1 + ratio) - 2;
  const delta = Math.abs(difference) / (sd * Math.sqrt((1 + 1 / ratio) / n1));
  const t = -tQuantile(alpha / 2, df);
  return noncentralTUpper(t, df, delta) + noncentralTCdf(-t, df, delta);
}

/** Size of each arm for the two-sample t test. */
export function meansSize(design: MeansDesign): Size | Unavailable {
  const { difference, sd, alpha = 0.05, power = 0.8, ratio = 1 } = design;
  checkPower(alpha, power);
  if (!(sd > 0) || difference === 0 || !(ratio > 0))
    return { reason: 'A difference other than 0 and a positive standard deviation are needed.' };
  if (power <= alpha) return { reason: 'A power above the level is needed.' };
  const least = 2.01 / (1 + ratio);
  let most = 4;
  while (meansPower(most, design) < power) {
    most *= 2;
    if (most > 1e9) return { reason: 'The difference is too small for any trial.' };
  }
  const exact = bracketedRoot((n) => meansPower(n, design) - power, least, most);
  return sizeFrom(exact ?? least, [1, ratio]);
}

/** Share of the size that ANCOVA needs: 1 − ρ² with correlation ρ of baseline and outcome (Borm et al. 2007, J Clin Epidemiol 60:1234). */
export function ancovaFactor(correlation: number): number {
  if (!(correlation > -1 && correlation < 1)) throw new RangeError('A correlation lies between -1 and 1.');
  return 1 - correlation ** 2;
}

/** Factor for a share lost before the outcome: 1/(1 − share). */
export function attritionFactor(share: number): number {
  if (!(share >= 0 && share < 1)) throw new RangeError('The share lost lies from 0 to below 1.');
  return 1 / (1 - share);
}

/** Design effect of clusters of m people with intraclass correlation: 1 + (m − 1)·icc. */
export function designEffect(clusterSize: number, icc: number): number {
  return 1 + (clusterSize - 1) * icc;
}

/** Applies factors to a size. */
export function inflate(size: Size, factor: number): Size {
  return sizeFrom(
    size.exact * factor,
    size.perArm.map((n) => n / size.perArm[0]!),
  );
}

/**
 * Non-inferiority of a mean, normal approximation: n = (1 + 1/ratio)·σ²(z_α + z_β)²/(δ − margin)², one-sided α.
 * @param margin lowest difference that is still acceptable (negative when higher is better)
 */
export function nonInferiorMeansSize({
  difference,
  margin,
  sd,
  alpha = 0.025,
  power = 0.8,
  ratio = 1,
}: MeansDesign & { margin: number }): Size | Unavailable {
  checkPower(alpha, power);
  if (!(difference > margin)) return { reason: 'The expected difference has to lie above the margin.' };
  const z = normalQuantile(power) - normalQuantile(alpha);
  return sizeFrom(((1 + 1 / ratio) * sd ** 2 * z ** 2) / (difference - margin) ** 2, [1, ratio]);
}

/**
 * Size of each of k equal arms for one-way analysis of variance with Cohen's f: power P(F > F_crit; λ = k·n·f²),
 * R's `pwr.anova.test` (Cohen 1988).
 */
export function anovaSize({
  arms,
  effect,
  alpha = 0.05,
  power = 0.8,
}: {
  arms: number;
  effect: number;
  alpha?: number;
  power?: number;
}): Size | Unavailable {
  checkPower(alpha, power);
  if (!(effect > 0) || !(arms >= 2)) return { reason: 'At least two arms and an effect above 0 are needed.' };
  const at = (n: number) =>
    noncentralFUpper(
      fQuantile(1 - alpha, arms - 1, (n - 1) * arms),
      arms - 1,
      (n - 1) * arms,
      arms * n * effect ** 2,
    );
  let most = 4;
  while (at(most) < power) {
    most *= 2;
    if (most > 1e8) return { reason: 'The effect is too small for any trial.' };
  }
  const exact = bracketedRoot((n) => at(n) - power, 1.0001, most);
  return sizeFrom(
    exact ?? 2,
    Array.from({ length: arms }, () => 1),
  );
}
