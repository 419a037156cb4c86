import type { ItemValues } from '../forms/contract.ts';
import { factsFor, foreignNames, type ParticipantFacts } from '../forms/facts.rules.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import { compile, derive } from '../instruments/rules.ts';
import type { Services } from '../services.ts';
import { studyUnder } from '../studies/at.ts';
import type { Study } from '../studies/study.ts';
import { dayOf, today } from '../visits/today.ts';
import type { FormPlace } from './layout.ts';
import type { Exported, ExportedForm } from './pages.ts';

/** Why an item has no answer that its form does not ask after the answers before it. No protocol's missing code is so long. */
export const HIDDEN = 'hidden-by-branching';

export const HIDDEN_IN_WORDS =
  'Not asked: the form hides it after the answers before it; neither blank nor missing';

export interface WholeForm {
  /** The answers as they were entered, with the calculated items as they come out now. */
  values: ItemValues;
  /** The same, and of each item without an answer that the form hides, that it does: never to be scored. */
  shown: ItemValues;
}

/** A form with what follows from its answers: calculated items, and what it doesn't ask. */
export function wholeForm(
  services: Services,
  study: Study,
  participant: Exported,
  { visit, instrument }: Pick<FormPlace, 'visit' | 'instrument'>,
  form: ExportedForm,
): WholeForm {
  const values = JSON.parse(form.answers) as ItemValues;
  // What a form hides, it hid under the version that it was begun under.
  const begun = studyUnder(study, form.study_version ?? null).instruments.get(instrument.id) ?? instrument;
  const branches = compile(begun).conditions.size > 0;
  const calculates = instrument.items.some(({ kind }) => kind === 'calculated');
  if (!branches && !calculates) return { values, shown: values };
  const person = personOf(services, participant);
  const at = { visit: visit.id, instrument: instrument.id };
  const derivedBy = (document: InstrumentDocument) =>
    derive(
      document,
      values,
      factsFor(study, foreignNames(study, visit.id, instrument.id), person, form.assessed_on),
      at,
    );
  const derived = derivedBy(instrument);
  const calculated = instrument.items.flatMap(({ id, kind }) =>
    kind === 'calculated' && derived.values[id] ? [[id, derived.values[id]] as const] : [],
  );
  const whole = { ...values, ...Object.fromEntries(calculated) };
  const { applies } = begun === instrument ? derived : derivedBy(begun);
  const hidden = begun.items.filter(({ id }) => !whole[id] && !applies(id));
  return {
    values: whole,
    shown: { ...whole, ...Object.fromEntries(hidden.map(({ id }) => [id, { missing: HIDDEN }])) },
  };
}

const personOf = (services: Services, participant: Exported): ParticipantFacts => ({
  screening: JSON.parse(participant.screening) as Record<string, string | number>,
  screenedOn: participant.screened_on,
  randomisedOn: participant.allocated_at ? dayOf(services, new Date(participant.allocated_at)) : null,
  today: today(services),
  form(visit, instrument) {
    const other = participant.forms.find((one) => one.visit === visit && one.instrument === instrument);
    return other && { assessedOn: other.assessed_on, values: JSON.parse(other.answers) as ItemValues };
  },
});
