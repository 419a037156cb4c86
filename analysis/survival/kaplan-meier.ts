import { normalQuantile } from '../distributions/normal.ts';
import { upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import { type Followed, riskTable } from './times.ts';

export interface SurvivalStep {
  time: number;
  atRisk: number;
  events: number;
  censored: number;
  survival: number;
  /** Greenwood's standard error of S(t). */
  se: number;
  /** log(−log) limits; null while S is 1, and when it is 0. */
  lower: number | null;
  upper: number | null;
}

export interface KaplanMeier {
  steps: SurvivalStep[];
  /** Median with limits where the limits of S(t) cross ½ (Brookmeyer & Crowley 1982); null: not reached. */
  median: { estimate: number | null; lower: number | null; upper: number | null };
}

/**
 * Kaplan–Meier estimate S(t) = Π(1 − d/n) with Greenwood's variance S²Σd/(n(n−d)) and limits
 * S^exp(±z·SE(ln(−ln S))). R's `survfit(conf.type = "log-log")`.
 *
 * Source: Kaplan EL, Meier P. J Am Stat Assoc 1958;53:457–481; Brookmeyer R, Crowley J. Biometrics 1982;38:29–41.
 */
export function kaplanMeier(people: readonly Followed[], level = 0.95): KaplanMeier | Unavailable {
  const z = normalQuantile(upperProbability(level));
  if (people.length === 0) return { reason: 'Nobody was followed.' };
  let survival = 1;
  let sum = 0;
  const steps = riskTable(people).map((row): SurvivalStep => {
    survival *= 1 - row.events / row.atRisk;
    sum += row.events / (row.atRisk * (row.atRisk - row.events) || Infinity);
    const inside = survival > 0 && survival < 1;
    const half = inside ? (z * Math.sqrt(sum)) / Math.abs(Math.log(survival)) : 0;
    return {
      ...row,
      survival,
      se: survival * Math.sqrt(sum),
      lower: inside ? survival ** Math.exp(half) : null,
      upper: inside ? survival ** Math.exp(-half) : null,
    };
  });
  return {
    steps,
    median: {
      estimate: crossing(steps, (s) => s.survival),
      lower: crossing(steps, (s) => (s.survival === 1 ? 1 : (s.lower ?? 0))),
      upper: crossing(steps, (s) => (s.survival === 1 ? 1 : (s.upper ?? (s.survival === 0 ? null : 1)))),
    },
  };
}

/** First time at which a curve is at or below ½; midway to the next step when it lies exactly on ½, as in R. */
function crossing(
  steps: readonly SurvivalStep[],
  curve: (step: SurvivalStep) => number | null,
): number | null {
  const tolerance = 1e-12;
  for (let i = 0; i < steps.length; i++) {
    const value = curve(steps[i]!);
    if (value === null) return null;
    if (value > 0.5 + tolerance) continue;
    if (value < 0.5 - tolerance) return steps[i]!.time;
    const next = steps.slice(i + 1).find((s) => {
      const v = curve(s);
      return v !== null && v < 0.5 - tolerance;
    });
    return next ? (steps[i]!.time + next.time) / 2 : steps[i]!.time;
  }
  return null;
}

/**
 * Restricted mean survival time: the area under S up to a horizon, with variance Σ A(t)²·d/(n(n−d)), A(t) the area
 * from t to the horizon (Royston P, Parmar MKB. BMC Med Res Methodol 2013;13:152; R's `survfit(rmean =)`).
 */
export function restrictedMean(
  people: readonly Followed[],
  horizon: number,
  level = 0.95,
): { estimate: number; se: number; lower: number; upper: number } | Unavailable {
  const z = normalQuantile(upperProbability(level));
  if (!(horizon > 0)) throw new RangeError('The horizon is a time above 0.');
  const km = kaplanMeier(people, level);
  if ('reason' in km) return km;
  const last = km.steps.at(-1)!;
  if (last.time < horizon && last.survival > 0)
    return { reason: 'Nobody was followed to the horizon: the mean can’t be had beyond the last time seen.' };
  const steps = km.steps.filter((s) => s.events > 0 && s.time <= horizon);
  const times = [0, ...steps.map((s) => s.time), horizon];
  const levels = [1, ...steps.map((s) => s.survival)];
  let area = 0;
  let variance = 0;
  // From the end: the area to the right of each step is what its variance is weighted by.
  for (let i = levels.length - 1; i >= 0; i--) {
    area += levels[i]! * (times[i + 1]! - times[i]!);
    const step = steps[i - 1];
    if (step && step.atRisk > step.events)
      variance += (area ** 2 * step.events) / (step.atRisk * (step.atRisk - step.events));
  }
  const se = Math.sqrt(variance);
  return { estimate: area, se, lower: area - z * se, upper: area + z * se };
}
