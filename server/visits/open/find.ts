import type { Connection } from '../../db/database.ts';
import type { ParticipantStatus } from '../../participants/contract.ts';
import { followUpOf } from '../../participants/followUp.rules.ts';
import { gather } from '../../participants/gather.ts';
import { plannedVisits } from '../../participants/planned.ts';
import { participantsOf } from '../../participants/store.ts';
import type { Services } from '../../services.ts';
import { studyAt, studyUnder } from '../../studies/at.ts';
import type { VisitDefinition } from '../../studies/document.ts';
import type { Study } from '../../studies/study.ts';
import type { VisitView } from '../contract.ts';
import { addDays } from '../days.rules.ts';
import { isOpen, viewVisit } from '../rules.ts';
import { dayOf, today } from '../today.ts';
import { isUnscheduled, unscheduledDefinition } from '../unscheduled.rules.ts';
import { openUnscheduled, type Reach, type Standing, unbegun, unfinished } from './store.ts';

/** A visit at which somebody still has something to do, and whose window is known. */
export interface OpenVisit {
  participant: string;
  code: string;
  visit: VisitView;
}

/**
 * Every open visit at the sites, by the day on which its window closes, then by participant.
 *
 * The database narrows: visits without a form whose window can still be open or overdue, and visits with some forms but
 * not all. It gives what a state depends on (days, how many forms are begun and complete, under which version), never a
 * form; the rules decide each state. Where forms of one visit are from different versions, they are read.
 */
export async function openVisits(services: Services, study: Study, reach: Reach): Promise<OpenVisit[]> {
  if (reach.sites?.length === 0) return [];
  const db = services.db.read;
  const day = today(services);
  const versions = [study, ...study.versions.values()];
  const judge = judgeOf(services, study, day);
  const found: { order: number; visit: OpenVisit }[] = [];
  const apart = new Map<string, Set<string>>();
  const ids = [...new Set(versions.flatMap(({ document }) => document.visits.map(({ id }) => id)))];
  for (const [order, id] of ids.entries())
    for (const one of await candidates(db, reach, id, versions, day)) {
      const view = judge(one, id);
      if (view === 'read')
        apart.set(one.participant_id, (apart.get(one.participant_id) ?? new Set()).add(id));
      else if (view && isOpen(view.state) && view.closes !== null)
        found.push({ order, visit: { participant: one.participant_id, code: one.code, visit: view } });
    }
  const { missedAfter } = unscheduledDefinition(1, []);
  const extra = new Set(await openUnscheduled(db, reach, addDays(day, -missedAfter)));
  const whole = await participantsOf(db, [...new Set([...extra, ...apart.keys()])]);
  for (const { participant, visits } of await gather(services, db, study, whole))
    for (const visit of visits)
      if (
        (apart.get(participant.id)?.has(visit.visit) ||
          (extra.has(participant.id) && isUnscheduled(visit.visit))) &&
        isOpen(visit.state) &&
        visit.closes !== null
      )
        found.push({
          order: isUnscheduled(visit.visit) ? ids.length : ids.indexOf(visit.visit),
          visit: { participant: participant.id, code: participant.code, visit },
        });
  return found
    .sort(
      (a, b) =>
        compare(a.visit.visit.closes!, b.visit.visit.closes!) ||
        compare(a.visit.code, b.visit.code) ||
        a.order - b.order,
    )
    .map(({ visit }) => visit);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function candidates(
  db: Connection,
  reach: Reach,
  id: string,
  versions: readonly Pick<Study, 'version' | 'document'>[],
  day: string,
): Promise<Standing[]> {
  const definitions = versions.flatMap(({ version, document }) =>
    document.visits.filter((visit) => visit.id === id).map((visit) => ({ version, visit })),
  );
  const asked = new Set(definitions.map(({ visit }) => visit.instruments.toSorted().join()));
  const longest = Math.max(...definitions.map(({ visit }) => longestOf(visit)));
  const since = addDays(day, -longest);
  const rows = await unfinished(
    db,
    reach,
    id,
    asked.size === 1
      ? definitions[0]!.visit.instruments.length
      : definitions.map(({ version, visit }) => ({ version, instruments: visit.instruments.length })),
  );
  const baseline = definitions.some(({ visit }) => visit.baseline)
    ? await unbegun(db, reach, id, { screenedOn: since })
    : [];
  const later = definitions.some(({ visit }) => !visit.baseline)
    ? // A day is another in another place: one more to be sure.
      await unbegun(db, reach, id, { allocatedAt: `${addDays(since, -1)}T00:00:00.000Z` })
    : [];
  const known = new Set(baseline.map((one) => one.participant_id));
  return [...rows, ...baseline, ...later.filter((one) => !known.has(one.participant_id))];
}

/** At most so many days lie between the day that a visit counts from and the last on which it is overdue. */
function longestOf({ target, window, missedAfter }: VisitDefinition): number {
  return ('days' in target ? target.days : target.months * 31) + window.after + missedAfter;
}

/** Says how a visit stands: null for one that isn't planned there, `read` where only its forms can tell. */
function judgeOf(services: Services, study: Study, day: string) {
  const days = new Map<string, string>();
  const views = new Map<string, VisitView | null>();
  const dayAt = (instant: string): string => {
    // Offsets from UTC are whole minutes.
    const minute = instant.slice(0, 16);
    const known = days.get(minute) ?? dayOf(services, new Date(instant));
    days.set(minute, known);
    return known;
  };
  return (one: Standing, id: string): VisitView | null | 'read' => {
    if (one.lowest_version !== one.highest_version) return 'read';
    const here = studyAt(study, one.site);
    const version = one.lowest_version || null;
    const under = studyUnder(here, version).document.visits.find((visit) => visit.id === id);
    if (one.begun > 0 && (under === undefined || one.begun > under.instruments.length)) return 'read';
    const randomisedOn = one.allocated_at === null ? null : dayAt(one.allocated_at);
    const { status, screened_on, ended_on, begun, complete } = one;
    const key = [
      here.version,
      id,
      status,
      screened_on,
      randomisedOn,
      ended_on,
      begun,
      complete,
      version,
    ].join();
    let view = views.get(key);
    if (view === undefined) {
      const forms = (begun > 0 ? under!.instruments.slice(0, begun) : []).map((instrument, index) => ({
        visit: id,
        instrument,
        status: index < complete ? ('complete' as const) : ('started' as const),
        study_version: version,
      }));
      const definition = plannedVisits(here, forms).find((visit) => visit.id === id);
      view = definition
        ? viewVisit(definition, {
            status: status as ParticipantStatus,
            anchors: { screenedOn: screened_on, randomisedOn },
            followUp: followUpOf(ended_on === null ? [] : [{ kind: 'withdrawal', on_day: ended_on }]),
            bookedFor: null,
            forms,
            seenOn: null,
            today: day,
          })
        : null;
      views.set(key, view);
    }
    return view && { ...view, bookedFor: one.booked_for };
  };
}
