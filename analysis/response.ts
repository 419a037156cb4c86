import type { OutcomePlan } from './plan.ts';

export type BinaryOutcome = Extract<OutcomePlan, { kind: 'response' | 'threshold' }>;

/** Scores are decimal and their products binary: 0.3 × 10 must count as 3. */
const ROUNDING = 1e-9;

/**
 * Whether a participant responded, by the outcome's definition.
 *
 * *Response*: the improvement from baseline is at least `fall` of the baseline score, that is (b − v) ≥ fall · b
 * where lower is better and (v − b) ≥ fall · b where higher is. A relative change from a baseline of zero or less
 * has no meaning, so such a participant counts as not observed.
 *
 * *Threshold*: the score lies within the bounds, ends included; no baseline is needed.
 *
 * @returns null where it can't be told: the score is missing or, for a response, the baseline is missing or not
 * above zero
 */
export function responded(
  outcome: BinaryOutcome,
  baseline: number | undefined,
  value: number | undefined,
): boolean | null {
  if (value === undefined) return null;
  if (outcome.kind === 'threshold') {
    return value <= (outcome.atMost ?? Number.POSITIVE_INFINITY) && value >= (outcome.atLeast ?? -Infinity);
  }
  if (baseline === undefined || baseline <= 0) return null;
  const improvement = outcome.better === 'lower' ? baseline - value : value - baseline;
  return improvement >= outcome.fall * baseline - ROUNDING * baseline;
}
