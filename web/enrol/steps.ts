import type { ParticipantView } from '../../server/participants/contract.ts';
import type { Readiness } from '../../server/randomisation/contract.ts';
import { t } from '../language/t.ts';
import { localDay, shortDay } from '../time.ts';

export const steps = ['screen', 'eligibility', 'consent', 'baseline', 'check', 'randomise'] as const;
export type Step = (typeof steps)[number];

export const stepTitle: Record<Step, string> = {
  screen: t('Screen'),
  eligibility: t('Eligibility'),
  consent: t('Consent'),
  baseline: t('Baseline'),
  check: t('Check'),
  randomise: t('Randomise'),
};

type Person = Pick<
  ParticipantView,
  'status' | 'screenedOn' | 'eligibility' | 'consent' | 'visits' | 'randomised'
>;

/** Forms of the baseline visits that are complete, of all. */
export function baselineForms(person: Pick<ParticipantView, 'visits'>): {
  done: number;
  of: number;
  on: string | null;
} {
  const visits = person.visits.filter(({ baseline }) => baseline);
  return {
    done: visits.reduce((sum, visit) => sum + visit.formsDone, 0),
    of: visits.reduce((sum, visit) => sum + visit.formsTotal, 0),
    on: visits.map(({ seenOn }) => seenOn).find((day) => day !== null) ?? null,
  };
}

/** The step at which enrolment stands: the first that is not done. */
export function currentStep(person: Person | undefined, readiness: Readiness | undefined): Step {
  if (!person) return 'screen';
  if (person.randomised) return 'randomise';
  if (!person.eligibility?.eligible) return 'eligibility';
  if (!person.consent) return 'consent';
  const { done, of } = baselineForms(person);
  if (done < of) return 'baseline';
  return readiness && !readiness.ready ? 'check' : 'randomise';
}

/** Whether the step is behind the current one; the last is done once there is an allocation. */
export function isDone(step: Step, current: Step, person: Person | undefined): boolean {
  return person?.randomised ? true : steps.indexOf(step) < steps.indexOf(current);
}

/** What stands under a step's name: when it was done, and what came of it. */
export function stepNote(step: Step, person: Person | undefined, readiness: Readiness | undefined): string {
  if (!person) return step === 'screen' ? t('Now') : '';
  const { eligibility, consent } = person;
  switch (step) {
    case 'screen':
      return shortDay(person.screenedOn);
    case 'eligibility':
      if (!eligibility) return person.status === 'excluded' ? t('Not enrolled') : t('Now');
      return `${shortDay(localDay(eligibility.confirmedAt))}${eligibility.eligible ? '' : t(', not met')}`;
    case 'consent':
      if (consent)
        return t('{signedOn}, version {version}', {
          signedOn: shortDay(consent.signedOn),
          version: consent.version,
        });
      return eligibility?.eligible ? t('Now') : '';
    case 'baseline': {
      const { done, of, on } = baselineForms(person);
      if (!consent && done === 0) return '';
      return t('{what}{done} of {forms, plural, one {# form} other {# forms}}', {
        what: on ? `${shortDay(on)}, ` : '',
        done,
        forms: of,
      });
    }
    case 'check': {
      if (
        !readiness ||
        !consent ||
        (!person.randomised && baselineForms(person).done < baselineForms(person).of)
      )
        return '';
      const open = readiness.checks.find(({ met, id }) => !met && id !== 'not-randomised');
      const queries = readiness.checks.find(({ id }) => id === 'queries');
      return readiness.ready || person.randomised ? (queries?.text.split(';')[0] ?? '') : (open?.text ?? '');
    }
    case 'randomise':
      if (person.randomised) return shortDay(localDay(person.randomised.at));
      return readiness?.ready ? t('Now') : '';
  }
}
