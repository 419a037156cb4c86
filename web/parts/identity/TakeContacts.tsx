import { useId, useState } from 'react';
import { exportContacts } from '../../../server/identity/contract.ts';
import { takeFile } from '../../api.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { Dialog } from '../dialogs/Dialog.tsx';

/** The contacts list as a file, with a reason. */
export function TakeContacts({ onClose }: { onClose: () => void }) {
  const id = useId();
  const study = useStudyId();
  const [reason, setReason] = useState('');
  const [cause, setCause] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    setCause(null);
    try {
      const { file, name } = await takeFile(exportContacts, { params: { study }, body: { reason } });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = name ?? 'contacts.csv';
      link.click();
      URL.revokeObjectURL(link.href);
      onClose();
    } catch (error) {
      setCause(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('Take the contacts list')}
      act={t('Take the list')}
      busy={busy || reason.trim().length < 3}
      cause={cause}
      onAct={() => void take()}
      onClose={onClose}
    >
      <p>
        {t(
          'The file names people. It leaves this server’s protection; keep it only as long as it is needed.',
        )}
      </p>
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          {t('Reason')}
        </label>
        <input
          className="inp"
          id={`${id}-reason`}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <p className="hint">{t('It stands on the audit trail with your name.')}</p>
      </div>
    </Dialog>
  );
}
