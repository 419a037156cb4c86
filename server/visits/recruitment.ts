import { allParticipants } from '../participants/store.ts';
import { placementsOfStudy } from '../randomisation/store.ts';
import type { Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import { daysBetween } from './days.rules.ts';
import { dayOf, today } from './today.ts';

/** How many were randomised, by day and by site, against the plan. The same for everyone: recruitment is never masked. */
export async function recruitmentOf(services: Services, study: Study) {
  const db = services.db.read;
  const placements = await placementsOfStudy(db, study.id);
  const sites = new Map((await allParticipants(db, study.id, null)).map((one) => [one.id, one.site]));
  const days = placements.map((placement) => dayOf(services, new Date(placement.allocated_at))).sort();
  const series: { on: string; count: number }[] = [];
  days.forEach((on, index) => {
    if (series.at(-1)?.on === on) series.at(-1)!.count = index + 1;
    else series.push({ on, count: index + 1 });
  });
  const { target, from = days[0], to } = study.document.recruitment;
  const planned =
    from && to && to > from
      ? Math.round(
          target * Math.min(1, Math.max(0, daysBetween(from, today(services)) / daysBetween(from, to))),
        )
      : null;
  return {
    target,
    randomised: placements.length,
    plannedByToday: planned,
    from: from ?? null,
    to: to ?? null,
    series,
    sites: study.document.sites.map((site) => ({
      site: site.id,
      name: site.name,
      randomised: placements.filter((placement) => sites.get(placement.participant_id) === site.id).length,
      target: site.target ?? null,
    })),
  };
}
