import { reaches } from '../access/rules.ts';
import { gather } from '../participants/gather.ts';
import { allParticipants } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { type VisitListRow, type VisitState, visitState } from './contract.ts';
import { today } from './today.ts';

interface Filter {
  site?: string;
  state?: VisitState;
  from?: string;
  to?: string;
}

/** Every visit at the caller's sites, by the day on which its window closes; what has no days yet comes last. */
export async function visitList(services: Services, caller: Caller, filter: Filter) {
  const db = services.db.read;
  const participants = (await allParticipants(db, caller.study.id, caller.sites)).filter(
    (one) =>
      one.status !== 'excluded' &&
      reaches(caller.sites, one.site) &&
      (filter.site === undefined || one.site === filter.site),
  );
  const gathered = await gather(services, db, caller.study, participants);
  const all = gathered.flatMap(({ participant, visits }) =>
    visits.map((visit): VisitListRow => ({ participant: participant.code, site: participant.site, visit })),
  );
  const counts = Object.fromEntries(
    visitState.options.map((state) => [state, all.filter(({ visit }) => visit.state === state).length]),
  ) as Record<VisitState, number>;
  const rows = all.filter(
    ({ visit }) =>
      (filter.state === undefined || visit.state === filter.state) &&
      (filter.from === undefined || (visit.closes !== null && visit.closes >= filter.from)) &&
      (filter.to === undefined || (visit.opens !== null && visit.opens <= filter.to)),
  );
  const last = '9999-12-31';
  rows.sort(
    (a, b) =>
      (a.visit.closes ?? last).localeCompare(b.visit.closes ?? last) ||
      a.participant.localeCompare(b.participant),
  );
  return { today: today(services), counts, rows };
}
