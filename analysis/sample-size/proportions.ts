import { normalQuantile } from '../distributions/normal.ts';
import { restrictedByDifference } from '../proportions/restricted.ts';
import type { Unavailable } from '../unavailable.ts';
import { checkPower, type Size, sizeFrom } from './means.ts';

/**
 * `pooled`   pooled variance under the null, R's `power.prop.test`
 * `unpooled` separate variances throughout
 * `fleiss`   pooled with continuity correction (Fleiss, Levin & Paik 2003, eq. 4.14; Casagrande et al. 1978)
 * `arcsine`  Cohen's h, R's `pwr.2p.test`
 */
export type ProportionsMethod = 'pooled' | 'unpooled' | 'fleiss' | 'arcsine';

export interface ProportionsDesign {
  p1: number;
  p2: number;
  /** Two-sided. */
  alpha?: number;
  power?: number;
  /** Second arm's size over the first's. */
  ratio?: number;
}

function usable(p1: number, p2: number): boolean {
  return p1 > 0 && p1 < 1 && p2 > 0 && p2 < 1;
}

/**
 * Size of each arm to compare two proportions. With r = n₂/n₁, p̄ = (p₁ + r·p₂)/(1 + r), d = |p₁ − p₂|:
 *
 *   pooled   n₁ = (z_α√((1+1/r)p̄q̄) + z_β√(p₁q₁ + p₂q₂/r))²/d²
 *   unpooled n₁ = (z_α + z_β)²(p₁q₁ + p₂q₂/r)/d²
 *   fleiss   n₁ = n/4·(1 + √(1 + 2(1+1/r)/(n·d)))²,  n the pooled one
 *   arcsine  n₁ = (1+1/r)(z_α + z_β)²/h²,  h = 2·asin√p₁ − 2·asin√p₂
 */
export function proportionsSize(
  { p1, p2, alpha = 0.05, power = 0.8, ratio = 1 }: ProportionsDesign,
  method: ProportionsMethod = 'pooled',
): Size | Unavailable {
  checkPower(alpha, power);
  if (!usable(p1, p2) || p1 === p2)
    return { reason: 'Two different proportions between 0 and 1 are needed.' };
  const za = -normalQuantile(alpha / 2);
  const zb = normalQuantile(power);
  const d = Math.abs(p1 - p2);
  const separate = p1 * (1 - p1) + (p2 * (1 - p2)) / ratio;
  const mean = (p1 + ratio * p2) / (1 + ratio);
  const pooled =
    (za * Math.sqrt((1 + 1 / ratio) * mean * (1 - mean)) + zb * Math.sqrt(separate)) ** 2 / d ** 2;
  const h = 2 * Math.asin(Math.sqrt(p1)) - 2 * Math.asin(Math.sqrt(p2));
  const exact = {
    pooled,
    unpooled: ((za + zb) ** 2 * separate) / d ** 2,
    fleiss: (pooled / 4) * (1 + Math.sqrt(1 + (2 * (1 + 1 / ratio)) / (pooled * d))) ** 2,
    arcsine: ((1 + 1 / ratio) * (za + zb) ** 2) / h ** 2,
  }[method];
  return sizeFrom(exact, [1, ratio]);
}

/**
 * Non-inferiority of a risk difference p₁ − p₂ > margin by Farrington & Manning's score test (Stat Med
 * 1990;9:1447–1454): the null variance is taken at the maximum-likelihood limits of the proportions given the margin,
 *
 *     n₁ = (z_α√(p̃₁q̃₁ + p̃₂q̃₂/r) + z_β√(p₁q₁ + p₂q₂/r))²/(p₁ − p₂ − margin)²,  one-sided α
 */
export function nonInferiorProportionsSize({
  p1,
  p2,
  margin,
  alpha = 0.025,
  power = 0.8,
  ratio = 1,
}: ProportionsDesign & { margin: number }): Size | Unavailable {
  checkPower(alpha, power);
  if (!usable(p1, p2)) return { reason: 'Two proportions between 0 and 1 are needed.' };
  if (!(p1 - p2 > margin)) return { reason: 'The expected difference has to lie above the margin.' };
  const r = restrictedByDifference(
    { successes: p1, total: 1 },
    { successes: p2 * ratio, total: ratio },
    margin,
  );
  const under = r.p1 * (1 - r.p1) + (r.p2 * (1 - r.p2)) / ratio;
  const at = p1 * (1 - p1) + (p2 * (1 - p2)) / ratio;
  const top = -normalQuantile(alpha) * Math.sqrt(under) + normalQuantile(power) * Math.sqrt(at);
  return sizeFrom(top ** 2 / (p1 - p2 - margin) ** 2, [1, ratio]);
}

/**
 * Number of events for the log-rank test, two-sided α, share π of people in the first arm:
 *
 *   schoenfeld (z_α + z_β)²/(π(1−π)·ln²HR)                 Biometrika 1981;68:316–319
 *   freedman   (z_α + z_β)²(1 + k·HR)²/(k(1 − HR)²)        Stat Med 1982;1:121–129, k = π/(1−π)
 */
export function logRankEvents({
  hazardRatio,
  alpha = 0.05,
  power = 0.8,
  share = 0.5,
}: {
  hazardRatio: number;
  alpha?: number;
  power?: number;
  share?: number;
}): { schoenfeld: number; freedman: number } | Unavailable {
  checkPower(alpha, power);
  if (!(hazardRatio > 0) || hazardRatio === 1 || !(share > 0 && share < 1))
    return { reason: 'A hazard ratio other than 1 and a share between 0 and 1 are needed.' };
  const z = (normalQuantile(power) - normalQuantile(alpha / 2)) ** 2;
  const k = share / (1 - share);
  return {
    schoenfeld: z / (share * (1 - share) * Math.log(hazardRatio) ** 2),
    freedman: (z * (1 + k * hazardRatio) ** 2) / (k * (1 - hazardRatio) ** 2),
  };
}
