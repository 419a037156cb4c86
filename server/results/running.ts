import type { FurtherCharts } from '../../analysis/charts/index.ts';
import { completeness, type Dataset } from '../../analysis/index.ts';
import { gather } from '../participants/gather.ts';
import { allParticipants } from '../participants/store.ts';
import { ageBands, daysOpen, isResolved } from '../queries/rules.ts';
import { timesOfQueries } from '../queries/store.ts';
import { daysBetween } from '../visits/days.rules.ts';
import { outsideWindow } from '../visits/rules.ts';
import { today } from '../visits/today.ts';
import type { Material } from './material.ts';
import { reach } from './reach.ts';
import type { Reader } from './reader.ts';

const DAYS_A_MONTH = 365.25 / 12;

const sitesOf = ({ study }: Reader, sites: ReadonlySet<string> | null) =>
  study.document.sites
    .filter(({ id }) => sites === null || sites.has(id))
    .map(({ id, name, target }) => ({ id, label: name, target: target ?? null }));

/** Queries at the sites, as they stood at the cut-off. */
export async function queriesOf(
  { db, study, until }: Reader,
  sites: ReadonlySet<string> | null,
): Promise<{ site: string; openedAt: string; resolved: boolean; cancelled: boolean }[]> {
  return (await timesOfQueries(db, study.id, sites))
    .filter((one) => until === null || one.opened_at <= until)
    .map((one) => {
      const later = until !== null && one.closed_at !== null && one.closed_at > until;
      return {
        site: one.site,
        openedAt: one.opened_at,
        resolved: !later && isResolved(one.status as 'open'),
        cancelled: !later && one.status === 'cancelled',
      };
    });
}

/** Unresolved queries at the sites with their age today. */
export async function queryAgesOf(
  reader: Reader,
  site: string | undefined,
): Promise<NonNullable<FurtherCharts['queries']>> {
  const sites = reach(reader, site);
  const now = reader.services.now().toISOString();
  return {
    sites: sitesOf(reader, sites),
    bands: ageBands.map(({ from }) => from),
    queries: (await queriesOf(reader, sites))
      .filter(({ resolved }) => !resolved)
      .map((one) => ({ site: one.site, days: daysOpen(one.openedAt, now) })),
  };
}

/** When the planned visits after baseline took place until today, against each person's own window. */
export async function visitTimesOf(
  reader: Reader,
  site: string | undefined,
): Promise<NonNullable<FurtherCharts['timeliness']>> {
  const { study, services, db } = reader;
  const sites = reach(reader, site);
  const day = today(services);
  const planned = study.document.visits.filter((visit) => !visit.baseline);
  const known = new Set(planned.map(({ id }) => id));
  const gathered = await gather(services, db, study, await allParticipants(db, study.id, sites));
  return {
    sites: sitesOf(reader, sites),
    visits: planned.map(({ id, label, window }) => ({ id, label, ...window })),
    seen: gathered.flatMap(({ participant, visits }) =>
      visits.flatMap((visit) => {
        const { target, seenOn } = visit;
        if (!known.has(visit.visit) || target === null || seenOn === null || seenOn > day) return [];
        const inside = outsideWindow(visit, seenOn) === null;
        return [{ visit: visit.visit, site: participant.site, days: daysBetween(target, seenOn), inside }];
      }),
    ),
  };
}

/**
 * What each site has randomised, collected and left open. Months run from the planned start (else the first person
 * randomised) until today, or until the planned end where nobody came after it.
 */
export async function siteCountsOf(
  reader: Reader,
  { dataset, query, day, recruitment, primary, plan, outcome }: Material,
): Promise<NonNullable<FurtherCharts['sites']>> {
  const { study } = reader;
  const sites = reach(reader, query.site);
  const days = dataset.participants.map((one) => one.randomisedOn).sort();
  const from = recruitment.from ?? days[0] ?? day;
  const last = [recruitment.to ?? day, days.at(-1) ?? day].sort().at(-1)!;
  const months = Math.max(1, daysBetween(from, last < day ? last : day)) / DAYS_A_MONTH;
  const open = (await queriesOf(reader, sites)).filter(({ resolved }) => !resolved);
  const measure = (plan.outcomes.find(({ id }) => id === outcome) ?? plan.outcomes[0])?.measure;
  const visit = dataset.visits.findLast(({ id, baseline }) =>
    primary?.[0] ? id === primary[0].visit : !baseline,
  );
  const short = measure && study.instruments.get(measure.split('.')[0]!)?.short;
  return {
    outcome: visit && short ? `${short} at ${visit.label}` : '',
    counts: sitesOf(reader, sites).map((site) => ({
      ...site,
      randomised: dataset.participants.filter((one) => one.site === site.id).length,
      months,
      complete: visit && measure ? completeAt(dataset, site.id, measure, visit.id, day) : { count: 0, of: 0 },
      openQueries: open.filter((one) => one.site === site.id).length,
    })),
  };
}

function completeAt(dataset: Dataset, site: string, measure: string, visit: string, asOf: string) {
  const participants = dataset.participants.filter((one) => one.site === site);
  const here = new Set(participants.map(({ id }) => id));
  const scores = dataset.scores.filter((one) => one.measure === measure && here.has(one.participant));
  const own = { ...dataset, participants, scores, events: [] };
  const [row] = completeness(own, { measures: [{ measure, label: '', visits: [visit] }], asOf });
  return { count: row?.count ?? 0, of: row?.of ?? 0 };
}
