import type { InstrumentDocument } from '../instruments/document.ts';
import { progress, type Surroundings, scoreForm } from '../instruments/rules.ts';
import type { Study } from '../studies/study.ts';
import type { FormSummary, ItemValues, ScoreView } from './contract.ts';
import type { FormRecord } from './store.ts';

/**
 * The derived scores of a set of answers, under the bands that the protocol chose. Whatever version a form was begun
 * under, one key scores it everywhere: that of the newest version that has the instrument.
 */
export function scoresOf(study: Study, instrument: InstrumentDocument, values: ItemValues): ScoreView[] {
  const newest = [...study.versions.values()].find((version) => version.instruments.has(instrument.id));
  return scoreForm(newest?.instruments.get(instrument.id) ?? instrument, values, {
    bandSet: study.document.bands[instrument.id],
    missingCodes: study.document.missing,
  });
}

export interface SummaryFacts {
  visit: string;
  instrument: InstrumentDocument;
  record: FormRecord | undefined;
  names: ReadonlyMap<string, string>;
  openQueries: number;
  around?: Surroundings;
}

/** One line of a participant's list of forms. */
export function summarise(study: Study, facts: SummaryFacts): FormSummary {
  const { record, instrument } = facts;
  const values = record ? (JSON.parse(record.answers) as ItemValues) : {};
  const { answered, items } = progress(instrument, values, facts.around);
  return {
    visit: facts.visit,
    instrument: instrument.id,
    short: instrument.short,
    studyVersion: study.version,
    status: (record?.status ?? 'not-started') as FormSummary['status'],
    answered,
    items,
    version: record?.version ?? 0,
    by: record ? (facts.names.get(record.saved_by) ?? null) : null,
    at: record?.saved_at ?? null,
    scores: record ? scoresOf(study, instrument, values) : [],
    openQueries: facts.openQueries,
  };
}
