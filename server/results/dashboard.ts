import { chartCards } from '../charts/card.ts';
import { studyLock } from '../locks/store.ts';
import type { Showing } from '../studies/rules.ts';
import { scoresThere } from './complete.ts';
import type { Dashboard, ResultsQuery } from './contract.ts';
import { completeBlock } from './disclosure.ts';
import { flowStrip } from './flowStrip.ts';
import { furtherFor } from './further.ts';
import { type Material, materialOf } from './material.ts';
import { reach } from './reach.ts';
import type { Reader } from './reader.ts';
import { queriesOf } from './running.ts';
import type { Say } from './words.ts';

const reasons: Record<Showing, string | null> = {
  open: null,
  pooled: 'Your role is blinded in this study: figures are pooled over the arms.',
  masked: 'Your role is blinded in this study: arms stand behind letters, and are not compared.',
};

/** The dashboard for a reader: pooled over the arms, or by letter, where the reader is blinded. */
export async function dashboardOf(reader: Reader, query: ResultsQuery): Promise<Dashboard> {
  const dashboard = await inEnglish(reader, query);
  return reader.say ? inLanguageOf(dashboard, reader.say) : dashboard;
}

/** What the dashboard says beside its charts, which are drawn in the language already. */
function inLanguageOf(dashboard: Dashboard, say: Say): Dashboard {
  const labelled = <One extends { label: string }>(one: One): One => ({ ...one, label: say(one.label) });
  const { filters, flow } = dashboard;
  return {
    ...dashboard,
    maskReason: dashboard.maskReason && say(dashboard.maskReason),
    filters: {
      ...filters,
      outcomes: filters.outcomes.map(labelled),
      populations: filters.populations.map(labelled),
    },
    flow: {
      ...flow,
      excludedReasons: flow.excludedReasons.map(labelled),
      columns: flow.columns.map(labelled),
      arms: flow.arms.map((arm) => ({
        ...labelled(arm),
        cells: arm.cells.map((one) => ({ ...one, note: say(one.note) })),
      })),
    },
    completeness: dashboard.completeness.map(labelled),
  };
}

async function inEnglish(reader: Reader, query: ResultsQuery): Promise<Dashboard> {
  const { study, sites, showing, db, until, smallest } = reader;
  const material = await materialOf(reader, query);
  const { masked, plan, outcome, dataset } = material;
  return {
    asOf: until ?? study.changedAt,
    locked: (await studyLock(db, study.id)) ?? null,
    masked,
    showing,
    maskReason: reasons[showing],
    live: until === null,
    smallest,
    synthetic: study.synthetic,
    filters: {
      sites: study.document.sites
        .filter((site) => sites === null || sites.has(site.id))
        .map((site) => ({ id: site.id, label: site.name })),
      outcomes: plan.outcomes
        .filter((one) => one.kind !== 'change')
        .map((one) => ({ id: one.id, label: one.label })),
      visits: dataset.visits.filter(({ baseline }) => !baseline).map(({ id, label }) => ({ id, label })),
      populations: [
        { id: 'all-randomised', label: 'All randomised' },
        { id: 'started-treatment', label: 'Started treatment' },
      ],
      chosen: { ...material.query, outcome },
    },
    flow: flowStrip(material.flow, study.document.sites.length, showing === 'pooled'),
    charts: await cards(material, reader.say),
    further: furtherFor(reader, material),
    completeness: await completenessOf(reader, material),
    from:
      smallest !== null
        ? (study.document.recruitment.from ?? null)
        : dataset.participants.reduce<string | null>(
            (first, one) => (first === null || one.randomisedOn < first ? one.randomisedOn : first),
            null,
          ),
  };
}

/** Without arms there is nothing to compare: the page says so in that card's place. */
async function cards(material: Material, say: Reader['say']): Promise<Dashboard['charts']> {
  const { dataset, screening, rows, masked, query } = material;
  const all = await chartCards(dataset, screening, rows, { ...material, layout: query.layout, say });
  return masked ? all.filter((card) => card.id !== 'risk-difference') : all;
}

async function completenessOf(reader: Reader, material: Material): Promise<Dashboard['completeness']> {
  const { dataset, day, query, hidden } = material;
  const scores = scoresThere(reader.study, dataset, day);
  const queries = (await queriesOf(reader, reach(reader, query.site))).filter(({ cancelled }) => !cancelled);
  return [
    ...scores.filter(({ label }) => !hidden.has(completeBlock(label))),
    {
      label: 'Queries closed',
      count: queries.filter(({ resolved }) => resolved).length,
      of: queries.length,
    },
  ];
}
