import type { z } from 'zod';
import { reaches } from '../access/rules.ts';
import { stoppedOf } from '../events/read.ts';
import { openAlerts } from '../forms/store.ts';
import { runningClocks } from '../harms/clocks.ts';
import { type Gathered, gather } from '../participants/gather.ts';
import { allParticipants, contactsOf } from '../participants/store.ts';
import { holderOf, standingOf } from '../queries/asker.ts';
import { isFor } from '../queries/rules.ts';
import { unresolvedQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import type { readWorklist, WorklistRow } from './contract.ts';
import { addDays, daysBetween } from './days.rules.ts';
import { recruitmentOf } from './recruitment.ts';
import { isOpen } from './rules.ts';
import { today } from './today.ts';

type Worklist = z.infer<NonNullable<(typeof readWorklist)['reply']>>;

/** Windows that open later than this are only counted. */
const HORIZON_DAYS = 56;

/** The day's work: open visits by when their window closes, alerts, queries, recruitment. */
export async function worklist(
  services: Services,
  caller: Caller,
  query: { site?: string },
): Promise<Worklist> {
  const db = services.db.read;
  const { study } = caller;
  const day = today(services);
  const within = (site: string): boolean =>
    reaches(caller.sites, site) && (query.site === undefined || site === query.site);
  const participants = (await allParticipants(db, study.id, caller.sites)).filter((one) => within(one.site));
  const gathered = await gather(services, db, study, participants);
  const queries = await unresolvedQueries(db, study.id);
  const { at } = await holderOf(db, caller);
  const people = new Map(participants.map((one) => [one.id, one]));
  const open = gathered.flatMap((one) =>
    one.visits
      .filter((visit) => isOpen(visit.state) && visit.closes !== null)
      .map((visit) => ({ one, visit, closes: visit.closes! })),
  );
  const soon = open.filter(({ visit }) => visit.opens! <= addDays(day, HORIZON_DAYS));
  const contacts = await contactsOf(
    db,
    [...new Set(soon.map(({ one }) => one.participant.id))].slice(0, 5000),
  );
  const stopped = await stoppedOf(db, caller);
  const rows = soon
    .map(({ one, visit, closes }): WorklistRow => {
      const calls = contacts.filter(
        (contact) => contact.participant_id === one.participant.id && contact.on_day >= visit.opens!,
      );
      return {
        participant: one.participant.code,
        site: one.participant.site,
        visit,
        daysLeft: daysBetween(day, closes),
        ...progress(one, visit.visit),
        stopped: stopped.get(one.participant.id) ?? [],
        openQueries: queries.filter(
          (entry) => entry.participant_id === one.participant.id && entry.visit === visit.visit,
        ).length,
        contacts: { count: calls.length, last: calls[0]?.outcome ?? null },
      };
    })
    .sort(
      (a, b) => a.visit.closes!.localeCompare(b.visit.closes!) || a.participant.localeCompare(b.participant),
    );
  const harms = await runningClocks(services, caller, within);
  const alerts = (await openAlerts(db, study.id)).filter((alert) => within(alert.site));
  return {
    today: day,
    rows,
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
      .filter((entry) => {
        const person = people.get(entry.participant_id);
        return person !== undefined && isFor(standingOf(entry), at(person.site));
      })
      .map((entry) => ({
        id: entry.id,
        number: entry.number,
        participant: people.get(entry.participant_id)!.code,
        text: entry.text,
        openedAt: entry.opened_at,
      })),
    recruitment: await recruitmentOf(services, study),
  };
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
