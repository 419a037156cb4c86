import type { Database } from '../db/database.ts';
import { allocatedAfter } from '../randomisation/store.ts';
import { isSmall } from '../results/disclosure.ts';
import { inSteps } from '../results/recruited.ts';
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

/**
 * How many were randomised, by day and by site, against the plan. Recruitment is never masked; where small counts are
 * hidden, days are put together to steps, and sites are left out if at one of them so few are randomised.
 *
 * @param smallest the smallest count that the caller is shown; null: any
 */
export async function recruitmentOf(services: Services, study: Study, smallest: number | null) {
  const { days, sites } = await count(services, study.id);
  let randomised = 0;
  const running = [...days.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([on, number]) => {
      randomised += number;
      return { on, count: randomised };
    });
  const series = smallest === null ? running : stepped(days, running, smallest);
  const few = (count: number): boolean => smallest !== null && isSmall(count, smallest);
  const { target, from = series[0]?.on, to } = study.document.recruitment;
  const planned =
    from && to && to > from
      ? Math.round(
          target * Math.min(1, Math.max(0, daysBetween(from, today(services)) / daysBetween(from, to))),
        )
      : null;
  return {
    target,
    randomised: few(randomised) ? null : randomised,
    plannedByToday: planned,
    from: from ?? null,
    to: to ?? null,
    series,
    sites: [...sites.values()].some(few)
      ? []
      : study.document.sites.map((site) => ({
          site: site.id,
          name: site.name,
          randomised: sites.get(site.id) ?? 0,
          target: site.target ?? null,
        })),
  };
}

/** The points of the running total at which steps end. */
function stepped(
  days: ReadonlyMap<string, number>,
  running: readonly { on: string; count: number }[],
  smallest: number,
): { on: string; count: number }[] {
  const entries = [...days].map(([randomisedOn, count]) => ({ randomisedOn, site: '', count }));
  const endOf = inSteps(entries, smallest);
  return endOf === null ? [] : running.filter(({ on }) => endOf(on) === on);
}
