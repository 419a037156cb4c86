import type { Connection } from '../db/database.ts';
import { type FormState, formStatesOf, formStatesOfStudy } from '../forms/store.ts';
import { type Placement, placementsOf, placementsOfStudy } from '../randomisation/store.ts';
import type { Services } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import type { VisitDefinition } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';
import type { VisitView } from '../visits/contract.ts';
import { type FollowUp, type VisitFacts, viewVisit } from '../visits/rules.ts';
import { type Booking, bookingsOf, type UnscheduledRecord, unscheduledOf } from '../visits/store.ts';
import { dayOf, today } from '../visits/today.ts';
import { unscheduledDefinition, unscheduledNumber } from '../visits/unscheduled.rules.ts';
import type { ParticipantStatus } from './contract.ts';
import { followUpOf } from './followUp.rules.ts';
import { plannedVisits } from './planned.ts';
import { eventsOf, type ParticipantRecord } from './store.ts';

/** A participant with what its visits are judged by. */
export interface Gathered<Form extends FormState = FormState> {
  participant: ParticipantRecord;
  placement: Placement | null;
  forms: Form[];
  bookings: Booking[];
  followUp: FollowUp;
  visits: VisitView[];
  /** The visits' definitions, in the same order. */
  definitions: VisitDefinition[];
  /** The study as of the participant's site. */
  study: Study;
}

/** Of more people than that, what the whole study has is read at once. */
const MANY = 500;

/** Collects visits, forms (without their answers) and bookings of many participants in a few queries. */
export async function gather(
  services: Pick<Services, 'config' | 'now'>,
  db: Connection,
  study: Study,
  participants: readonly ParticipantRecord[],
): Promise<Gathered[]> {
  const ids = participants.map((participant) => participant.id);
  const forms = ids.length > MANY ? await formStatesOfStudy(db, study.id) : await formStatesOf(db, ids);
  return gatherAround(services, db, study, participants, forms);
}

/** The same around their forms, which were read already. */
export async function gatherAround<Form extends FormState>(
  services: Pick<Services, 'config' | 'now'>,
  db: Connection,
  study: Study,
  participants: readonly ParticipantRecord[],
  read: readonly Form[],
): Promise<Gathered<Form>[]> {
  const ids = participants.map((participant) => participant.id);
  const many = ids.length > MANY;
  const forms = groupBy(read);
  const placements = new Map(
    (many ? await placementsOfStudy(db, study.id) : await placementsOf(db, ids)).map((one) => [
      one.participant_id,
      one,
    ]),
  );
  const bookings = groupBy(await inParts(ids, (part) => bookingsOf(db, part)));
  const events = groupBy(await inParts(ids, (part) => eventsOf(db, part)));
  const unscheduled = groupBy(await inParts(ids, (part) => unscheduledOf(db, part)));
  const day = today(services);
  const sites = new Map<string, Study>();
  const studyOf = (site: string): Study => {
    const here = sites.get(site) ?? studyAt(study, site);
    sites.set(site, here);
    return here;
  };
  return participants.map((participant) => {
    const placement = placements.get(participant.id) ?? null;
    const own = {
      forms: forms.get(participant.id) ?? [],
      bookings: bookings.get(participant.id) ?? [],
      followUp: followUpOf(events.get(participant.id) ?? []),
    };
    const anchors = {
      screenedOn: participant.screened_on,
      randomisedOn: placement ? dayOf(services, new Date(placement.allocated_at)) : null,
    };
    const here = studyOf(participant.site);
    const extra = unscheduled.get(participant.id) ?? [];
    const definitions = [
      ...plannedVisits(here, own.forms),
      ...extra.map((one) => unscheduledDefinition(one.number, JSON.parse(one.instruments))),
    ];
    const visits = definitions.map((definition) => {
      const entered = own.forms.filter((form) => form.visit === definition.id);
      return viewVisit(definition, {
        status: participant.status as ParticipantStatus,
        anchors,
        followUp: own.followUp,
        bookedFor: own.bookings.find((booking) => booking.visit === definition.id)?.booked_for ?? null,
        forms: entered as { status: 'started' | 'complete' }[],
        seenOn: entered.reduce<string | null>(
          (first, form) =>
            form.assessed_on !== null && (first === null || form.assessed_on < first)
              ? form.assessed_on
              : first,
          null,
        ),
        today: day,
        unplanned: unplannedOf(extra, definition.id),
      });
    });
    return { participant, placement, ...own, visits, definitions, study: here };
  });
}

function unplannedOf(extra: readonly UnscheduledRecord[], visit: string): VisitFacts['unplanned'] {
  const found = extra.find(({ number }) => number === unscheduledNumber(visit));
  return found && { on: found.on_day, reason: found.reason };
}

function groupBy<T extends { participant_id: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.participant_id);
    if (group) group.push(row);
    else groups.set(row.participant_id, [row]);
  }
  return groups;
}

/** Databases limit the parameters of one statement. */
async function inParts<T>(
  ids: readonly string[],
  read: (part: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const rows: T[] = [];
  for (let start = 0; start < ids.length; start += 5000)
    rows.push(...(await read(ids.slice(start, start + 5000))));
  return rows;
}
