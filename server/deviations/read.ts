import { recordsTellArms } from '../access/rules.ts';
import { findParticipant } from '../participants/find.ts';
import { gather } from '../participants/gather.ts';
import { allParticipants, eventsOfStudy } from '../participants/store.ts';
import { isKeptFrom } from '../records/kind.ts';
import { type RecordQuery, readRecords } from '../records/read.ts';
import { reach } from '../results/reach.ts';
import type { Caller, Services } from '../services.ts';
import { dayOf } from '../visits/today.ts';
import type { DerivedDeviation, DeviationView } from './contract.ts';
import { deviation } from './kind.ts';
import { derivedDeviations } from './rules.ts';
import { judgedAndConsented } from './store.ts';

/** Deviations on record, newest first, and those that follow from the data, the latest first. */
export async function listDeviations(
  services: Services,
  caller: Caller,
  query: RecordQuery,
): Promise<{ recorded: DeviationView[]; kept: boolean; derived: DerivedDeviation[] }> {
  const kept = isKeptFrom(caller, deviation);
  const recorded = kept
    ? []
    : (await readRecords(services.db.read, caller, deviation, query)).map(({ stamp, content }) => ({
        ...stamp,
        content,
      }));
  return { recorded: recorded.reverse(), kept, derived: await derive(services, caller, query) };
}

async function derive(services: Services, caller: Caller, query: RecordQuery): Promise<DerivedDeviation[]> {
  const db = services.db.read;
  const { study, blinded } = caller;
  const sites = reach(caller, query.site);
  const participants = query.participant
    ? [await findParticipant(db, caller, query.participant)]
    : await allParticipants(db, study.id, sites);
  const [gathered, judged, events] = await Promise.all([
    gather(services, db, study, participants),
    judgedAndConsented(db, study.id),
    eventsOfStudy(db, study.id),
  ]);
  const of = new Map(judged.map((one) => [one.id, one]));
  // What people wrote of treatment is kept from those whom it would unmask.
  const told =
    blinded && recordsTellArms(study.document) ? [] : events.filter(({ kind }) => kind === 'deviation');
  return gathered
    .flatMap(({ participant, placement, forms, visits }) => {
      const own = of.get(participant.id);
      return derivedDeviations(study.document, {
        code: participant.code,
        site: participant.site,
        screening: JSON.parse(participant.screening),
        randomisedOn: placement ? dayOf(services, new Date(placement.allocated_at)) : null,
        visits,
        assessments: forms.flatMap(({ visit, instrument, assessed_on: on, late_reason: lateReason }) =>
          on === null ? [] : [{ visit, instrument, on, lateReason }],
        ),
        eligible: own?.eligible == null ? null : own.eligible === 1,
        consent:
          own?.consentVersion && own.signedOn
            ? { version: own.consentVersion, signedOn: own.signedOn }
            : null,
        events: told
          .filter((event) => event.participant_id === participant.id)
          .map(({ event, on_day: on, detail }) => ({
            label: study.document.events.find(({ id }) => id === event)?.label ?? event,
            on,
            detail,
          })),
      });
    })
    .sort((a, b) => b.on.localeCompare(a.on) || a.participant.localeCompare(b.participant));
}
