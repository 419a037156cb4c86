import type { InstrumentDocument } from '../instruments/document.ts';
import { nameOf } from '../instruments/expressions/rules.ts';
import {
  answerOf,
  compile,
  compileCheck,
  derive,
  type Facts,
  scoreForm,
  toFact,
} from '../instruments/rules.ts';
import type { StudyDocument } from '../studies/document.ts';
import type { FactValue, ItemValues } from './contract.ts';

/** What is known about a participant apart from the form at hand. */
export interface ParticipantFacts {
  screening: Readonly<Record<string, string | number>>;
  screenedOn: string;
  randomisedOn: string | null;
  /** Where the study runs, by the server's clock. */
  today: string;
  /** A form on record, started or complete. */
  form(visit: string, instrument: string): { assessedOn: string | null; values: ItemValues } | undefined;
}

interface StudyFacts {
  document: Pick<StudyDocument, 'visits' | 'checks'>;
  instruments: ReadonlyMap<string, InstrumentDocument>;
}

/** The names that the expressions of a form read from outside it. */
export function foreignNames(
  { document, instruments }: StudyFacts,
  visit: string,
  instrument: string,
): string[] {
  const prefix = `${nameOf(visit)}.${nameOf(instrument)}.`;
  const own = instruments.get(instrument);
  const checks = (document.checks ?? [])
    .map((check) => compileCheck(check).names)
    .filter((names) => names.some((name) => name.startsWith(prefix)))
    .flat();
  return [...new Set([...(own ? compile(own).foreign : []), ...checks])].filter(
    (name) => name !== 'assessed_on' && !name.startsWith(prefix),
  );
}

/**
 * The values of these names: `today`, `screened_on`, `randomised_on`, `screening.FIELD`, and of other forms
 * `VISIT.FORM.ITEM`, `VISIT.FORM.assessed_on` and `VISIT.FORM.SCORE`. What isn't on record is null.
 */
export function factsFor(
  study: StudyFacts,
  names: readonly string[],
  participant: ParticipantFacts,
  assessedOn: string | null,
): Facts {
  const day = (text: string | null): FactValue => (text === null ? null : { day: text });
  const value = (name: string): FactValue => {
    switch (name) {
      case 'today':
        return day(participant.today);
      case 'screened_on':
        return day(participant.screenedOn);
      case 'randomised_on':
        return day(participant.randomisedOn);
    }
    const [first, second, third] = name.split('.');
    if (first === 'screening') {
      const field = Object.keys(participant.screening).find((id) => nameOf(id) === second);
      return field === undefined ? null : participant.screening[field]!;
    }
    return third === undefined ? null : elsewhere(study, participant, [first!, second!, third]);
  };
  return { ...Object.fromEntries(names.map((name) => [name, value(name)])), assessed_on: day(assessedOn) };
}

function elsewhere(
  { document, instruments }: StudyFacts,
  participant: ParticipantFacts,
  [visitName, formName, name]: [string, string, string],
): FactValue {
  const visit = document.visits.find(({ id }) => nameOf(id) === visitName);
  const id = visit?.instruments.find((one) => nameOf(one) === formName);
  const instrument = id === undefined ? undefined : instruments.get(id);
  const form = visit && instrument ? participant.form(visit.id, instrument.id) : undefined;
  if (!instrument || !form) return null;
  const item = compile(instrument).byName.get(name);
  if (item) {
    const answer = answerOf(derive(instrument, form.values).values, item.id);
    return answer ? toFact(item, answer) : null;
  }
  if (name === 'assessed_on') return form.assessedOn === null ? null : { day: form.assessedOn };
  return scoreForm(instrument, form.values).find(({ score }) => nameOf(score) === name)?.value ?? null;
}
