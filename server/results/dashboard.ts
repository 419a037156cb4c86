import { analyse, completeness, type Dataset, flow, recruitment } from '../../analysis/index.ts';
import { chartCards } from '../charts/card.ts';
import type { Connection } from '../db/database.ts';
import { notValid } from '../errors.ts';
import { countQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import { today } from '../visits/today.ts';
import type { ChartCard, Dashboard, ResultsQuery } from './contract.ts';
import { datasetOf } from './dataset.ts';
import { flowStrip } from './flowStrip.ts';
import { planOf } from './plan.ts';
import { reach } from './reach.ts';
import { screeningOf } from './screening.ts';

/** Rendered dashboards by study, state of the data and question: figures change only when data do. */
const kept = new Map<string, Dashboard>();
const KEPT = 50;

/** The dashboard for a caller: pooled over the arms where the caller is blinded. */
export async function readDashboard(
  services: Services,
  caller: Caller,
  query: ResultsQuery,
): Promise<Dashboard> {
  const { study, blinded } = caller;
  const sites = reach(caller, query.site);
  const day = today(services);
  const key = JSON.stringify([
    study.id,
    study.hash,
    study.changedAt,
    day,
    blinded,
    sites && [...sites].sort(),
    query,
  ]);
  const known = kept.get(key);
  if (known) return known;
  const built = await services.db.snapshot((db) => build(services, db, caller, query, sites, day));
  kept.set(key, built);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return built;
}

async function build(
  services: Services,
  db: Connection,
  caller: Caller,
  query: ResultsQuery,
  sites: ReadonlySet<string> | null,
  day: string,
): Promise<Dashboard> {
  const { study, blinded } = caller;
  const { document } = study;
  const plan = planOf(study, query.population);
  const outcome = chosenOutcome(plan.outcomes, query.outcome);
  const dataset = await datasetOf(services, db, study, { sites, pooled: blinded });
  const screening = await screeningOf(db, study, sites);
  const rows = analyse(dataset, blinded ? { ...plan, contrasts: [] } : plan);
  const primary = document.outcomes.find((one) => one.role === 'primary') ?? document.outcomes[0]!;
  const counts = flow(dataset, screening, {
    population: query.population,
    missing: query.missing,
    measure: `${primary.instrument}.${primary.score}`,
    asOf: day,
  });
  const { target, from, to } = document.recruitment;
  const charts = await chartCards({
    dataset,
    rows,
    plan,
    outcome,
    missing: query.missing,
    flow: counts,
    recruitment: recruitment(
      dataset.participants.map((participant) => participant.randomisedOn),
      { target: siteTarget(study, query.site) ?? target, from, to, asOf: day },
    ),
    masked: blinded,
  });
  return {
    asOf: study.changedAt,
    masked: blinded,
    maskReason: blinded ? 'Your role is blinded in this study: figures are pooled over the arms.' : null,
    synthetic: study.synthetic,
    filters: {
      sites: document.sites
        .filter((site) => caller.sites === null || caller.sites.has(site.id))
        .map((site) => ({ id: site.id, label: site.name })),
      outcomes: plan.outcomes
        .filter((one) => one.kind !== 'change')
        .map((one) => ({ id: one.id, label: one.label })),
      populations: [
        { id: 'all-randomised', label: 'All randomised' },
        { id: 'started-treatment', label: 'Started treatment' },
      ],
      chosen: { ...query, outcome: outcome?.id },
    },
    flow: flowStrip(counts, document.sites.length, blinded),
    charts: charts satisfies ChartCard[],
    completeness: await completenessOf(db, study, dataset, day),
    from: dataset.participants.reduce<string | null>(
      (first, one) => (first === null || one.randomisedOn < first ? one.randomisedOn : first),
      null,
    ),
  };
}

/** A response or threshold outcome; null where the protocol has none. */
function chosenOutcome<T extends { id: string; kind: string }>(
  outcomes: readonly T[],
  id: string | undefined,
): T | null {
  const binary = outcomes.filter((outcome) => outcome.kind !== 'change');
  if (id === undefined) return binary[0] ?? null;
  const chosen = binary.find((outcome) => outcome.id === id);
  if (!chosen) throw notValid(`The protocol has no response or threshold outcome “${id}”.`);
  return chosen;
}

function siteTarget(study: Study, site: string | undefined): number | undefined {
  return study.document.sites.find((one) => one.id === site)?.target;
}

async function completenessOf(
  db: Connection,
  study: Study,
  dataset: Dataset,
  day: string,
): Promise<Dashboard['completeness']> {
  const measures = new Map(
    study.document.outcomes.map((outcome) => [
      `${outcome.instrument}.${outcome.score}`,
      study.instruments.get(outcome.instrument)!.short,
    ]),
  );
  const scores = completeness(dataset, {
    measures: [...measures].map(([measure, label]) => ({
      measure,
      label,
      visits: dataset.visits.filter((visit) => !visit.baseline).map((visit) => visit.id),
    })),
    asOf: day,
  });
  const queries = await countQueries(db, study.id);
  return [
    ...scores.map(({ label, count, of }) => ({ label, count, of })),
    { label: 'Queries closed', count: queries.total - queries.unresolved, of: queries.total },
  ];
}
