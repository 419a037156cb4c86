import { IconEye } from '@tabler/icons-react';
import { type FormEvent, useId, useState } from 'react';
import type { LookPurpose } from '../../../server/identity/contract.ts';
import { LOOK_PURPOSES } from '../../../server/identity/purposes.rules.ts';
import { t } from '../../language/t.ts';
import { Refusal } from '../Refusal.tsx';
import { purposes } from './words.ts';

interface Props {
  busy: boolean;
  cause: unknown;
  onAsk: (purpose: LookPurpose, note: string) => void;
}

/** Why the identity is needed, before it is shown. */
export function AskIdentity({ busy, cause, onAsk }: Props) {
  const id = useId();
  const [purpose, setPurpose] = useState<LookPurpose>('schedule');
  const [note, setNote] = useState('');
  const ask = (event: FormEvent) => {
    event.preventDefault();
    onAsk(purpose, note);
  };
  return (
    <form className="identity-ask" onSubmit={ask}>
      <p className="ink2">
        {t('Who this is stays hidden. Each look is on the audit trail with its purpose.')}
      </p>
      <div>
        <label className="lab" htmlFor={`${id}-purpose`}>
          {t('Purpose')}
        </label>
        <select
          className="inp"
          id={`${id}-purpose`}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value as LookPurpose)}
        >
          {LOOK_PURPOSES.map((one) => (
            <option key={one} value={one}>
              {purposes[one]}
            </option>
          ))}
        </select>
      </div>
      {purpose === 'other' && (
        <div>
          <label className="lab" htmlFor={`${id}-note`}>
            {t('What for')}
          </label>
          <input
            className="inp"
            id={`${id}-note`}
            required
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <p className="hint">{t('No names or numbers that identify the person.')}</p>
        </div>
      )}
      <Refusal cause={cause} />
      <div>
        <button type="submit" className="btn pri" disabled={busy}>
          <IconEye className="ic" aria-hidden />
          {t('Show identity')}
        </button>
      </div>
    </form>
  );
}
