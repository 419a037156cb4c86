import type { StudyCharts } from '../../analysis/charts/index.ts';
import { analyse, type Dataset, type Flow, flow, type ScreeningCounts } from '../../analysis/index.ts';
import type { Connection } from '../db/database.ts';
import { notValid } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import { today } from '../visits/today.ts';
import type { ResultsQuery } from './contract.ts';
import { datasetOf } from './dataset.ts';
import { planOf } from './plan.ts';
import { reach } from './reach.ts';
import { screeningOf } from './screening.ts';

/** All that a dashboard and its charts are made of. For a blinded caller there is one arm in it, the pooled one. */
export interface Material extends StudyCharts {
  masked: boolean;
  query: ResultsQuery;
  day: string;
  flow: Flow;
}

/** Reads and analyses what the question is about, in one snapshot. */
export async function materialOf(
  services: Services,
  db: Connection,
  caller: Caller,
  query: ResultsQuery,
): Promise<Material> {
  const { study, blinded: masked } = caller;
  const { document } = study;
  const day = today(services);
  const sites = reach(caller, query.site);
  const full = planOf(study, query.population);
  const plan = masked ? { ...full, contrasts: [] } : full;
  const binary = plan.outcomes.filter((outcome) => outcome.kind !== 'change');
  const outcome = query.outcome === undefined ? binary[0] : binary.find((one) => one.id === query.outcome);
  if (query.outcome !== undefined && !outcome)
    throw notValid(`The protocol has no response or threshold outcome “${query.outcome}”.`);
  const primary = document.estimands.filter(
    (estimand) => estimand.role === 'primary' && estimand.outcome === outcome?.id,
  );
  const dataset = await datasetOf(services, db, study, { sites, pooled: masked });
  const screening = await screeningOf(db, study, sites);
  const { target, from, to } = document.recruitment;
  return {
    masked,
    query,
    day,
    dataset,
    screening,
    plan,
    rows: analyse(dataset, plan),
    outcome: outcome?.id,
    missing: query.missing,
    primary: primary.flatMap(({ visit, visits, treatments }) =>
      (visits ?? [visit!]).flatMap((at) => treatments.map(([arm, versus]) => ({ visit: at, arm, versus }))),
    ),
    flow: flowOf(dataset, screening, study, query, day),
    recruitment: { target: siteTarget(study, query.site) ?? target, from, to, asOf: day },
  };
}

function flowOf(
  dataset: Dataset,
  screening: ScreeningCounts,
  study: Study,
  query: ResultsQuery,
  asOf: string,
): Flow {
  const { outcomes } = study.document;
  const first =
    outcomes.find((one) => one.id === query.outcome) ??
    outcomes.find((one) => one.kind !== 'change') ??
    outcomes[0]!;
  return flow(dataset, screening, {
    population: query.population,
    missing: query.missing,
    measure: `${first.instrument}.${first.score}`,
    asOf,
  });
}

function siteTarget(study: Study, site: string | undefined): number | undefined {
  return study.document.sites.find((one) => one.id === site)?.target;
}
