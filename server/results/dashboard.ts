import { completeness } from '../../analysis/index.ts';
import type { Connection, Database } from '../db/database.ts';
import { studyLock } from '../locks/store.ts';
import { countQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import { today } from '../visits/today.ts';
import type { Dashboard, ResultsQuery } from './contract.ts';
import { flowStrip } from './flowStrip.ts';
import { furtherFor } from './further.ts';
import { type Material, materialOf } from './material.ts';

/** Rendered dashboards by database, study, state of the data and question: figures change only when data or the day do. */
const keptOf = new WeakMap<Database, Map<string, Dashboard>>();
const KEPT = 50;

/** The dashboard for a caller: pooled over the arms where the caller is blinded. */
export async function readDashboard(
  services: Services,
  caller: Caller,
  query: ResultsQuery,
): Promise<Dashboard> {
  const { study, blinded, sites } = caller;
  const { id, hash, changedAt } = study;
  const key = JSON.stringify([
    id,
    hash,
    changedAt,
    today(services),
    blinded,
    sites && [...sites].sort(),
    query,
  ]);
  const kept = keptOf.get(services.db) ?? new Map<string, Dashboard>();
  keptOf.set(services.db, kept);
  const known = kept.get(key);
  if (known) return known;
  const built = await services.db.snapshot(async (db) =>
    build(db, caller, await materialOf(services, db, caller, query)),
  );
  kept.set(key, built);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return built;
}

async function build(db: Connection, caller: Caller, material: Material): Promise<Dashboard> {
  const { study, sites } = caller;
  const { masked, plan, outcome, dataset } = material;
  return {
    asOf: study.changedAt,
    locked: (await studyLock(db, study.id)) ?? null,
    masked,
    maskReason: masked ? 'Your role is blinded in this study: figures are pooled over the arms.' : null,
    synthetic: study.synthetic,
    filters: {
      sites: study.document.sites
        .filter((site) => sites === null || sites.has(site.id))
        .map((site) => ({ id: site.id, label: site.name })),
      outcomes: plan.outcomes
        .filter((one) => one.kind !== 'change')
        .map((one) => ({ id: one.id, label: one.label })),
      populations: [
        { id: 'all-randomised', label: 'All randomised' },
        { id: 'started-treatment', label: 'Started treatment' },
      ],
      chosen: { ...material.query, outcome },
    },
    flow: flowStrip(material.flow, study.document.sites.length, masked),
    charts: await cards(material),
    further: furtherFor(study, material),
    completeness: await completenessOf(db, caller, material),
    from: dataset.participants.reduce<string | null>(
      (first, one) => (first === null || one.randomisedOn < first ? one.randomisedOn : first),
      null,
    ),
  };
}

/** Without arms there is nothing to compare: the page says so in that card's place. */
async function cards(material: Material): Promise<Dashboard['charts']> {
  const { dataset, screening, rows, masked, query } = material;
  const { chartCards } = await import('../charts/card.ts');
  const all = await chartCards(dataset, screening, rows, { ...material, layout: query.layout });
  return masked ? all.filter((card) => card.id !== 'risk-difference') : all;
}

async function completenessOf(
  db: Connection,
  { study, sites }: Caller,
  { dataset, day, query }: Material,
): Promise<Dashboard['completeness']> {
  const measures = new Map(
    study.document.outcomes.map((outcome) => [
      `${outcome.instrument}.${outcome.score}`,
      study.instruments.get(outcome.instrument)!.short,
    ]),
  );
  const visits = dataset.visits.filter((visit) => !visit.baseline).map((visit) => visit.id);
  const scores = completeness(dataset, {
    measures: [...measures].map(([measure, label]) => ({ measure, label, visits })),
    asOf: day,
  });
  const queries = await countQueries(db, study.id, query.site === undefined ? sites : new Set([query.site]));
  return [
    ...scores.map(({ label, count, of }) => ({ label, count, of })),
    { label: 'Queries closed', count: queries.total - queries.unresolved, of: queries.total },
  ];
}
