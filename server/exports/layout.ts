import type { InstrumentDocument, Item, Score } from '../instruments/document.ts';
import { compile, isReading } from '../instruments/rules.ts';
import type { ScreeningField, StudyDocument, VisitDefinition } from '../studies/document.ts';

/** One form of the protocol, at one visit. */
export interface FormPlace {
  visit: VisitDefinition;
  instrument: InstrumentDocument;
  /** The instrument's items that can have a value; after them those that only an earlier version of the protocol had. */
  items: Item[];
  /** Items that any version asks after some answers only. */
  branched: ReadonlySet<string>;
  scores: Score[];
}

/** Everything that the study asks or ever asked: an amendment never makes collected data fall out of an export. */
export interface Layout {
  document: StudyDocument;
  fields: ScreeningField[];
  /** In the order in which forms are exported. */
  places: FormPlace[];
  /** By `visit/instrument`. */
  place: ReadonlyMap<string, FormPlace & { rank: number }>;
}

export const placeKey = (visit: string, instrument: string): string => `${visit}/${instrument}`;

/** @param versions of the protocol, the newest first: it decides on order, labels and scoring */
export function layoutOf(
  versions: readonly { document: StudyDocument; instruments: readonly InstrumentDocument[] }[],
): Layout {
  const [newest] = versions;
  if (!newest) throw new RangeError('A study has at least one version.');
  const instruments = new Map<string, Omit<FormPlace, 'visit' | 'branched'> & { branched: Set<string> }>();
  const fields = new Map<string, ScreeningField>();
  const places = new Map<string, FormPlace & { rank: number }>();
  for (const version of versions) {
    for (const field of version.document.screening.fields)
      if (!fields.has(field.id)) fields.set(field.id, field);
    for (const instrument of version.instruments) {
      const known = instruments.get(instrument.id);
      if (!known)
        instruments.set(instrument.id, {
          instrument,
          items: instrument.items.filter((item) => !isReading(item)),
          branched: new Set(compile(instrument).conditions.keys()),
          scores: instrument.scores,
        });
      else {
        known.items.push(
          ...instrument.items.filter(
            (item) => !isReading(item) && !known.items.some((one) => one.id === item.id),
          ),
        );
        for (const item of compile(instrument).conditions.keys()) known.branched.add(item);
      }
    }
  }
  for (const { document } of versions)
    for (const visit of document.visits)
      for (const id of visit.instruments) {
        const key = placeKey(visit.id, id);
        const instrument = instruments.get(id);
        if (instrument && !places.has(key)) places.set(key, { visit, ...instrument, rank: places.size });
      }
  return {
    document: newest.document,
    fields: [...fields.values()],
    places: [...places.values()],
    place: places,
  };
}
