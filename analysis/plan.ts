/** What an analysis is to compute; the study document's outcomes and estimands are mapped to it. */
export type MissingRule = 'observed' | 'non-response';

export type OutcomePlan =
  | {
      id: string;
      label: string;
      kind: 'response';
      measure: string;
      better: 'lower' | 'higher';
      /** Least relative improvement from baseline that is a response, 0 < fall ≤ 1. */
      fall: number;
    }
  | { id: string; label: string; kind: 'threshold'; measure: string; atMost?: number; atLeast?: number }
  | { id: string; label: string; kind: 'change'; measure: string; better: 'lower' | 'higher' };

export interface Plan {
  outcomes: OutcomePlan[];
  population: 'all-randomised' | 'started-treatment';
  /** Pairs of arms, [first, second]: the difference is first minus second. */
  contrasts: [string, string][];
  /** Confidence level, 0 < level < 1. */
  level: number;
}

/** One estimate. Where numbers can't be had, they are null and `reason` says why; never NaN. */
export interface ResultRow {
  outcome: string;
  visit: string;
  measure: 'proportion' | 'risk-difference' | 'mean-change';
  missing: MissingRule;
  arm: string | null;
  versus: string | null;
  numerator: number | null;
  denominator: number | null;
  estimate: number | null;
  lower: number | null;
  upper: number | null;
  level: number;
  method: string;
  reason: string | null;
  /** What is shown in the place of numbers that the reader may not see: “<5”, “hidden”. */
  hidden?: string;
}
