import type { ItemValues } from '../forms/contract.ts';
import { factsFor, foreignNames } from '../forms/facts.rules.ts';
import { derive } from '../instruments/rules.ts';
import type { Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import { dayOf, today } from '../visits/today.ts';
import type { FormPlace } from './layout.ts';
import type { Exported, ExportedForm } from './pages.ts';

/** A form's answers as they were entered, with its calculated items as they come out now. */
export function withCalculated(
  services: Services,
  study: Study,
  participant: Exported,
  { visit, instrument }: Pick<FormPlace, 'visit' | 'instrument'>,
  form: ExportedForm,
): ItemValues {
  const values = JSON.parse(form.answers) as ItemValues;
  if (!instrument.items.some(({ kind }) => kind === 'calculated')) return values;
  const facts = factsFor(
    study,
    foreignNames(study, visit.id, instrument.id),
    {
      screening: JSON.parse(participant.screening) as Record<string, string | number>,
      screenedOn: participant.screened_on,
      randomisedOn: participant.allocated_at ? dayOf(services, new Date(participant.allocated_at)) : null,
      today: today(services),
      form(visitId, instrumentId) {
        const other = participant.forms.find(
          (one) => one.visit === visitId && one.instrument === instrumentId,
        );
        return other && { assessedOn: other.assessed_on, values: JSON.parse(other.answers) as ItemValues };
      },
    },
    form.assessed_on,
  );
  const derived = derive(instrument, values, facts, { visit: visit.id, instrument: instrument.id }).values;
  const calculated = instrument.items.flatMap(({ id, kind }) =>
    kind === 'calculated' && derived[id] ? [[id, derived[id]] as const] : [],
  );
  return { ...values, ...Object.fromEntries(calculated) };
}
