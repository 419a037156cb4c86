import { useId, useState } from 'react';
import { exportContacts } from '../../../server/identity/contract.ts';
import { addressOf } from '../../api.ts';
import { useStudyId } from '../../session.ts';
import { Dialog } from '../dialogs/Dialog.tsx';

/** The contacts list as a file, with a reason. */
export function TakeContacts({ onClose }: { onClose: () => void }) {
  const id = useId();
  const study = useStudyId();
  const [reason, setReason] = useState('');
  const [cause, setCause] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      const reply = await fetch(addressOf(exportContacts, { params: { study } }), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reason }),
      });
      if (!reply.ok) throw new Error('The list was not given.');
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await reply.blob());
      link.download =
        /filename="([^"]+)"/.exec(reply.headers.get('content-disposition') ?? '')?.[1] ?? 'contacts.csv';
      link.click();
      URL.revokeObjectURL(link.href);
      onClose();
    } catch (error) {
      setCause(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Take the contacts list"
      act="Take the list"
      busy={busy || reason.trim().length < 3}
      cause={cause}
      onAct={() => void take()}
      onClose={onClose}
    >
      <p>The file names people. It leaves this server’s protection; keep it only as long as it is needed.</p>
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          Reason
        </label>
        <input
          className="inp"
          id={`${id}-reason`}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <p className="hint">It stands on the audit trail with your name.</p>
      </div>
    </Dialog>
  );
}
