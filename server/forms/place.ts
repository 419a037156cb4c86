import { notFound } from '../errors.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { VisitDefinition } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';

/** A form's place in the protocol. */
export interface Place {
  visit: VisitDefinition;
  instrument: InstrumentDocument;
}

/** @throws Refused (not found) where the protocol has no such form at that visit. */
export function placeOf(study: Study, visitId: string, instrumentId: string): Place {
  const visit = study.document.visits.find((one) => one.id === visitId);
  if (!visit) throw notFound(`Visit “${visitId}”`);
  const instrument = visit.instruments.includes(instrumentId)
    ? study.instruments.get(instrumentId)
    : undefined;
  if (!instrument) throw notFound(`Form “${instrumentId}” at ${visit.label}`);
  return { visit, instrument };
}
