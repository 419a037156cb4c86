import {
  analyse,
  type Dataset,
  type Flow,
  flow,
  type OutcomePlan,
  type Plan,
  type Recruitment,
  type ResultRow,
  recruitment,
} from '../../analysis/index.ts';
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
export interface Material {
  masked: boolean;
  query: ResultsQuery;
  day: string;
  dataset: Dataset;
  plan: Plan;
  rows: ResultRow[];
  /** The response or threshold outcome that is looked at; null where the protocol has none. */
  outcome: OutcomePlan | null;
  /** The change of the same measure, or else the first change outcome. */
  change: OutcomePlan | null;
  /** Comparisons that the protocol's primary estimand names. */
  primary: { visit: string; arm: string; versus: string }[];
  flow: Flow;
  recruitment: Recruitment;
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
  const outcome = chosenOutcome(plan.outcomes, query.outcome);
  const dataset = await datasetOf(services, db, study, { sites, pooled: masked });
  const first = document.outcomes.find((one) => one.role === 'primary') ?? document.outcomes[0]!;
  const { target, from, to } = document.recruitment;
  const changes = plan.outcomes.filter((one) => one.kind === 'change');
  return {
    masked,
    query,
    day,
    dataset,
    plan,
    rows: analyse(dataset, plan),
    outcome,
    change: changes.find((one) => one.measure === outcome?.measure) ?? changes[0] ?? null,
    primary: document.estimands
      .filter((estimand) => estimand.role === 'primary' && estimand.outcome === outcome?.id)
      .flatMap(({ visit, treatments }) => treatments.map(([arm, versus]) => ({ visit, arm, versus }))),
    flow: flow(dataset, await screeningOf(db, study, sites), {
      population: query.population,
      missing: query.missing,
      measure: `${first.instrument}.${first.score}`,
      asOf: day,
    }),
    recruitment: recruitment(
      dataset.participants.map((participant) => participant.randomisedOn),
      { target: siteTarget(study, query.site) ?? target, from, to, asOf: day },
    ),
  };
}

function chosenOutcome(outcomes: readonly OutcomePlan[], id: string | undefined): OutcomePlan | null {
  const binary = outcomes.filter((outcome) => outcome.kind !== 'change');
  if (id === undefined) return binary[0] ?? null;
  const chosen = binary.find((outcome) => outcome.id === id);
  if (!chosen) throw notValid(`The protocol has no response or threshold outcome “${id}”.`);
  return chosen;
}

function siteTarget(study: Study, site: string | undefined): number | undefined {
  return study.document.sites.find((one) => one.id === site)?.target;
}
