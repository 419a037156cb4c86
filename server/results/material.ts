import type { StudyCharts } from '../../analysis/charts/index.ts';
import { analyse, type Dataset, type Flow, flow, type ScreeningCounts } from '../../analysis/index.ts';
import { notValid } from '../errors.ts';
import type { Study } from '../studies/study.ts';
import { today } from '../visits/today.ts';
import type { ResultsQuery } from './contract.ts';
import { datasetFrom } from './dataset.ts';
import { limited } from './limit.ts';
import { planOf } from './plan.ts';
import { primaryOf } from './primary.ts';
import { reach } from './reach.ts';
import type { Reader } from './reader.ts';
import { screeningOf } from './screening.ts';

/** All that a dashboard and its charts are made of. Where arms are pooled there is one in it. */
export interface Material extends StudyCharts {
  /** Whether arms are pooled or stand behind letters. */
  masked: boolean;
  query: ResultsQuery;
  day: string;
  flow: Flow;
  /** Blocks of counts that the reader may not see. */
  hidden: ReadonlySet<string>;
}

/** Analyses what the question is about. */
export async function materialOf(reader: Reader, query: ResultsQuery): Promise<Material> {
  const { study, services, showing } = reader;
  const { document } = study;
  const day = today(services);
  const sites = reach(reader, query.site);
  const open = showing === 'open';
  const full = planOf(study, query.population);
  const plan = open ? full : { ...full, contrasts: [] };
  const binary = plan.outcomes.filter((outcome) => outcome.kind !== 'change');
  const outcome = query.outcome === undefined ? binary[0] : binary.find((one) => one.id === query.outcome);
  if (query.outcome !== undefined && !outcome)
    throw notValid(`The protocol has no response or threshold outcome “${query.outcome}”.`);
  if (query.visit !== undefined && !document.visits.some(({ id }) => id === query.visit))
    throw notValid(`The protocol has no visit “${query.visit}”.`);
  const primary = document.estimands.filter(
    (estimand) => estimand.role === 'primary' && estimand.outcome === outcome?.id,
  );
  const dataset = datasetFrom(study, reader.people, reader.arms, sites);
  const screening = await screeningOf(reader, sites);
  const { target, from, to } = document.recruitment;
  const material: Material = {
    masked: !open,
    hidden: new Set(),
    query,
    day,
    dataset,
    screening,
    plan,
    rows: analyse(dataset, plan),
    outcome: outcome?.id,
    missing: query.missing,
    visit: query.visit,
    primary: open
      ? primary.flatMap(({ visit, visits, treatments }) =>
          (visits ?? [visit!]).flatMap((at) =>
            treatments.map(([arm, versus]) => ({ visit: at, arm, versus })),
          ),
        )
      : primary.flatMap(({ visit, visits }) =>
          (visits ?? [visit!]).map((at) => ({ visit: at, arm: '', versus: '' })),
        ),
    flow: flowOf(dataset, screening, study, query, day),
    recruitment: { target: siteTarget(study, query.site) ?? target, from, to, asOf: day },
  };
  return reader.smallest === null ? material : limited(reader, material, reader.smallest);
}

/** The flow to the primary analysis as the document plans it, whatever rule for missing scores the figures follow. */
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
  const { kept, visit } = primaryOf(study);
  return flow(dataset, screening, {
    population: query.population,
    missing: kept ?? query.missing,
    measure: `${first.instrument}.${first.score}`,
    visit,
    asOf,
  });
}

function siteTarget(study: Study, site: string | undefined): number | undefined {
  return study.document.sites.find((one) => one.id === site)?.target;
}
