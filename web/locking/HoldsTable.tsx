import { IconLock, IconLockOpen, IconSnowflake } from '@tabler/icons-react';
import { useId, useState } from 'react';
import {
  type HoldView,
  listHolds,
  lockReadiness,
  participantHolds,
  unfreezeData,
  unlockData,
} from '../../server/locks/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useMay, useStudyId } from '../session.ts';
import { fullStamp } from '../time.ts';

/** Freezes and locks, those that were lifted too. */
export function HoldsTable({ holds }: { holds: readonly HoldView[] }) {
  const may = useMay();
  const [lifting, setLifting] = useState<HoldView | null>(null);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('Freezes and locks')} tabIndex={0}>
        <table className="table stacks">
          <caption className="vh">{t('Freezes and locks, newest first')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('What')}</th>
              <th scope="col">{t('State')}</th>
              <th scope="col">{t('By')}</th>
              <th scope="col">{t('Since')}</th>
              <th scope="col">{t('Reason')}</th>
              <th scope="col">
                <span className="vh">{t('Action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {holds.map((hold) => (
              <tr key={hold.id} className={hold.lifted ? 'mute' : undefined}>
                <td className="nowrap">{hold.label}</td>
                <td className="nowrap" data-label={t('State')}>
                  <State hold={hold} />
                </td>
                <td className="nowrap" data-label={t('By')}>
                  {hold.by}
                </td>
                <td className="nowrap ink2" data-label={t('Since')}>
                  {fullStamp(hold.at)}
                </td>
                <td data-label={t('Reason')}>
                  {hold.reason}
                  {hold.lifted && (
                    <div className="small">
                      {t('Lifted {at} by {by}: {reason}', {
                        at: fullStamp(hold.lifted.at),
                        by: hold.lifted.by,
                        reason: hold.lifted.reason,
                      })}
                    </div>
                  )}
                </td>
                <td className="num">
                  {!hold.lifted && may(hold.kind === 'locked' ? 'locks.unlock' : 'locks.freeze') && (
                    <button type="button" className="btn sm" onClick={() => setLifting(hold)}>
                      {hold.kind === 'locked' ? t('Unlock') : t('Unfreeze')}
                      <span className="vh"> {hold.label}</span>
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {lifting && <Lift hold={lifting} onClose={() => setLifting(null)} />}
    </>
  );
}

function State({ hold }: { hold: HoldView }) {
  const Icon = hold.lifted ? IconLockOpen : hold.kind === 'locked' ? IconLock : IconSnowflake;
  return (
    <span className="st">
      <Icon className="ic" aria-hidden />
      {hold.lifted ? t('Lifted') : hold.kind === 'locked' ? t('Locked') : t('Frozen')}
    </span>
  );
}

function Lift({ hold, onClose }: { hold: HoldView; onClose: () => void }) {
  const study = useStudyId();
  const id = useId();
  const invalidates = [listHolds, lockReadiness, participantHolds];
  const unlock = useCall(unlockData, { invalidates });
  const unfreeze = useCall(unfreezeData, { invalidates });
  const call = hold.kind === 'locked' ? unlock : unfreeze;
  const [reason, setReason] = useState('');
  const verb = hold.kind === 'locked' ? t('Unlock') : t('Unfreeze');
  return (
    <Dialog
      title={`${verb}: ${hold.label}`}
      act={verb}
      busy={call.isPending || reason.trim().length < 3}
      cause={call.error}
      onAct={() =>
        call.mutate({ params: { study, hold: hold.id }, body: { reason } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p>{t('Data can be changed again. It stays on record with both reasons.')}</p>
      <div>
        <label className="lab" htmlFor={id}>
          {t('Reason')}
        </label>
        <textarea
          className="inp"
          id={id}
          rows={2}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
