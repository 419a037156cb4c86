import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { endFactor, renewBackupCodes } from '../../server/accounts/factor/contract.ts';
import { readAccount } from '../../server/accounts/sessions/contract.ts';
import { type Reply, useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { CodeField, Field } from '../parts/Field.tsx';
import { fullDay, localDay } from '../time.ts';
import { BackupCodes } from './BackupCodes.tsx';
import { SetUpFactor } from './SetUpFactor.tsx';

type State = Reply<typeof readAccount>['secondFactor'];

/** The second factor of one's own account: on, off, and new backup codes. */
export function Factor({ state }: { state: State }) {
  const client = useQueryClient();
  const [act, setAct] = useState<'on' | 'off' | 'codes' | null>(null);
  const close = () => {
    setAct(null);
    void client.invalidateQueries({ queryKey: [readAccount.id] });
  };
  return (
    <section className="card" aria-labelledby="factor">
      <div className="body stack">
        <div className="row wrap">
          <div className="grow">
            <h2 id="factor">{t('Second factor')}</h2>
            <p className="ink2">
              {state.on
                ? t('On since {since}: after the password you are asked for a code of your app.', {
                    since: fullDay(localDay(state.since!)),
                  })
                : t(
                    'After the password, a code of an app on your phone: somebody who learns your password still can’t get in.',
                  )}
            </p>
          </div>
          <span className={state.on ? 'tag ok' : 'tag'}>
            {state.on ? (
              <IconShieldCheck className="ic" aria-hidden />
            ) : (
              <IconShieldOff className="ic" aria-hidden />
            )}
            {state.on ? t('On') : t('Off')}
          </span>
        </div>
        {state.on && state.backupCodesLeft <= 3 && (
          <p className="note wrn">
            {state.backupCodesLeft === 0
              ? t('No backup code is left.')
              : t('Only {backupCodesLeft} backup codes are left.', {
                  backupCodesLeft: state.backupCodesLeft,
                })}{' '}
            {t('Make new ones before you need them.')}
          </p>
        )}
        {act === 'on' ? (
          <SetUpFactor onDone={close} onCancel={() => setAct(null)} />
        ) : (
          <div className="row wrap">
            {state.on ? (
              <>
                <button type="button" className="btn" onClick={() => setAct('codes')}>
                  {t('New backup codes')}
                </button>
                <button type="button" className="btn" onClick={() => setAct('off')}>
                  {t('Turn off')}
                </button>
                <span className="small mute">
                  {t('{backupCodesLeft} of 10 backup codes left', { backupCodesLeft: state.backupCodesLeft })}
                </span>
              </>
            ) : (
              <button type="button" className="btn pri" onClick={() => setAct('on')}>
                {t('Turn on')}
              </button>
            )}
          </div>
        )}
      </div>
      {act === 'off' && <TurnOff onClose={close} />}
      {act === 'codes' && <NewCodes onClose={close} />}
    </section>
  );
}

function TurnOff({ onClose }: { onClose: () => void }) {
  const end = useCall(endFactor);
  const [proof, setProof] = useState({ password: '', code: '' });
  return (
    <Dialog
      title={t('Turn the second factor off?')}
      act={t('Turn it off')}
      danger
      busy={end.isPending}
      cause={end.error}
      onAct={() => end.mutate({ body: proof }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('From then on the password alone lets you in. Your backup codes work no more.')}</p>
      <ProofFields proof={proof} onChange={setProof} />
    </Dialog>
  );
}

function NewCodes({ onClose }: { onClose: () => void }) {
  const renew = useCall(renewBackupCodes);
  const [proof, setProof] = useState({ password: '', code: '' });
  const codes = renew.data?.backupCodes;
  return (
    <Dialog
      title={t('New backup codes')}
      act={codes ? t('I have kept the codes') : t('Make new codes')}
      single={codes !== undefined}
      busy={renew.isPending}
      cause={renew.error}
      onAct={() => (codes ? onClose() : renew.mutate({ body: proof }))}
      onClose={onClose}
    >
      {codes ? (
        <BackupCodes codes={codes} />
      ) : (
        <>
          <p>{t('The codes of before work no more.')}</p>
          <ProofFields proof={proof} onChange={setProof} />
        </>
      )}
    </Dialog>
  );
}

interface Proof {
  password: string;
  code: string;
}

function ProofFields({ proof, onChange }: { proof: Proof; onChange: (proof: Proof) => void }) {
  return (
    <>
      <Field
        label={t('Your password')}
        type="password"
        required
        autoComplete="current-password"
        value={proof.password}
        onChange={(event) => onChange({ ...proof, password: event.currentTarget.value })}
      />
      <CodeField
        value={proof.code}
        onChange={(event) => onChange({ ...proof, code: event.currentTarget.value })}
      />
    </>
  );
}
