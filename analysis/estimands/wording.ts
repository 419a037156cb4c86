import type { Conclusion } from '../imputation/tipping-point.ts';
import type { EventStrategy, SummaryMeasure } from './plan.ts';
import type { RowMeasure } from './results.ts';

export const SUMMARY_WORDS: Record<SummaryMeasure, string> = {
  'risk-difference': 'Risk difference',
  'risk-ratio': 'Risk ratio',
  'odds-ratio': 'Odds ratio',
  'number-needed': 'Number needed to treat',
  'mean-difference': 'Difference of means',
  shift: 'Hodges–Lehmann shift',
  'standardised-difference': 'Standardised mean difference',
  association: 'Test of association',
};

export const MEASURE_WORDS: Record<RowMeasure, string> = {
  ...SUMMARY_WORDS,
  proportion: 'Proportion',
  risk: 'Risk',
  mean: 'Mean',
};

export const STRATEGY_WORDS: Record<EventStrategy, string> = {
  'treatment-policy': 'Treatment policy',
  hypothetical: 'Hypothetical',
  composite: 'Composite',
  'while-on-treatment': 'While on treatment',
};

/** What becomes of a conclusion as delta grows. */
export const CONCLUSION_WORDS: Record<Conclusion, string> = {
  stands: 'stands',
  tips: 'tips here',
  tipped: 'has tipped',
};
