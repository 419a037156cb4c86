import type { Connection } from '../db/database.ts';
import type { Surroundings } from '../instruments/rules.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import type { Anchors } from '../visits/rules.ts';
import { today } from '../visits/today.ts';
import type { ItemValues } from './contract.ts';
import { factsFor, foreignNames, type ParticipantFacts } from './facts.rules.ts';
import { findPlace, type Place, studyOfForm } from './place.ts';
import { type FormRecord, formsOf } from './store.ts';

/** A form with what it is judged by; all of it read once. */
export interface Situation {
  participant: ParticipantRecord;
  anchors: Anchors;
  place: Place;
  /** The study under the version that the form was begun under, or else the site's. */
  study: Study;
  /** Every form of the participant that was begun. */
  forms: FormRecord[];
  /** The one at the place. */
  record: FormRecord | undefined;
}

export async function situationOf(
  db: Connection,
  current: Study,
  participant: ParticipantRecord,
  anchors: Anchors,
  { visit, instrument }: { visit: string; instrument: string },
): Promise<Situation> {
  const forms = await formsOf(db, [participant.id]);
  const record = forms.find((form) => form.visit === visit && form.instrument === instrument);
  const study = studyOfForm(current, participant, record);
  const place = await findPlace(db, study, participant, { visit, instrument });
  return { participant, anchors, place, study, forms, record };
}

/** What the form's expressions and the study's checks see around its answers. */
export function surroundingsOf(
  services: Pick<Services, 'config' | 'now'>,
  study: Study,
  { participant, anchors, place, forms }: Situation,
  assessedOn: string | null,
): ReturnType<typeof surroundings> {
  const form = (visitId: string, instrumentId: string) => {
    const record = forms.find((one) => one.visit === visitId && one.instrument === instrumentId);
    return record && { assessedOn: record.assessed_on, values: JSON.parse(record.answers) as ItemValues };
  };
  const person = {
    screening: JSON.parse(participant.screening) as Record<string, string | number>,
    screenedOn: anchors.screenedOn,
    randomisedOn: anchors.randomisedOn,
    today: today(services),
    form,
  };
  return surroundings(study, place, person, assessedOn);
}

/** The same of a form that need not be on record. */
export function surroundings(
  study: Study,
  { visit, instrument }: Place,
  person: ParticipantFacts,
  assessedOn: string | null,
): Surroundings & { place: { visit: string; instrument: string }; facts: object } {
  return {
    facts: factsFor(study, foreignNames(study, visit.id, instrument.id), person, assessedOn),
    place: { visit: visit.id, instrument: instrument.id },
    checks: study.document.checks ?? [],
  };
}
