import type { z } from 'zod';
import { reaches } from '../access/rules.ts';
import { stoppedOf } from '../events/read.ts';
import { openAlerts } from '../forms/alerts/store.ts';
import { runningClocks } from '../harms/clocks.ts';
import { type Gathered, gather } from '../participants/gather.ts';
import { contactsOf, participantsOf } from '../participants/store.ts';
import { holderOf, standingOf } from '../queries/asker.ts';
import { isFor } from '../queries/rules.ts';
import { unresolvedQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import { smallestShown } from '../studies/rules.ts';
import type { readWorklist, WorklistRow } from './contract.ts';
import { addDays, daysBetween, sundayOf } from './days.rules.ts';
import { type OpenVisit, openVisits } from './open/find.ts';
import { recruitmentOf } from './recruitment.ts';
import { today } from './today.ts';

type Worklist = z.infer<NonNullable<(typeof readWorklist)['reply']>>;
type Query = z.output<NonNullable<(typeof readWorklist)['query']>>;
type Queries = Awaited<ReturnType<typeof unresolvedQueries>>;

/** Windows that open later than this are only counted. */
const HORIZON_DAYS = 56;

/** The day's work: open visits by when their window closes, alerts, queries, recruitment. */
export async function worklist(services: Services, caller: Caller, query: Query): Promise<Worklist> {
  const db = services.db.read;
  const { study } = caller;
  const day = today(services);
  const within = (site: string): boolean =>
    reaches(caller.sites, site) && (query.site === undefined || site === query.site);
  const sites = query.site === undefined ? caller.sites : [query.site].filter(within);
  const open = await openVisits(services, study, { study: study.id, sites: sites && [...sites] });
  const soon = open.filter(({ visit }) => visit.opens! <= addDays(day, HORIZON_DAYS));
  const sunday = sundayOf(day);
  const overdue = soon.filter(({ visit }) => visit.closes! < day);
  const week = soon.filter(({ visit }) => visit.closes! >= day && visit.closes! <= sunday);
  const shown = query.show === 'overdue' ? overdue : query.show === 'week' ? week : soon;
  const page = shown.slice((query.page - 1) * query.size, query.page * query.size);
  const next = soon[overdue.length];
  const queries = await unresolvedQueries(db, study.id);
  const rows = await rowsOf(services, caller, next ? [...page, next] : page, queries);
  const { at } = await holderOf(db, caller);
  const harms = await runningClocks(services, caller, within);
  const alerts = (await openAlerts(db, study.id)).filter((alert) => within(alert.site));
  return {
    today: day,
    rows: rows.slice(0, page.length),
    total: shown.length,
    next: next ? rows.at(-1)! : null,
    counts: {
      overdue: overdue.length,
      oldest: overdue[0] ? daysBetween(overdue[0].visit.closes!, day) : 0,
      week: week.length,
      idle: week.filter(({ visit }) => visit.bookedFor === null && visit.state !== 'started').length,
      after: soon.length - overdue.length - week.length,
      last: soon.at(-1)?.visit.closes ?? null,
    },
    later: open.length - soon.length,
    alerts: alerts.map((alert) => ({
      id: alert.id,
      participant: alert.code,
      visit: alert.visit,
      instrument: alert.instrument,
      item: alert.item,
      value: alert.value,
      openedAt: alert.opened_at,
      steps:
        study.instruments.get(alert.instrument)?.safety.find((rule) => rule.item === alert.item)?.steps ?? [],
    })),
    harms,
    queries: queries
      .filter((entry) => within(entry.site) && isFor(standingOf(entry), at(entry.site)))
      .map((entry) => ({
        id: entry.id,
        number: entry.number,
        participant: entry.code,
        text: entry.text,
        openedAt: entry.opened_at,
      })),
    recruitment: await recruitmentOf(services, study, smallestShown(study.document, caller.roles)),
  };
}

/** The visits with what is known of them besides. */
async function rowsOf(
  services: Services,
  caller: Caller,
  visits: readonly OpenVisit[],
  queries: Queries,
): Promise<WorklistRow[]> {
  const db = services.db.read;
  const day = today(services);
  const ids = [...new Set(visits.map(({ participant }) => participant))];
  const gathered = await gather(services, db, caller.study, await participantsOf(db, ids));
  const people = new Map(gathered.map((one) => [one.participant.id, one]));
  const contacts = await contactsOf(db, ids);
  const stopped = await stoppedOf(db, caller, ids);
  return visits.map(({ participant, visit: { visit: id } }): WorklistRow => {
    const one = people.get(participant)!;
    const visit = one.visits.find((view) => view.visit === id)!;
    const calls = contacts.filter(
      (contact) => contact.participant_id === participant && contact.on_day >= visit.opens!,
    );
    return {
      participant: one.participant.code,
      site: one.participant.site,
      visit,
      daysLeft: daysBetween(day, visit.closes!),
      ...progress(one, id),
      stopped: stopped.get(participant) ?? [],
      openQueries: queries.filter((entry) => entry.participant_id === participant && entry.visit === id)
        .length,
      contacts: { count: calls.length, last: calls[0]?.outcome ?? null },
    };
  });
}

/** The form that was begun, or else the next one to enter. */
function progress(one: Gathered, visit: string): Pick<WorklistRow, 'started' | 'next'> {
  const definition = one.definitions.find((entry) => entry.id === visit)!;
  const status = (instrument: string) =>
    one.forms.find((form) => form.visit === visit && form.instrument === instrument)?.status ?? 'not-started';
  return {
    started: definition.instruments.find((instrument) => status(instrument) === 'started') ?? null,
    next: definition.instruments.find((instrument) => status(instrument) !== 'complete') ?? null,
  };
}
