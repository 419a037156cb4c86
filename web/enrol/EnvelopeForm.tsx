import { useState } from 'react';
import { enterEnvelope, type Slip } from '../../server/randomisation/contract.ts';
import { instantOf, readCode } from '../allocation/words.ts';
import { Unreachable, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { localDay } from '../time.ts';
import css from './enrol.module.css';
import { dropKey, keptKey } from './keptKey.ts';

interface Props {
  study: string;
  participant: string;
  onRandomised(slip: Slip): void;
  onBack(): void;
}

/** What an emergency envelope decided while the service was out: its code, and when it was opened. */
export function EnvelopeForm({ study, participant, onRandomised, onBack }: Props) {
  const today = localDay(new Date().toISOString());
  const [code, setCode] = useState('');
  const [day, setDay] = useState<string | null>(today);
  const [time, setTime] = useState('');
  const [typed, setTyped] = useState('');
  const call = useCall(enterEnvelope);
  const act = `envelope/${study}/${participant}`;
  const openedAt = instantOf(day, time);
  const read = readCode(code);
  const ready = read.length === 10 && openedAt !== null && typed.trim().toUpperCase() === participant;
  const enter = () => {
    if (!ready || call.isPending) return;
    call.mutate(
      {
        params: { study, participant },
        body: { key: keptKey(act), confirm: participant, code: read, openedAt },
      },
      {
        onSuccess: onRandomised,
        onError: (error) => !(error instanceof Unreachable) && dropKey(act),
      },
    );
  };
  return (
    <form
      className={css.envelope}
      onSubmit={(event) => {
        event.preventDefault();
        enter();
      }}
    >
      <p className="note">
        <span>
          {t(
            'The arm is the envelope’s; nothing is drawn. The log keeps both times, of opening and of entry.',
          )}
        </span>
      </p>
      <div>
        <label className="lab" htmlFor="envelope-code">
          {t('Code in the envelope')}
        </label>
        <input
          id="envelope-code"
          className="inp lg code"
          value={code}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={16}
          aria-describedby="envelope-code-hint"
          onChange={(event) => setCode(event.target.value)}
        />
        <p className="hint" id="envelope-code-hint">
          {t('Ten letters and digits; {read} of 10 so far.', { read: read.length })}
        </p>
      </div>
      <div className={css.openedAt}>
        <DayInput label={t('Opened on')} value={day} onChange={setDay} maxDate={today} />
        <div>
          <label className="lab" htmlFor="envelope-time">
            {t('At')}
          </label>
          <input
            id="envelope-time"
            className="inp"
            inputMode="numeric"
            autoComplete="off"
            placeholder="14:30"
            value={time}
            onChange={(event) => setTime(event.target.value)}
          />
        </div>
      </div>
      <div>
        <label className="lab" htmlFor="envelope-confirm">
          {t('Type the participant ID to confirm')}
        </label>
        <input
          id="envelope-confirm"
          className="inp lg code"
          value={typed}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Refusal cause={call.error} />
      <div className={css.acts}>
        <button type="submit" className="btn pri lg" disabled={!ready || call.isPending}>
          {t('Enter the envelope of {participant}', { participant })}
        </button>
        <button type="button" className="btn quiet lg" onClick={onBack}>
          {t('Randomise by the service instead')}
        </button>
      </div>
    </form>
  );
}
