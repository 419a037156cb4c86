import { useId, useState } from 'react';
import { endReviewPlan, listReviews, type ReviewPlan } from '../../../server/audit/contract.ts';
import { useCall } from '../../api.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { Dialog } from '../dialogs/Dialog.tsx';

/** Ends a plan with a reason; the reviews that were done under it stay. */
export function EndPlan({ plan, onClose }: { plan: ReviewPlan; onClose: () => void }) {
  const id = useId();
  const study = useStudyId();
  const end = useCall(endReviewPlan, { invalidates: [listReviews] });
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('End this plan')}
      act={t('End the plan')}
      danger
      busy={end.isPending || reason.trim().length < 3}
      cause={end.error}
      onAct={() =>
        end.mutate(
          { params: { study, plan: plan.id }, body: { version: plan.version, reason } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p>
        {t('“{scope}” by {reviewer} is no longer due. What was reviewed under it stays on record.', {
          scope: plan.scope,
          reviewer: plan.reviewer,
        })}
      </p>
      <div>
        <label className="lab" htmlFor={id}>
          {t('Reason')}
        </label>
        <input
          className="inp"
          id={id}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <p className="hint">{t('It stands on the audit trail with your name.')}</p>
      </div>
    </Dialog>
  );
}
