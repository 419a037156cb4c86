import { dayNumber, dayText } from './day.ts';
import { betaCdf, betaUpper } from './distributions/beta.ts';

export interface RecruitmentPlan {
  target: number;
  /** YYYY-MM-DD, as are all days here. */
  from?: string;
  to?: string;
  /** Data cut-off; the forecast starts here. */
  asOf: string;
}

export interface Cumulative {
  on: string;
  count: number;
}

export interface ForecastPoint {
  on: string;
  median: number;
  lower: number;
  upper: number;
}

export interface Forecast {
  /** Share of predictions that the band holds: 0.8. */
  level: number;
  /** How many were randomised in the last `windowDays` days: the whole basis of the forecast. */
  recent: number;
  windowDays: number;
  points: ForecastPoint[];
  /** When the target is reached: the median, and the band's ends. Null: not within ten years. */
  reached: { median: string | null; earliest: string | null; latest: string | null };
}

export interface Recruitment {
  target: number;
  count: number;
  asOf: string;
  /** Steps: the count from this day on. Begins with zero on the first day, ends on the cut-off day. */
  series: Cumulative[];
  /** The straight line from none on the planned first day to the target on the last; null without both days. */
  planned: [Cumulative, Cumulative] | null;
  /** The day on which the target was reached, null before that. */
  finishedOn: string | null;
  forecast: Forecast | null;
}

const WINDOW = 90;
const LEAST_DAYS = 28;
const FARTHEST = 3650;
const LEVEL = 0.8;
const POINTS = 40;

/**
 * Cumulative recruitment, its plan and a forecast with a band.
 *
 * The forecast takes recruitment as a Poisson process whose rate λ (participants a day) is unknown. With n
 * randomised in the last W days (90, or since the start) and Jeffreys' prior λ^(−1/2), the rate has a gamma
 * distribution, λ | n ~ Gamma(n + ½, W), and the number randomised in the next h days is therefore negative
 * binomial,
 *
 *     P(K ≤ k) = I_p(n + ½, k + 1),    p = W / (W + h),
 *
 * I being the regularised incomplete beta function. The band holds the middle 80% of that distribution, cut off at
 * the target; it covers both chance and what isn't known of the rate, but not a change of the rate. The day on which
 * m more are reached follows from the same distribution: P(reached by h) = P(K ≥ m) = 1 − I_p(n + ½, m).
 *
 * There is none in the first 28 days, without a participant, or once the target is reached.
 *
 * Source: Anisimov VV, Fedorov VV. Stat Med 2007;26:4958–4975, section 2 (gamma-Poisson recruitment); the prior:
 * Jeffreys H. Proc R Soc A 1946;186:453–461.
 *
 * @param days the day of each randomisation, in any order
 * @throws RangeError for a day that isn't one
 */
export function recruitment(days: readonly string[], plan: RecruitmentPlan): Recruitment {
  const sorted = days.map(dayNumber).sort((a, b) => a - b);
  const first = sorted[0];
  const today = Math.max(dayNumber(plan.asOf), sorted.at(-1) ?? Number.NEGATIVE_INFINITY);
  const planned = plannedLine(plan);
  const begin = Math.min(plan.from ? dayNumber(plan.from) : today, first ?? today, today);
  const counts = new Map<number, number>([[begin, 0]]);
  for (const [index, day] of sorted.entries()) counts.set(day, index + 1);
  const finished = sorted[plan.target - 1];
  const end = finished === undefined ? today : (sorted.at(-1) ?? today);
  counts.set(end, sorted.length);
  return {
    target: plan.target,
    count: sorted.length,
    asOf: dayText(today),
    series: [...counts].map(([day, count]) => ({ on: dayText(day), count })),
    planned,
    finishedOn: finished === undefined ? null : dayText(finished),
    forecast: finished === undefined ? forecast(sorted, begin, today, plan) : null,
  };
}

function plannedLine({ from, to, target }: RecruitmentPlan): Recruitment['planned'] {
  if (from === undefined || to === undefined || dayNumber(to) <= dayNumber(from)) return null;
  return [
    { on: from, count: 0 },
    { on: to, count: target },
  ];
}

function forecast(sorted: number[], begin: number, today: number, plan: RecruitmentPlan): Forecast | null {
  const windowDays = Math.min(WINDOW, today - begin);
  if (sorted.length === 0 || windowDays < LEAST_DAYS) return null;
  const recent = sorted.filter((day) => day > today - windowDays).length;
  const shape = recent + 0.5;
  const missing = plan.target - sorted.length;
  const tail = (1 - LEVEL) / 2;
  const reachedWith = (probability: number) => {
    const days = leastWhole(
      (h) => betaUpper(windowDays / (windowDays + h), shape, missing) >= probability,
      FARTHEST,
    );
    return days === null ? null : dayText(today + days);
  };
  const reached = { median: reachedWith(0.5), earliest: reachedWith(tail), latest: reachedWith(1 - tail) };
  const countAt = (h: number, probability: number) =>
    leastWhole((k) => betaCdf(windowDays / (windowDays + h), shape, k + 1) >= probability, missing) ??
    missing;
  const plannedEnd = plan.to ? dayNumber(plan.to) - today : 0;
  const farthest = Math.max(plannedEnd, 365);
  const horizon = Math.min(farthest, reached.latest ? dayNumber(reached.latest) - today : farthest);
  const steps = Math.min(POINTS, horizon);
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const h = Math.round((step * horizon) / steps);
    const at = (probability: number) => sorted.length + (h === 0 ? 0 : countAt(h, probability));
    return { on: dayText(today + h), median: at(0.5), lower: at(tail), upper: at(1 - tail) };
  });
  return { level: LEVEL, recent, windowDays, points, reached };
}

/** The least whole number from 0 to `most` that passes a test which, once passed, stays passed; null if none does. */
function leastWhole(passes: (value: number) => boolean, most: number): number | null {
  if (!passes(most)) return null;
  let low = -1;
  let high = most;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) high = middle;
    else low = middle;
  }
  return high;
}
