import { useId, useState } from 'react';
import { readParticipant } from '../../../server/participants/contract.ts';
import {
  assignQuery,
  cancelQuery,
  listQueries,
  type QueryView,
  reopenQuery,
} from '../../../server/queries/contract.ts';
import { readWorklist } from '../../../server/visits/contract.ts';
import { newKey, useCall } from '../../api.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { OwnerChoice, useOwnerChoice } from './OwnerChoice.tsx';

const touched = [listQueries, readParticipant, readWorklist];

interface Props {
  query: QueryView;
  act: 'reopen' | 'cancel';
  onClose: () => void;
}

/** Reopening or cancelling one query, with the reason. */
export function ReasonDialog({ query, act, onClose }: Props) {
  const study = useStudyId();
  const id = useId();
  const send = useCall(act === 'reopen' ? reopenQuery : cancelQuery, { invalidates: touched });
  const [key] = useState(newKey);
  const [reason, setReason] = useState('');
  const title =
    act === 'reopen'
      ? t('Reopen query {number}', { number: query.number })
      : t('Cancel query {number}', { number: query.number });
  return (
    <Dialog
      title={title}
      act={title}
      busy={send.isPending || reason.trim().length < 3}
      cause={send.error}
      danger={act === 'cancel'}
      onAct={() =>
        send.mutate(
          { params: { study, query: query.id }, body: { key, version: query.version, reason } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      {act === 'cancel' && (
        <p className="small mute">
          {t(
            'For a query that was opened in error. It stays in the record, in no count, and can’t be reopened.',
          )}
        </p>
      )}
      <div>
        <label className="lab" htmlFor={id}>
          {t('Reason')}
        </label>
        <textarea
          className="inp"
          id={id}
          rows={3}
          minLength={3}
          maxLength={500}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}

/** Whom one query waits for. */
export function GiveDialog({ query, onClose }: { query: QueryView; onClose: () => void }) {
  const study = useStudyId();
  const assign = useCall(assignQuery, { invalidates: touched });
  const [key] = useState(newKey);
  const choice = useOwnerChoice(query.owner);
  return (
    <Dialog
      title={t('Who answers query {number}?', { number: query.number })}
      act={t('Give query {number}', { number: query.number })}
      busy={assign.isPending}
      cause={assign.error}
      onAct={() =>
        assign.mutate(
          {
            params: { study, query: query.id },
            body: { key, version: query.version, owner: choice.owner },
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <OwnerChoice choice={choice} site={query.site} />
    </Dialog>
  );
}
