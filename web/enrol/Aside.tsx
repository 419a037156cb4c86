import { IconEyeOff, IconReceipt } from '@tabler/icons-react';
import type { ParticipantView } from '../../server/participants/contract.ts';
import { randomise, revealArm, type Slip } from '../../server/randomisation/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { siteName } from '../parts/naming.ts';
import { Refusal } from '../parts/Refusal.tsx';
import css from './enrol.module.css';
import { findKey } from './keptKey.ts';
import { randomiseAct } from './RandomiseStep.tsx';
import { SlipCard } from './SlipCard.tsx';
import { notTold, windowsSet } from './words.ts';

interface Props {
  study: StudyView;
  person: ParticipantView;
  blinded: boolean;
  slip: Slip | null;
  onSlip(slip: Slip): void;
}

/** Beside the last step: first what will happen, then the slip. */
export function Aside({ study, person, blinded, slip, onSlip }: Props) {
  if (!person.randomised) return <WhatHappensNext study={study} blinded={blinded} />;
  const shown = slip ?? maskedSlip(person);
  if (slip || !person.mayReveal)
    return <SlipCard study={study} site={siteName(study, person.site)} slip={shown} />;
  return <Covered study={study} person={person} onSlip={onSlip} />;
}

/** What a masked role may know anyway: that, when and as which number. */
const maskedSlip = (person: ParticipantView): Slip => ({
  masked: true,
  participant: person.code,
  number: person.randomised!.number,
  at: person.randomised!.at,
  by: person.randomised!.by,
});

function WhatHappensNext({ study, blinded }: { study: StudyView; blinded: boolean }) {
  const lines = [
    t('The allocation is drawn and written to the log in one step.'),
    blinded
      ? t('A slip confirms it, here, for you to print. Your role is masked: the slip has no arm.')
      : t('A slip shows the arm, here, for you to read out and print.'),
    notTold(study.document),
    windowsSet(study.document),
  ].filter(Boolean);
  return (
    <aside className={css.ghost} aria-labelledby="next-title">
      <h2 id="next-title">
        <IconReceipt className="ic" aria-hidden />
        {t('What happens next')}
      </h2>
      <ol>
        {lines.map((line, index) => (
          <li key={line}>
            <b>{index + 1}</b>
            <span>{line}</span>
          </li>
        ))}
      </ol>
      <p className="small mute">{t('Roles that are masked see “Randomised”, never the arm.')}</p>
    </aside>
  );
}

/** The arm is covered until asked for. In the window that drew it the same key gives the slip; elsewhere the look is logged. */
function Covered({ study, person, onSlip }: Pick<Props, 'study' | 'person' | 'onSlip'>) {
  const place = { study: study.id, participant: person.code };
  const again = useCall(randomise);
  const reveal = useCall(revealArm);
  const key = findKey(randomiseAct(place.study, place.participant));
  const show = () =>
    key
      ? again.mutate({ params: place, body: { key, confirm: person.code } }, { onSuccess: onSlip })
      : reveal.mutate({ params: place }, { onSuccess: onSlip });
  return (
    <aside className={css.ghost} aria-labelledby="covered-title">
      <h2 id="covered-title">
        <IconEyeOff className="ic" aria-hidden />
        {t('The arm is covered')}
      </h2>
      <p>
        {key
          ? t('You drew this allocation in this window.')
          : t('Showing it is written to the log with your name.')}
      </p>
      <div className={css.acts}>
        <button type="button" className="btn" disabled={again.isPending || reveal.isPending} onClick={show}>
          {t('Show the slip')}
        </button>
      </div>
      <Refusal cause={again.error ?? reveal.error} />
    </aside>
  );
}
