import type { Database } from '../db/database.ts';
import { allocatedAfter } from '../randomisation/store.ts';
import type { Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import { daysBetween } from './days.rules.ts';
import { dayOf, today } from './today.ts';

/** How many were allocated, as far as they have been counted. */
interface Counted {
  upTo: number;
  days: Map<string, number>;
  sites: Map<string, number>;
}

/** Allocations never change and only get more, so that each is read and counted once. */
const counted = new WeakMap<Database, Map<string, Counted>>();

async function count(services: Services, study: string): Promise<Counted> {
  const studies = counted.get(services.db) ?? new Map<string, Counted>();
  counted.set(services.db, studies);
  const before = studies.get(study);
  const more = await allocatedAfter(services.db.read, study, before?.upTo ?? 0);
  if (before && more.length === 0) return before;
  const now: Counted = {
    upTo: more.at(-1)?.number ?? before?.upTo ?? 0,
    days: new Map(before?.days),
    sites: new Map(before?.sites),
  };
  for (const { allocated_at, site } of more) {
    const on = dayOf(services, new Date(allocated_at));
    now.days.set(on, (now.days.get(on) ?? 0) + 1);
    now.sites.set(site, (now.sites.get(site) ?? 0) + 1);
  }
  studies.set(study, now);
  return now;
}

/** How many were randomised, by day and by site, against the plan. The same for everyone: recruitment is never masked. */
export async function recruitmentOf(services: Services, study: Study) {
  const { days, sites } = await count(services, study.id);
  let randomised = 0;
  const series = [...days.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([on, number]) => {
      randomised += number;
      return { on, count: randomised };
    });
  const { target, from = series[0]?.on, to } = study.document.recruitment;
  const planned =
    from && to && to > from
      ? Math.round(
          target * Math.min(1, Math.max(0, daysBetween(from, today(services)) / daysBetween(from, to))),
        )
      : null;
  return {
    target,
    randomised,
    plannedByToday: planned,
    from: from ?? null,
    to: to ?? null,
    series,
    sites: study.document.sites.map((site) => ({
      site: site.id,
      name: site.name,
      randomised: sites.get(site.id) ?? 0,
      target: site.target ?? null,
    })),
  };
}
