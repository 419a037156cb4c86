import { useId, useState } from 'react';
import { listReviews, planReview } from '../../../server/audit/contract.ts';
import { newKey, useCall } from '../../api.ts';
import { DayInput } from '../../forms/DayInput.tsx';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { Dialog } from '../dialogs/Dialog.tsx';

/** What is gone through, by whom, how often. */
export function PlanReview({ today, onClose }: { today: string; onClose: () => void }) {
  const id = useId();
  const study = useStudyId();
  const plan = useCall(planReview, { invalidates: [listReviews] });
  const [key] = useState(newKey);
  const [scope, setScope] = useState('');
  const [reviewer, setReviewer] = useState('');
  const [every, setEvery] = useState('90');
  const [firstDue, setFirstDue] = useState<string | null>(today);
  const act = () => {
    if (firstDue === null) return;
    plan.mutate(
      { params: { study }, body: { key, scope, reviewer, everyDays: Number(every), firstDue } },
      { onSuccess: onClose },
    );
  };
  const fields = [
    { name: t('What is gone through'), type: 'text', value: scope, set: setScope },
    { name: t('By whom'), type: 'text', value: reviewer, set: setReviewer },
    { name: t('Every how many days'), type: 'number', value: every, set: setEvery },
  ];
  return (
    <Dialog
      title={t('Plan reviews of the trail')}
      act={t('Plan')}
      busy={plan.isPending || firstDue === null || scope.trim().length < 3 || reviewer.trim().length < 3}
      cause={plan.error}
      onAct={act}
      onClose={onClose}
    >
      {fields.map((field) => (
        <div key={field.name}>
          <label className="lab" htmlFor={`${id}-${field.name}`}>
            {field.name}
          </label>
          <input
            className="inp"
            id={`${id}-${field.name}`}
            type={field.type}
            value={field.value}
            onChange={(event) => field.set(event.currentTarget.value)}
          />
        </div>
      ))}
      <DayInput label={t('First due')} value={firstDue} onChange={setFirstDue} />
    </Dialog>
  );
}
