import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ParticipantView } from '../../server/participants/contract.ts';
import type { Readiness } from '../../server/randomisation/contract.ts';
import { t } from '../language/t.ts';
import { visitAdjective } from '../parts/participant/nextVisit.ts';
import { dayRange } from '../time.ts';
import css from './enrol.module.css';
import { Fixed } from './Fixed.tsx';
import { StepCard } from './StepCard.tsx';
import { exactStamp } from './words.ts';

interface Props {
  study: string;
  person: ParticipantView;
  readiness: Readiness | undefined;
  takesFocus: boolean;
}

/** After the draw: what is stored, and what comes next. */
export function Result({ study, person, readiness, takesFocus }: Props) {
  const { randomised, code } = person;
  if (!randomised) return null;
  const next = person.visits.find(({ baseline, opens }) => !baseline && opens !== null);
  return (
    <StepCard
      title={t('{code} is randomised', { code })}
      lead={t('Allocation {number}. The result is stored and cannot be drawn again.', {
        number: randomised.number,
      })}
      takesFocus={takesFocus}
    >
      <div className={`note ok ${css.done}`}>
        <IconCircleCheck className="ic" aria-hidden />
        <div>
          <strong>{t('Randomised {exactStamp}.', { exactStamp: exactStamp(randomised.at) })}</strong>{' '}
          {next?.opens &&
            next.closes &&
            t('Next: book the first session, then the {label} visit, window {dayRange}.', {
              label: visitAdjective(next.label),
              dayRange: dayRange(next.opens, next.closes),
            })}
        </div>
      </div>
      {readiness && <Fixed participant={code} readiness={readiness} after />}
      <div className={css.acts}>
        <Link
          className="btn pri lg"
          to="/s/$study/participants/$participant"
          params={{ study, participant: code }}
        >
          {t('Open {code}', { code })}
        </Link>
        <Link className="btn lg" to="/s/$study/enrol" params={{ study }}>
          {t('Enrol another person')}
        </Link>
      </div>
    </StepCard>
  );
}
