import { IconCheck, IconChevronRight, IconCircle, IconCircleHalf2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { FormSummary } from '../../server/forms/contract.ts';
import type { ParticipantView } from '../../server/participants/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { inDigits } from '../forms/answer.ts';
import { t } from '../language/t.ts';
import css from './enrol.module.css';
import { StepCard } from './StepCard.tsx';
import { baselineForms } from './steps.ts';

interface Props {
  study: StudyView;
  person: ParticipantView;
  takesFocus: boolean;
}

const states = {
  'not-started': { Icon: IconCircle, words: t('Not started'), action: t('Enter'), tone: 'no' },
  started: { Icon: IconCircleHalf2, words: t('Started'), action: t('Go on'), tone: '' },
  complete: { Icon: IconCheck, words: t('Complete'), action: t('Open'), tone: 'ok' },
} as const;

/** The baseline forms with their state; each opens in form entry and comes back here. */
export function BaselineStep({ study, person, takesFocus }: Props) {
  const { done, of } = baselineForms(person);
  const baseline = new Set(person.visits.filter((visit) => visit.baseline).map(({ visit }) => visit));
  const forms = person.forms.filter(({ visit }) => baseline.has(visit));
  const next = forms.find(({ status }) => status !== 'complete');
  return (
    <StepCard
      title={t('Baseline of {code}', { code: person.code })}
      lead={t('Step 4 of 6. {done} of {of} forms complete; randomisation waits for all of them.', {
        done,
        of,
      })}
      takesFocus={takesFocus}
    >
      <ul className={css.forms}>
        {forms.map((form) => {
          const { Icon, words, action, tone } = states[form.status];
          const instrument = study.instruments.find(({ id }) => id === form.instrument);
          return (
            <li key={`${form.visit} ${form.instrument}`}>
              <Link
                to="/s/$study/participants/$participant/$visit/$instrument"
                params={{
                  study: study.id,
                  participant: person.code,
                  visit: form.visit,
                  instrument: form.instrument,
                }}
                search={{ back: 'enrol' }}
              >
                <span className={css.formName}>
                  {instrument?.short ?? form.instrument}
                  <small>{instrument?.title}</small>
                </span>
                <span className={`st ${tone}`}>
                  <Icon className="ic" aria-hidden />
                  {form.status === 'started'
                    ? t('{answered} of {items}', { answered: form.answered, items: form.items })
                    : words}
                </span>
                <span className={css.formScore}>{scoreOf(form)}</span>
                <span className={form === next ? 'btn pri sm' : 'btn sm'}>
                  {action}
                  <IconChevronRight className="ic" aria-hidden />
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </StepCard>
  );
}

function scoreOf(form: FormSummary): string {
  const score = form.scores[0];
  return score && score.value !== null
    ? t('{inDigits} of {max}', { inDigits: inDigits(score.value), max: score.max })
    : '';
}
