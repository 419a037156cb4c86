// What an analysis starts from and what it gives.
export { analyse } from './analyse.ts';
export { type Completeness, type CompletenessPlan, completeness } from './completeness.ts';
// Single estimates with their intervals.
export { type MeanInterval, meanInterval } from './continuous/mean-interval.ts';
export type {
  Dataset,
  DatasetArm,
  DatasetEvent,
  DatasetParticipant,
  DatasetScore,
  DatasetVisit,
} from './dataset.ts';
export { DatasetError, type DatasetFault } from './dataset-error.ts';
// Analysis plans: estimands over a table of any trial.
export type { AnalysisDefinition, AnalysisPlan } from './estimands/plan.ts';
export type { EngineFacts, EstimateRow, PlanResults } from './estimands/results.ts';
export { runPlan } from './estimands/run.ts';
export { type Table, TableError, type TableIssue } from './estimands/table.ts';
export {
  type Flow,
  type FlowArm,
  type FlowPlan,
  type FlowVisit,
  flow,
  type ReasonCount,
  type ScreeningCounts,
} from './flow.ts';
export type { Interval } from './interval.ts';
export type { MissingRule, OutcomePlan, Plan, ResultRow } from './plan.ts';
export { newcombeInterval, type Proportion } from './proportions/newcombe.ts';
export { wilsonInterval } from './proportions/wilson.ts';
export {
  type Cumulative,
  type Forecast,
  type Recruitment,
  type RecruitmentPlan,
  recruitment,
} from './recruitment.ts';
