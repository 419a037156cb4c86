import type { Database } from '../db/database.ts';
import { allocatedAfter } from '../randomisation/store.ts';
import { isSmall } from '../results/disclosure.ts';
import { inSteps } from '../results/recruited.ts';
import type { Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import { addDays, daysBetween } from './days.rules.ts';
import { dayOf, startOfWeek, today } from './today.ts';

/** How many were allocated, as far as they have been counted. */
interface Counted {
  upTo: number;
  /** Day → site → how many. */
  days: Map<string, Map<string, number>>;
}

/** Allocations never change and only get more, so that each is read and counted once. */
const counted = new WeakMap<Database, Map<string, Counted>>();

async function count(services: Services, study: string): Promise<Counted> {
  const studies = counted.get(services.db) ?? new Map<string, Counted>();
  counted.set(services.db, studies);
  const before = studies.get(study);
  const more = await allocatedAfter(services.db.read, study, before?.upTo ?? 0);
  if (before && more.length === 0) return before;
  const now: Counted = { upTo: more.at(-1)?.number ?? before?.upTo ?? 0, days: new Map(before?.days) };
  for (const { allocated_at, site } of more) {
    const on = dayOf(services, new Date(allocated_at));
    const sites = new Map(now.days.get(on));
    now.days.set(on, sites.set(site, (sites.get(site) ?? 0) + 1));
  }
  studies.set(study, now);
  return now;
}

/**
 * How many were randomised, by day and by site, against the plan. Recruitment is never masked; where small counts are
 * hidden, only those before this week are counted, as on the dashboard, days are put together to the same steps, and
 * sites are left out if at one of them so few are randomised.
 *
 * @param smallest the smallest count that the caller is shown; null: any
 */
export async function recruitmentOf(services: Services, study: Study, smallest: number | null) {
  const monday = () => dayOf(services, new Date(startOfWeek(services, services.now())));
  const countedTo = smallest === null ? null : addDays(monday(), -1);
  const { days } = await count(services, study.id);
  const entries = [...days]
    .filter(([on]) => countedTo === null || on <= countedTo)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([randomisedOn, sites]) => [...sites].map(([site, count]) => ({ randomisedOn, site, count })));
  const bySite = new Map<string, number>();
  for (const { site, count } of entries) bySite.set(site, (bySite.get(site) ?? 0) + count);
  const randomised = [...bySite.values()].reduce((sum, count) => sum + count, 0);
  const few = (count: number): boolean => smallest !== null && isSmall(count, smallest);
  const sites = study.document.sites.map((site) => ({
    site: site.id,
    name: site.name,
    randomised: bySite.get(site.id) ?? 0,
    target: site.target ?? null,
  }));
  const series = runningTotal(entries, smallest === null ? (day) => day : inSteps(entries, smallest));
  const { target, from = series[0]?.on, to } = study.document.recruitment;
  const until = countedTo ?? today(services);
  const planned =
    from && to && to > from
      ? Math.round(target * Math.min(1, Math.max(0, daysBetween(from, until) / daysBetween(from, to))))
      : null;
  return {
    target,
    randomised: few(randomised) ? null : randomised,
    plannedByToday: planned,
    countedTo,
    from: from ?? null,
    to: to ?? null,
    series,
    sites: sites.some((site) => few(site.randomised)) ? [] : sites,
  };
}

/** The running total at the end of each step; nothing where there are no steps. */
function runningTotal(
  entries: readonly { randomisedOn: string; count: number }[],
  endOf: ((day: string) => string) | null,
): { on: string; count: number }[] {
  if (endOf === null) return [];
  const totals = new Map<string, number>();
  let sum = 0;
  for (const { randomisedOn, count } of entries) {
    sum += count;
    totals.set(endOf(randomisedOn), sum);
  }
  return [...totals].map(([on, count]) => ({ on, count }));
}
