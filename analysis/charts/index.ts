// A study's charts by name, and what they are made of.
export type { Chart, ChartColumn, ChartOptions, ChartTable, ThemeName } from './chart.ts';
// Each chart alone.
export { consortChart, type FlowResults } from './consort.ts';
export { comparisons, type FurtherCharts, type FurtherKind, furtherKinds } from './further-chart.ts';
// Each of what a study's dataset alone doesn't tell: follow-up times, answers, repeated analyses.
export { type ItemResults, itemsChart } from './items.ts';
export { type MeanChangeResults, meanChangeChart } from './mean-change.ts';
export type { ImputedRates } from './missing-rules.ts';
export type { OutcomeResults } from './outcome.ts';
// Their looks.
export { type ArmStyle, armStyles, coloursOf } from './palette.ts';
export { recruitmentChart } from './recruitment.ts';
export { responseChart } from './response.ts';
export { type RiskDifferenceResults, riskDifferenceChart } from './risk-difference.ts';
export { type SiteResults, sitesChart } from './sites.ts';
export {
  type AnyChartKind,
  type ChartKind,
  chartKinds,
  type StudyCharts,
  studyChart,
} from './study-chart.ts';
export { type SurvivalResults, survivalChart } from './survival.ts';
export { type TippingResults, tippingChart } from './tipping.ts';
