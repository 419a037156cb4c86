import type { InstrumentDocument } from '../instruments/document.ts';
import type { StudyDocument } from '../studies/document.ts';
import type { Scope } from './contract.ts';

interface Protocol {
  document: StudyDocument;
  instruments: ReadonlyMap<string, InstrumentDocument>;
}

/** What a freeze or lock is of, in words: “Lohja”, “LOH-0118”, “LOH-0118, 3 months, HAM-D17”. */
export function scopeInWords({ document, instruments }: Protocol, scope: Scope): string {
  const visit = (id: string) => document.visits.find((one) => one.id === id)?.label ?? id;
  switch (scope.level) {
    case 'study':
      return 'The whole study';
    case 'site':
      return document.sites.find((one) => one.id === scope.site)?.name ?? scope.site;
    case 'participant':
      return scope.participant;
    case 'visit':
      return `${scope.participant}, ${visit(scope.visit)}`;
    case 'form':
      return `${scope.participant}, ${visit(scope.visit)}, ${instruments.get(scope.instrument)?.short ?? scope.instrument}`;
  }
}

/** The audit trail's name for what is held. */
export function subjectOf(study: string, scope: Scope): string {
  switch (scope.level) {
    case 'study':
      return `study:${study}`;
    case 'site':
      return `site:${scope.site}`;
    case 'participant':
      return `participant:${scope.participant}`;
    case 'visit':
      return `visit:${scope.participant}/${scope.visit}`;
    case 'form':
      return `form:${scope.participant}/${scope.visit}/${scope.instrument}`;
  }
}

interface Place {
  site: string | null;
  participant: string | null;
  visit: string | null;
  instrument: string | null;
}

/** Whether a hold (of a participant by its internal id) is over the place: the same, or something that it is in. */
export function isOver(
  hold: Omit<Place, 'participant'> & { participant_id: string | null },
  place: Place,
): boolean {
  if (hold.participant_id === null) return hold.site === null || hold.site === place.site;
  return (
    hold.participant_id === place.participant &&
    (hold.visit === null || hold.visit === place.visit) &&
    (hold.instrument === null || hold.instrument === place.instrument)
  );
}
