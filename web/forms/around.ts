import type { FormView } from '../../server/forms/contract.ts';
import type { Surroundings } from '../../server/instruments/rules.ts';
import type { StudyView } from '../../server/studies/contract.ts';

/** What a form's expressions see around its answers, with the day of assessment as it stands on the page. */
export function aroundOf(
  form: Pick<FormView, 'facts' | 'visit' | 'instrument'>,
  assessedOn: string | null,
  document?: StudyView['document'],
): Surroundings {
  return {
    facts: { ...form.facts, assessed_on: assessedOn === null ? null : { day: assessedOn } },
    place: { visit: form.visit, instrument: form.instrument },
    checks: document?.checks ?? [],
  };
}
