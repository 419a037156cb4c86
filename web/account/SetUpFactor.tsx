import { t } from '../language/t.ts';
import './account.css';
import { useState } from 'react';
import { beginFactor, confirmFactor } from '../../server/accounts/factor/contract.ts';
import { type Reply, useCall } from '../api.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { CodeField, Field } from '../parts/Field.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { BackupCodes } from './BackupCodes.tsx';
import { QrCode } from './QrCode.tsx';

/** Three steps: the password again, the code of the app, and the backup codes. */
export function SetUpFactor({ onDone, onCancel }: { onDone: () => void; onCancel?: () => void }) {
  const begin = useCall(beginFactor);
  const confirm = useCall(confirmFactor);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const step = confirm.data ? 3 : begin.data ? 2 : 1;
  const submit = () => {
    if (step === 1) begin.mutate({ body: { password } });
    else if (step === 2) confirm.mutate({ body: { code } });
    else onDone();
  };
  return (
    <form
      className="stack factor"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="small mute" role="status">
        {t('Step {step} of 3', { step })}
      </p>
      {step === 1 && (
        <Field
          label={t('Your password')}
          type="password"
          required
          autoComplete="current-password"
          hint={t('So that nobody else turns it on for you.')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      )}
      {step === 2 && begin.data && (
        <>
          <Secret {...begin.data} />
          <CodeField
            hint={t('The six digits that the app shows now.')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </>
      )}
      {confirm.data && <BackupCodes codes={confirm.data.backupCodes} />}
      <Refusal cause={step === 1 ? begin.error : step === 2 ? confirm.error : null} />
      <div className="dialog-acts">
        {onCancel && step < 3 && (
          <button type="button" className="btn" onClick={onCancel}>
            {t('Cancel')}
          </button>
        )}
        <button type="submit" className="btn pri" disabled={begin.isPending || confirm.isPending}>
          {step === 1 ? t('Continue') : step === 2 ? t('Turn it on') : t('I have kept the codes')}
        </button>
      </div>
    </form>
  );
}

function Secret({ secret, address }: Reply<typeof beginFactor>) {
  const shown = secret.match(/.{1,4}/g)!.join(' ');
  return (
    <>
      <p>
        {t(
          'Scan this with an authenticator app, such as Aegis, FreeOTP, 2FAS, Google Authenticator or Microsoft Authenticator.',
        )}
      </p>
      <QrCode text={address} label={t('QR code of the secret, for an authenticator app')} />
      <div>
        <p className="hint">{t('No camera? Type this into the app:')}</p>
        <p className="row wrap">
          <span className="mono secret">{shown}</span>
          <CopyButton text={secret} what={t('the secret')} words={t('Copy')} />
        </p>
      </div>
    </>
  );
}
