import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Readiness, randomise, type Slip } from '../../server/randomisation/contract.ts';
import { Unreachable, useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { EnvelopeForm } from './EnvelopeForm.tsx';
import css from './enrol.module.css';
import { Fixed } from './Fixed.tsx';
import { dropKey, findKey, keptKey } from './keptKey.ts';
import { StepCard } from './StepCard.tsx';

interface Props {
  study: string;
  participant: string;
  readiness: Readiness;
  mayRandomise: boolean;
  takesFocus: boolean;
  onRandomised(slip: Slip): void;
}

/** The act that names a randomisation in this window, so that a retry after a reload sends the same key. */
export const randomiseAct = (study: string, participant: string): string =>
  `randomise/${study}/${participant}`;

/** The last step: shows what becomes fixed, asks for the participant ID once more, and draws. */
export function RandomiseStep({
  study,
  participant,
  readiness,
  mayRandomise,
  takesFocus,
  onRandomised,
}: Props) {
  const [typed, setTyped] = useState('');
  const [byEnvelope, setByEnvelope] = useState(false);
  const call = useCall(randomise);
  const act = randomiseAct(study, participant);
  const matches = typed.trim().toUpperCase() === participant;
  const triedBefore = findKey(act) !== null;
  const draw = () => {
    if (!matches || call.isPending) return;
    call.mutate(
      { params: { study, participant }, body: { key: keptKey(act), confirm: participant } },
      {
        onSuccess: onRandomised,
        // A refusal drew nothing; only silence leaves it open, and then the same key must go again.
        onError: (error) => !(error instanceof Unreachable) && dropKey(act),
      },
    );
  };
  return (
    <StepCard
      title={t('Randomise {participant}', { participant })}
      lead={t('Step 6 of 6. This step cannot be undone.')}
      takesFocus={takesFocus}
    >
      <Fixed participant={participant} readiness={readiness} after={false} />
      {!mayRandomise ? (
        <p className="note">
          <span>
            {t('Everything is ready. A coordinator of the site randomises {participant}.', { participant })}
          </span>
        </p>
      ) : byEnvelope ? (
        <EnvelopeForm
          study={study}
          participant={participant}
          onRandomised={onRandomised}
          onBack={() => setByEnvelope(false)}
        />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            draw();
          }}
        >
          <div className={css.typed}>
            <label className="lab" htmlFor="confirm-id">
              {t('Type the participant ID to confirm')}
            </label>
            <div className={css.typedField}>
              <input
                id="confirm-id"
                className="inp lg code"
                value={typed}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                aria-describedby="confirm-state"
                onChange={(event) => setTyped(event.target.value)}
              />
              <span id="confirm-state" role="status" className="st ok">
                {matches && (
                  <>
                    <IconCheck className="ic" aria-hidden />
                    {t('Matches')}
                  </>
                )}
              </span>
            </div>
          </div>
          <Refusal cause={call.error} />
          <div className={`${css.acts} ${call.error ? css.afterNote : ''}`}>
            <button type="submit" className="btn pri lg" disabled={!matches || call.isPending}>
              {t('Randomise {participant}', { participant })}
            </button>
            <Link
              className="btn quiet lg"
              to="/s/$study/participants/$participant"
              params={{ study, participant }}
            >
              {t('Not now')}
            </Link>
          </div>
          <p className={css.under}>
            {triedBefore && call.isIdle
              ? t(
                  'It was tried before without an answer. Press again: if it was drawn then, you get that same result.',
                )
              : t('If the connection drops, press again: the same person always gets the same result.')}
          </p>
          <p className={`${css.outage} small mute`}>
            {rich('Was the service out? <a>Enter an emergency envelope</a>', {
              a: (inner) => (
                <button type="button" className="linklike" onClick={() => setByEnvelope(true)}>
                  {inner}
                </button>
              ),
            })}
          </p>
        </form>
      )}
    </StepCard>
  );
}
