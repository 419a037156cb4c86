import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Readiness } from '../../server/randomisation/contract.ts';
import { t } from '../language/t.ts';
import css from './enrol.module.css';
import { StepCard } from './StepCard.tsx';
import type { Step } from './steps.ts';
import { withDays } from './words.ts';

interface Props {
  study: string;
  participant: string;
  readiness: Readiness;
  takesFocus: boolean;
  onShow(step: Step): void;
}

const stepOf: Partial<Record<Readiness['checks'][number]['id'], Step>> = {
  eligibility: 'eligibility',
  consent: 'consent',
  baseline: 'baseline',
};
const names: Record<Readiness['checks'][number]['id'], string> = {
  eligibility: t('Eligibility'),
  consent: t('Consent'),
  baseline: t('Baseline'),
  stratum: t('Stratum'),
  queries: t('Queries'),
  'not-randomised': t('Randomised once'),
};

/** Everything that randomisation rests on, each met or with the way to meet it. */
export function CheckStep({ study, participant, readiness, takesFocus, onShow }: Props) {
  return (
    <StepCard
      title={
        readiness.ready
          ? t('{participant} is ready to be randomised', { participant })
          : t('{participant} is not ready yet', { participant })
      }
      lead={t('Step 5 of 6. The server checks the same again in the moment of randomising.')}
      takesFocus={takesFocus}
    >
      <ul className={css.checks}>
        {readiness.checks.map((check) => {
          const step = stepOf[check.id];
          const Icon = check.met ? IconCheck : IconAlertTriangle;
          return (
            <li key={check.id}>
              <span className={`st ${check.met ? 'ok' : 'wrn'}`}>
                <Icon className="ic" aria-hidden />
                {names[check.id]}
              </span>
              <span className="ink2">{withDays(check.text)}</span>
              {!check.met && step && (
                <button type="button" className="btn sm" onClick={() => onShow(step)}>
                  {t('Settle it')}
                </button>
              )}
              {!check.met && check.id === 'queries' && (
                <Link
                  className="btn sm"
                  to="/s/$study/participants/$participant"
                  params={{ study, participant }}
                >
                  {t('See the queries')}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      {readiness.ready && (
        <button type="button" className="btn pri lg" onClick={() => onShow('randomise')}>
          {t('Go on to randomise')}
        </button>
      )}
    </StepCard>
  );
}
