import type { Conclusion } from '../imputation/tipping-point.ts';
import type {
  AnalysisDefinition,
  EventStrategy,
  MissingMethod,
  PlanArm,
  PlanMeasure,
  PlanVisit,
  VariableDefinition,
} from './plan.ts';

export type RowMeasure =
  | 'proportion'
  | 'risk'
  | 'risk-difference'
  | 'risk-ratio'
  | 'odds-ratio'
  | 'number-needed'
  | 'mean'
  | 'mean-difference'
  | 'shift'
  | 'standardised-difference'
  | 'association';

/** One estimate. A number that can't be had is null and `reason` says why; none is ever NaN or infinite. */
export interface EstimateRow {
  analysis: string;
  visit: string;
  measure: RowMeasure;
  /** Null for a test of all arms at once. */
  arm: string | null;
  versus: string | null;
  /** What is compared at baseline, where that isn't the estimand's variable: “Age”, “Sex: F”. */
  covariate: string | null;
  /** Added to imputed values in this row of a tipping-point analysis. */
  delta: number | null;
  estimate: number | null;
  se: number | null;
  /** Null: the normal distribution, or no test. */
  df: number | null;
  statistic: number | null;
  p: number | null;
  pAdjusted: number | null;
  lower: number | null;
  upper: number | null;
  level: number;
  /** Participants analysed in the arm, and in the arm compared with. */
  n: number | null;
  nVersus: number | null;
  /** Of a proportion: those who had the event among those counted. */
  numerator: number | null;
  denominator: number | null;
  method: string;
  perPlan: boolean;
  /** Of an iterative fit; null where nothing is iterated. */
  converged: boolean | null;
  /** Of a comparison in a tipping-point analysis: what becomes of its conclusion at this delta. */
  conclusion: Conclusion | null;
  reason: string | null;
}

/** What was observed of a measure, before any model. */
export interface DescriptiveRow {
  measure: string;
  visit: string;
  arm: string;
  n: number;
  mean: number | null;
  sd: number | null;
  /** Change from baseline of those with both scores, with Student's t interval. */
  changeN: number;
  change: number | null;
  lower: number | null;
  upper: number | null;
}

/** Facts that a pure function can't know. */
export interface EngineFacts {
  version: string;
  node: string;
  /** ISO 8601, UTC. */
  ranAt: string;
  planFile: string;
  planSha256: string;
  dataFile: string;
  dataSha256: string;
}

export interface AnalysisSummary {
  id: string;
  label: string;
  role: AnalysisDefinition['role'];
  perPlan: boolean;
  estimand: {
    treatments: string[];
    population: string;
    variable: string;
    intercurrent: { event: string; strategy: EventStrategy }[];
    summary: string;
  };
  /** The variable and the missing-data method by the plan's own names, for programs. */
  variable: VariableDefinition;
  missing: MissingMethod['method'];
  /** How it was estimated, in sentences. */
  method: string;
  references: string[];
  /** What has to be known to read the numbers: who was left out, what was held at an edge. */
  notes: string[];
}

export interface PlanResults {
  format: 'equipoise-results/1';
  /** Where the data are synthetic: how they were made. */
  synthetic?: string | undefined;
  plan: { id: string; title: string; file: string; sha256: string; level: number };
  data: { file: string; sha256: string; rows: number; participants: number };
  engine: { name: 'equipoise'; version: string; node: string; ranAt: string; seed: number };
  arms: (Pick<PlanArm, 'id' | 'label' | 'reference'> & { participants: number })[];
  visits: PlanVisit[];
  measures: Pick<PlanMeasure, 'id' | 'label' | 'better'>[];
  analyses: AnalysisSummary[];
  rows: EstimateRow[];
  described: DescriptiveRow[];
}
