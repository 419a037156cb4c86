import type { Connection } from '../db/database.ts';
import { notFound } from '../errors.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import { studyAt, studyUnder } from '../studies/at.ts';
import type { VisitDefinition } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';
import { findUnscheduled } from '../visits/store.ts';
import { unscheduledDefinition, unscheduledNumber } from '../visits/unscheduled.rules.ts';
import type { FormRecord } from './store.ts';

/** A form's place in the protocol. */
export interface Place {
  visit: VisitDefinition;
  instrument: InstrumentDocument;
}

/** @throws Refused (not found) where the protocol has no such form at that visit. */
export function placeOf(study: Study, visitId: string, instrumentId: string): Place {
  return at(
    study,
    study.document.visits.find((one) => one.id === visitId),
    visitId,
    instrumentId,
  );
}

function at(study: Study, visit: VisitDefinition | undefined, visitId: string, instrumentId: string): Place {
  if (!visit) throw notFound(`Visit “${visitId}”`);
  const instrument = visit.instruments.includes(instrumentId)
    ? study.instruments.get(instrumentId)
    : undefined;
  if (!instrument) throw notFound(`Form “${instrumentId}” at ${visit.label}`);
  return { visit, instrument };
}

/** The study that a participant's form is under: of the version it was begun under, else of the site's own. */
export function studyOfForm(
  study: Study,
  participant: Pick<ParticipantRecord, 'site'>,
  record: Pick<FormRecord, 'study_version'> | undefined,
): Study {
  return record ? studyUnder(study, record.study_version) : studyAt(study, participant.site);
}

/**
 * The place of a participant's form, also at an unscheduled visit.
 * @param study of the form (see `studyOfForm`)
 */
export async function findPlace(
  db: Connection,
  study: Study,
  participant: Pick<ParticipantRecord, 'id'>,
  { visit, instrument }: { visit: string; instrument: string },
): Promise<Place> {
  const number = unscheduledNumber(visit);
  if (number === null) return placeOf(study, visit, instrument);
  const found = await findUnscheduled(db, participant.id, number);
  const definition = found && unscheduledDefinition(number, JSON.parse(found.instruments));
  return at(study, definition, visit, instrument);
}
