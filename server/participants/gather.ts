import type { Connection } from '../db/database.ts';
import { type FormRecord, formsOf, formsOfStudy } from '../forms/store.ts';
import { type Placement, placementsOf, placementsOfStudy } from '../randomisation/store.ts';
import type { Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import type { VisitView } from '../visits/contract.ts';
import { type FollowUp, viewVisit } from '../visits/rules.ts';
import { type Booking, bookingsOf } from '../visits/store.ts';
import { dayOf, today } from '../visits/today.ts';
import type { ParticipantStatus } from './contract.ts';
import { followUpOf } from './followUp.rules.ts';
import { eventsOf, type ParticipantRecord } from './store.ts';

/** A participant with what its visits are judged by. */
export interface Gathered {
  participant: ParticipantRecord;
  placement: Placement | null;
  forms: FormRecord[];
  bookings: Booking[];
  followUp: FollowUp;
  visits: VisitView[];
}

/** Collects visits, forms and bookings of many participants in a few queries. */
export async function gather(
  services: Services,
  db: Connection,
  study: Study,
  participants: readonly ParticipantRecord[],
): Promise<Gathered[]> {
  const ids = participants.map((participant) => participant.id);
  const many = ids.length > 500;
  const forms = groupBy(many ? await formsOfStudy(db, study.id) : await formsOf(db, ids));
  const placements = new Map(
    (many ? await placementsOfStudy(db, study.id) : await placementsOf(db, ids)).map((one) => [
      one.participant_id,
      one,
    ]),
  );
  const bookings = groupBy(await inParts(ids, (part) => bookingsOf(db, part)));
  const events = groupBy(await inParts(ids, (part) => eventsOf(db, part)));
  const day = today(services);
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
    const visits = study.document.visits.map((definition) => {
      const here = own.forms.filter((form) => form.visit === definition.id);
      return viewVisit(definition, {
        status: participant.status as ParticipantStatus,
        anchors,
        followUp: own.followUp,
        bookedFor: own.bookings.find((booking) => booking.visit === definition.id)?.booked_for ?? null,
        forms: here as { status: 'started' | 'complete' }[],
        seenOn: here.reduce<string | null>(
          (first, form) =>
            form.assessed_on !== null && (first === null || form.assessed_on < first)
              ? form.assessed_on
              : first,
          null,
        ),
        today: day,
      });
    });
    return { participant, placement, ...own, visits };
  });
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
