import { reaches } from '../access/rules.ts';
import type { Caller, Services } from '../services.ts';
import { ageBand, daysOpen, isResolved, median } from './rules.ts';
import { timesOfQueries } from './store.ts';

/** How long the queries of each site have waited; sites without a query stand there with zeros. */
export async function ageingOfQueries(services: Services, { study, sites }: Caller) {
  const now = services.now().toISOString();
  const times = await timesOfQueries(services.db.read, study.id, sites);
  return {
    sites: study.document.sites
      .filter((site) => reaches(sites, site.id))
      .map(({ id }) => {
        const here = times.filter(({ site }) => site === id);
        const bands = { new: 0, ageing: 0, old: 0, overdue: 0 };
        const open = here.filter(({ status }) => !isResolved(status as 'open'));
        for (const one of open) bands[ageBand(daysOpen(one.opened_at, now))] += 1;
        const closed = here.filter(({ status }) => status === 'closed');
        return {
          site: id,
          unresolved: open.length,
          ...bands,
          closed: closed.length,
          medianDays: median(closed.map((one) => daysOpen(one.opened_at, one.closed_at ?? now))),
        };
      }),
  };
}
