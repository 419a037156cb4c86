import { countBaseline } from '../baseline-count.ts';
import type { Dataset } from '../dataset.ts';
import { type Flow, flow, type ScreeningCounts } from '../flow.ts';
import type { MissingRule, OutcomePlan, Plan, ResultRow } from '../plan.ts';
import { type RecruitmentPlan, recruitment } from '../recruitment.ts';
import type { BinaryOutcome } from '../response.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { consortChart } from './consort.ts';
import { type FurtherCharts, type FurtherKind, furtherChart } from './further-chart.ts';
import { meanChangeChart } from './mean-change.ts';
import { missingRulesChart } from './missing-rules.ts';
import { recruitmentChart } from './recruitment.ts';
import { responseChart } from './response.ts';
import { type RiskDifferenceResults, riskDifferenceChart } from './risk-difference.ts';

export const chartKinds = ['consort', 'recruitment', 'response', 'risk-difference', 'mean-change'] as const;
export type ChartKind = (typeof chartKinds)[number];
export type AnyChartKind = ChartKind | FurtherKind;

/** All that a study's charts are drawn from; the dataset shows no more arms than its reader may see. */
export interface StudyCharts {
  dataset: Dataset;
  screening: ScreeningCounts;
  /** As `analyse(dataset, plan)` gives them. */
  rows: readonly ResultRow[];
  plan: Plan;
  /** The response or threshold outcome that is shown; the plan's first one where absent. */
  outcome?: string;
  missing: MissingRule;
  /** The only visit that figures of single visits are of; all, or the primary one, where absent. */
  visit?: string | undefined;
  recruitment: RecruitmentPlan;
  primary?: RiskDifferenceResults['primary'];
  /** The flow to the primary analysis; that of the outcome to its primary visit where absent. */
  flow?: Flow;
  /** The same of the counts with a score at baseline. */
  atBaseline?: (measure: string) => Record<string, number>;
  /** The days of recruitment, where those of each person may not be shown; null: none may. */
  recruited?: readonly string[] | null;
  /** What charts beyond the dashboard's are made of. */
  further?: FurtherCharts;
}

/**
 * One of a study's charts, or null where the plan has no outcome that it could show.
 *
 * The change that is shown is of the same measure as the chosen outcome if the plan has one, and otherwise the first.
 *
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function studyChart(kind: AnyChartKind, study: StudyCharts, options: ChartOptions): Chart | null {
  const { dataset, rows, plan, missing } = study;
  const { arms, visits } = dataset;
  const shared = { rows, arms, visits, missing, level: plan.level };
  const single = visits.filter(({ id, baseline }) => !baseline && id === study.visit);
  const atVisits = single.length > 0 ? { ...shared, visits: single } : shared;
  const response = chosenOutcome(study);
  switch (kind) {
    case 'consort': {
      const { asOf } = study.recruitment;
      const measure = response?.measure ?? chosenChange(study)?.measure;
      const primary = study.primary?.[0]?.visit;
      return consortChart(
        {
          arms,
          flow:
            study.flow ??
            flow(dataset, study.screening, {
              population: plan.population,
              missing,
              asOf,
              measure,
              visit: primary,
            }),
        },
        options,
      );
    }
    case 'recruitment': {
      const days =
        study.recruited === undefined
          ? dataset.participants.map((participant) => participant.randomisedOn)
          : study.recruited;
      if (days === null) return null;
      return recruitmentChart(recruitment(days, study.recruitment), options);
    }
    case 'response':
      return response && responseChart({ ...atVisits, outcome: response }, options);
    case 'risk-difference':
      return (
        response && riskDifferenceChart({ ...atVisits, outcome: response, primary: study.primary }, options)
      );
    case 'mean-change': {
      const change = chosenChange(study);
      if (!change) return null;
      const atBaseline =
        study.atBaseline?.(change.measure) ?? countBaseline(dataset, change.measure, plan.population);
      return meanChangeChart({ ...shared, outcome: change, atBaseline }, options);
    }
    case 'missing-rules':
      return (
        response &&
        missingRulesChart(
          { ...atVisits, outcome: response, imputed: study.further?.imputed ?? { state: 'computing' } },
          options,
        )
      );
    default:
      return furtherChart(kind, study, scored(study), options);
  }
}

function chosenOutcome({ plan, outcome }: StudyCharts): BinaryOutcome | null {
  const binary = plan.outcomes.filter((candidate) => candidate.kind !== 'change');
  return binary.find(({ id }) => id === outcome) ?? binary[0] ?? null;
}

/** Whose score the further charts show: the change of the chosen outcome's measure, or else the outcome itself. */
function scored(study: StudyCharts): OutcomePlan | null {
  const [response, change] = [chosenOutcome(study), chosenChange(study)];
  return response?.kind === 'response' && change?.measure !== response.measure
    ? response
    : (change ?? response);
}

function chosenChange(study: StudyCharts): Extract<OutcomePlan, { kind: 'change' }> | null {
  const changes = study.plan.outcomes.filter((candidate) => candidate.kind === 'change');
  return changes.find(({ measure }) => measure === chosenOutcome(study)?.measure) ?? changes[0] ?? null;
}
