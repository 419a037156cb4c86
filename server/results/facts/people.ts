import type { Dataset, DatasetParticipant } from '../../../analysis/index.ts';
import type { Connection } from '../../db/database.ts';
import type { ItemValues } from '../../forms/contract.ts';
import { scoresOf } from '../../forms/view.ts';
import { groupBy } from '../../grouped.ts';
import type { ParticipantRecord } from '../../participants/store.ts';
import type { Services } from '../../services.ts';
import { studyAt } from '../../studies/at.ts';
import type { Study } from '../../studies/study.ts';
import { windowOf } from '../../visits/rules.ts';
import { dayOf } from '../../visits/today.ts';
import {
  completeForms,
  eventsAmong,
  eventVersionsAsOf,
  excludedSince,
  formsAsOf,
  peopleNamed,
  placedAmong,
} from './store.ts';

/** What results rest on of one registered person. There is no arm in it. */
export interface Person {
  record: Pick<ParticipantRecord, 'id' | 'code' | 'site' | 'status' | 'exclusion_reason'>;
  /** As the dataset has them, but for the arm; null before randomisation. */
  entry: Omit<DatasetParticipant, 'arm'> | null;
  scores: Dataset['scores'];
  events: Dataset['events'];
}

export interface Asked {
  /** Only these people, by their codes; null: everybody. */
  codes: readonly string[] | null;
  /** As things stood at this instant (ISO 8601, UTC); null: as they stand. */
  until: string | null;
}

export interface Reading extends Pick<Services, 'config'> {
  /** Asked now and then; throws where nobody waits any more. */
  goOn?(): void;
}

/** So many people's forms are read at a time. */
const AT_ONCE = 2_000;

/**
 * Registered people with the scores derived from the versions of their complete forms, in the order of their codes.
 *
 * As of an earlier instant, forms and events have the versions that they had then. Screening answers are always the
 * corrected ones: they say what was true before randomisation.
 */
export async function readPeople(
  services: Reading,
  db: Connection,
  study: Study,
  { codes, until }: Asked,
): Promise<Person[]> {
  const records = (await peopleNamed(db, study.id, codes)).filter(
    ({ created_at: at }) => until === null || at <= until,
  );
  const reopened = new Set(until === null ? [] : await excludedSince(db, study.id, until));
  const people: Person[] = [];
  for (let start = 0; start < records.length; start += AT_ONCE) {
    const some = records
      .slice(start, start + AT_ONCE)
      .map((record) =>
        reopened.has(`participant:${record.code}`)
          ? { ...record, status: 'screened', exclusion_reason: null }
          : record,
      );
    services.goOn?.();
    people.push(...(await readSome(services, db, study, some, until)));
  }
  return people.sort(byCode);
}

export function byCode(a: Person, b: Person): number {
  return a.record.code < b.record.code ? -1 : a.record.code > b.record.code ? 1 : 0;
}

async function readSome(
  services: Reading,
  db: Connection,
  study: Study,
  records: readonly ParticipantRecord[],
  until: string | null,
): Promise<Person[]> {
  const ids = records.map(({ id }) => id);
  const placed = new Map(
    (await placedAmong(db, ids))
      .filter(({ allocated_at: at }) => until === null || at <= until)
      .map((row) => [row.participant_id, row.allocated_at]),
  );
  const events = groupBy(await eventsAt(db, ids, until), (event) => event.participant_id);
  const instruments = [...new Set(study.document.outcomes.map((outcome) => outcome.instrument))];
  const forms = groupBy(await formsOf(db, study, { ids, instruments, until }), (form) => form.participant_id);
  const startKnown = study.document.events.some((event) => event.kind === 'treatment-start');
  return records.map((record) => {
    const own = events.get(record.id) ?? [];
    const allocatedAt = placed.get(record.id);
    const { id, code, site, status, exclusion_reason } = record;
    return {
      record: { id, code, site, status, exclusion_reason },
      entry:
        allocatedAt === undefined
          ? null
          : entryOf(study, record, {
              randomisedOn: dayOf(services, new Date(allocatedAt)),
              startedTreatment: !startKnown || own.some((event) => event.kind === 'treatment-start'),
            }),
      scores: scored(study, code, forms.get(id) ?? []),
      events: own.map((event) => ({
        participant: code,
        event: event.event,
        kind: event.kind as Dataset['events'][number]['kind'],
        on: event.on_day,
        ...(event.until_day === null ? {} : { until: event.until_day }),
        detail: reasonOf(study, event.loss_reason) ?? event.detail,
      })),
    };
  });
}

function entryOf(
  study: Study,
  { code, site, screening, screened_on: screenedOn }: ParticipantRecord,
  known: Pick<DatasetParticipant, 'randomisedOn' | 'startedTreatment'>,
): NonNullable<Person['entry']> {
  const { visits } = studyAt(study, site).document;
  return {
    id: code,
    site,
    factors: { site, ...JSON.parse(screening) },
    ...known,
    closes: Object.fromEntries(
      visits.map((visit) => [
        visit.id,
        windowOf(visit, { screenedOn, randomisedOn: known.randomisedOn })!.closes,
      ]),
    ),
  };
}

/** Complete forms of these people at planned visits, in the order of visits and then of the instruments. */
export async function formsOf(
  db: Connection,
  study: Study,
  {
    ids,
    instruments,
    until,
  }: { ids: readonly string[]; instruments: readonly string[]; until: string | null },
) {
  // What an unscheduled visit, or one that an amendment dropped, found is exported but isn't a planned visit's score.
  const planned = new Map(study.document.visits.map((visit, index) => [visit.id, index]));
  const forms: Awaited<ReturnType<typeof completeForms>> = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE);
    forms.push(...(await completeForms(db, some, instruments, until)));
    if (until !== null) forms.push(...(await formsAsOf(db, some, instruments, until)));
  }
  const place = (form: { visit: string; instrument: string }) =>
    planned.get(form.visit)! * instruments.length + instruments.indexOf(form.instrument);
  return forms.filter(({ visit }) => planned.has(visit)).sort((a, b) => place(a) - place(b));
}

async function eventsAt(db: Connection, ids: readonly string[], until: string | null) {
  const current = await eventsAmong(db, ids, until);
  if (until === null) return current.filter(({ struck }) => struck === 0);
  const then = new Map(
    (await eventVersionsAsOf(db, ids, until)).map(({ event_id, on_day, until_day, detail, struck }) => [
      event_id,
      { on_day, until_day, detail, struck },
    ]),
  );
  return current.map((event) => ({ ...event, ...then.get(event.id) })).filter(({ struck }) => struck === 0);
}

function scored(
  study: Study,
  participant: string,
  forms: readonly { visit: string; instrument: string; answers: string }[],
): Dataset['scores'] {
  return forms.flatMap((form) => {
    const instrument = study.instruments.get(form.instrument)!;
    return scoresOf(study, instrument, JSON.parse(form.answers) as ItemValues).flatMap((score) =>
      score.value === null
        ? []
        : [
            {
              participant,
              visit: form.visit,
              measure: `${form.instrument}.${score.score}`,
              value: score.value,
              prorated: score.prorated,
            },
          ],
    );
  });
}

function reasonOf(study: Study, id: string | null): string | null {
  return study.document.lossReasons.find((reason) => reason.id === id)?.label ?? null;
}
