import { baselineBalance, type Covariate } from '../balance.ts';
import { cumulativeImprovement } from '../cumulative.ts';
import { dropOut } from '../drop-out.ts';
import { missingPatterns } from '../missing-patterns.ts';
import type { OutcomePlan } from '../plan.ts';
import { indexScores } from '../scores.ts';
import { type SiteCounts, summariseSites } from '../site-summary.ts';
import { type SubgroupFactor, subgroupEffects } from '../subgroups.ts';
import { trajectories } from '../trajectories.ts';
import { isPooled } from '../validate.ts';
import { changesAt } from '../waterfall.ts';
import { balanceChart } from './balance.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { cumulativeChart } from './cumulative.ts';
import { type ItemResults, itemsChart } from './items.ts';
import { missingChart } from './missing.ts';
import type { ImputedRates } from './missing-rules.ts';
import { type QueryAges, queryAgeingChart } from './query-ageing.ts';
import { raincloudChart } from './raincloud.ts';
import { sitesChart } from './sites.ts';
import type { StudyCharts } from './study-chart.ts';
import { subgroupChart } from './subgroups.ts';
import { survivalChart } from './survival.ts';
import { timelinessChart, type VisitTimes } from './timeliness.ts';
import { type TippingResults, tippingChart } from './tipping.ts';
import { trajectoriesChart } from './trajectories.ts';
import { waterfallChart } from './waterfall.ts';

/** Charts that are drawn when somebody asks for one; the first of them are of the data, the last of how the trial runs. */
export const furtherKinds = [
  'missing-rules',
  'cumulative',
  'trajectories',
  'raincloud',
  'waterfall',
  'items',
  'missing',
  'survival',
  'tipping',
  'balance',
  'subgroups',
  'sites',
  'timeliness',
  'query-ageing',
] as const;
export type FurtherKind = (typeof furtherKinds)[number];

/** Compare arms and nothing else: there is no such chart of pooled data. */
export const comparisons: readonly FurtherKind[] = ['balance', 'subgroups', 'tipping'];

/** What further charts need beside the dataset; each part only for its own chart. */
export interface FurtherCharts {
  /** Known before randomisation, in the order of the protocol. */
  covariates?: readonly Covariate[];
  /** Prespecified, such as the stratification factors. */
  subgroups?: readonly SubgroupFactor[];
  /** What scores are called: measure → “HAM-D17”. */
  measures?: Readonly<Record<string, string>>;
  /** Answers to the items of one instrument at one visit. */
  items?: Omit<ItemResults, 'arms'>;
  /** Response after multiple imputation. */
  imputed?: ImputedRates;
  tipping?: TippingResults;
  sites?: { counts: readonly SiteCounts[]; outcome: string };
  timeliness?: VisitTimes;
  queries?: QueryAges;
}

/**
 * A chart beyond the dashboard's, or null where the study has nothing that it could show or hides what it compares.
 *
 * Scores are those of the chosen outcome; the visit is the chosen one, that of the primary analysis, or the last one with scores.
 *
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function furtherChart(
  kind: FurtherKind,
  study: StudyCharts,
  outcome: OutcomePlan | null,
  options: ChartOptions,
): Chart | null {
  const { dataset, plan, further = {} } = study;
  const { arms, visits } = dataset;
  if (comparisons.includes(kind) && (isPooled(arms) || arms.length < 2)) return null;
  if (kind === 'sites')
    return further.sites
      ? sitesChart({ sites: summariseSites(further.sites.counts), outcome: further.sites.outcome }, options)
      : null;
  if (kind === 'timeliness') return further.timeliness ? timelinessChart(further.timeliness, options) : null;
  if (kind === 'query-ageing') return further.queries ? queryAgeingChart(further.queries, options) : null;
  if (kind === 'items') return further.items ? itemsChart({ arms, ...further.items }, options) : null;
  if (kind === 'tipping') return further.tipping ? tippingChart(further.tipping, options) : null;
  if (kind === 'survival') return survivalChart(timeToWithdrawal(study), options);
  if (kind === 'balance') {
    const rows = baselineBalance(dataset, further.covariates ?? [], againstReference(arms), plan.level);
    return further.covariates?.length ? balanceChart({ arms, rows }, options) : null;
  }
  if (outcome === null) return null;
  const { measure } = outcome;
  const label = further.measures?.[measure] ?? outcome.label;
  if (kind === 'missing') {
    const count = (arm: string) => dataset.participants.filter((person) => person.arm === arm).length;
    const randomised = Object.fromEntries(arms.map((arm) => [arm.id, count(arm.id)]));
    const patterns = missingPatterns(dataset, measure, study.recruitment.asOf);
    return missingChart({ arms, visits, patterns, randomised }, options);
  }
  if (kind === 'trajectories') {
    const band = plan.outcomes.find((one) => one.kind === 'threshold' && one.measure === measure);
    const drawn = { arms, visits, label, ...trajectories(dataset, measure, plan.population) };
    return trajectoriesChart(band?.kind === 'threshold' ? { ...drawn, band } : drawn, options);
  }
  const scores = indexScores(dataset);
  const after = visits.filter((visit) => !visit.baseline);
  const chosen = after.find((visit) => visit.id === study.visit);
  const primary = after.find((visit) => visit.id === study.primary?.[0]?.visit);
  const visit =
    chosen ??
    (primary && scores.any(primary.id, measure)
      ? primary
      : (after.findLast(({ id }) => scores.any(id, measure)) ?? after.at(-1)));
  if (visit === undefined || outcome.kind === 'threshold') return null;
  const { better } = outcome;
  const { population, level } = plan;
  if (kind === 'cumulative') {
    const cumulative = cumulativeImprovement(dataset, { measure, better, visit: visit.id, population });
    return cumulativeChart({ arms, cumulative, visit: visit.label }, options);
  }
  if (kind === 'raincloud' || kind === 'waterfall') {
    const changes = changesAt(dataset, { measure, visit: visit.id, population });
    const shown = { arms, changes, label, visit: visit.label, better };
    if (kind === 'raincloud') return raincloudChart(shown, options);
    const response = plan.outcomes.find((one) => one.kind === 'response' && one.measure === measure);
    return waterfallChart(
      { ...shown, response: response?.kind === 'response' ? response.fall : undefined },
      options,
    );
  }
  if (!further.subgroups?.length) return null;
  const factors = further.subgroups;
  const effects = againstReference(arms).map((contrast) =>
    subgroupEffects(dataset, { measure, visit: visit.id, contrast, factors, population, level }),
  );
  return subgroupChart({ arms, effects, label, visit: visit.label, better, level }, options);
}

/** Each arm against the reference; behind letters, where none is known, against the first. */
function againstReference(arms: readonly { id: string; reference: boolean }[]): [string, string][] {
  const reference = arms.find((arm) => arm.reference) ?? arms[0]!;
  return arms.filter((arm) => arm !== reference).map((arm): [string, string] => [arm.id, reference.id]);
}

function timeToWithdrawal({ dataset, plan, recruitment }: StudyCharts) {
  return {
    arms: dataset.arms,
    followed: dropOut(dataset, { population: plan.population, asOf: recruitment.asOf }),
    label: 'Time to withdrawal',
    event: 'withdrew',
    unit: 'months',
    since: 'since randomisation',
    steps: [1, 3, 6],
    level: plan.level,
    rising: true,
  };
}
