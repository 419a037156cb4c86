import { createEvents, type DateArray, type EventAttributes } from 'ics';
import { gather } from '../../participants/gather.ts';
import { allParticipants } from '../../participants/store.ts';
import type { Services } from '../../services.ts';
import type { Study } from '../../studies/study.ts';
import type { VisitView } from '../contract.ts';
import { addDays } from '../days.rules.ts';
import { instantOf } from '../instantOf.ts';
import { inCalendar } from './shown.rules.ts';
import { changesAtSite } from './store.ts';

/**
 * The visits of a site as an iCalendar text (RFC 5545): an appointment as an hour, a visit that is not booked as its
 * target day. It names a participant by the ID alone, and holds nothing that anybody typed: no reason, no note, no arm.
 */
export async function siteCalendar(services: Services, study: Study, site: string): Promise<string> {
  const db = services.db.read;
  const people = (await allParticipants(db, study.id, new Set([site]))).filter(
    (one) => one.status !== 'excluded',
  );
  const gathered = await gather(services, db, study, people);
  const changes = new Map(
    (await changesAtSite(db, study.id, site)).map((one) => [
      `${one.participant_id} ${one.visit}`,
      Number(one.times),
    ]),
  );
  const now = services.now().getTime();
  const events = gathered.flatMap(({ participant, visits }) =>
    visits.filter(inCalendar).map((visit) => ({
      ...eventOf(services, participant.code, visit),
      uid: `${visit.visit}.${participant.code}.${study.id}@equipoise`,
      sequence: changes.get(`${participant.id} ${visit.visit}`) ?? 0,
      timestamp: now,
    })),
  );
  const calName = `${study.document.code}, ${study.document.sites.find(({ id }) => id === site)!.name}`;
  if (events.length === 0) return emptyCalendar(calName);
  const { error, value } = createEvents(events, { productId: 'equipoise', calName });
  if (error || !value) throw new Error('The calendar could not be written.', { cause: error });
  return value;
}

function eventOf(services: Services, code: string, visit: VisitView): EventAttributes {
  const about = { classification: 'CONFIDENTIAL' };
  const window =
    visit.opens && visit.closes && visit.opens !== visit.closes
      ? `Window ${visit.opens} to ${visit.closes}. `
      : '';
  const forms = `Forms ${visit.formsDone} of ${visit.formsTotal}.`;
  if (visit.bookedFor !== null)
    return {
      ...about,
      title: `${code} ${visit.label}`,
      description: window + forms,
      start: instantOf(services, visit.bookedFor).getTime(),
      duration: { hours: 1 },
      status: 'CONFIRMED',
    };
  return {
    ...about,
    title: `${code} ${visit.label} (not booked)`,
    description: window + forms,
    start: dateOf(visit.target!),
    end: dateOf(addDays(visit.target!, 1)),
    status: 'TENTATIVE',
    transp: 'TRANSPARENT',
  };
}

function dateOf(day: string): DateArray {
  const [year, month, date] = day.split('-').map(Number);
  return [year!, month!, date!];
}

/** A calendar needs a component by the standard; a subscribed one may still have nothing in it on the first day. */
function emptyCalendar(name: string): string {
  const written = name.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, ' ');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'PRODID:equipoise',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${written}`,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
