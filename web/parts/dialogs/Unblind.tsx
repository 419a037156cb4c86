import { useId, useState } from 'react';
import { readHistory } from '../../../server/participants/contract.ts';
import { listUnblindings, openUnblinding, requestUnblinding } from '../../../server/unblinding/contract.ts';
import { useCall } from '../../api.ts';
import { useStudyId } from '../../session.ts';
import { clock } from '../../time.ts';
import { Dialog } from './Dialog.tsx';

const touched = [readHistory, listUnblindings];

/** Emergency unblinding in two steps: the reason goes on record first, then the arm of this one participant is shown. */
export default function Unblind({ participant, onClose }: { participant: string; onClose: () => void }) {
  const study = useStudyId();
  const id = useId();
  const request = useCall(requestUnblinding, { invalidates: touched });
  const open = useCall(openUnblinding, { invalidates: touched });
  const [reason, setReason] = useState('');
  const [confirm, setConfirm] = useState('');
  const title = (
    <>
      Emergency unblinding of <span className="code">{participant}</span>
    </>
  );
  if (open.data) {
    return (
      <Dialog title={title} act="Done" busy={false} cause={null} onAct={onClose} onClose={onClose} single>
        <p className="revealed">
          {open.data.arm.short}, {open.data.arm.name}
        </p>
        <p className="small mute">
          Shown to you at {clock(open.data.openedAt)} and on record with your reason. Tell nobody who does not
          need it for the care of this person.
        </p>
      </Dialog>
    );
  }
  if (request.data) {
    const { id: unblinding, expiresAt } = request.data;
    return (
      <Dialog
        title={title}
        act={`Show the arm of ${participant}`}
        danger
        busy={open.isPending}
        cause={open.error}
        onAct={() => open.mutate({ params: { study, unblinding } })}
        onClose={onClose}
      >
        <p>
          Your reason is on record. The next step shows the arm on this screen; it can be taken until{' '}
          {clock(expiresAt)}.
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={title}
      act="Put the reason on record"
      danger
      busy={request.isPending || reason.trim().length < 3 || confirm.trim().toUpperCase() !== participant}
      cause={request.error}
      onAct={() => request.mutate({ params: { study, participant }, body: { confirm: participant, reason } })}
      onClose={onClose}
    >
      <p className="note wrn">
        Only where the care of this person depends on knowing the treatment. Nothing is shown in this step.
      </p>
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          Reason
        </label>
        <textarea
          className="inp"
          id={`${id}-reason`}
          rows={3}
          required
          minLength={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-confirm`}>
          Type {participant} again
        </label>
        <input
          className="inp"
          id={`${id}-confirm`}
          required
          autoComplete="off"
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
