import { useId, useState } from 'react';
import {
  listReviews,
  type ReviewOutcome,
  type ReviewPlan,
  recordReview,
} from '../../../server/audit/contract.ts';
import { REVIEW_OUTCOMES } from '../../../server/audit/outcomes.rules.ts';
import { newKey, useCall } from '../../api.ts';
import { DayInput } from '../../forms/DayInput.tsx';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { outcomes } from './words.ts';

interface Props {
  plan: ReviewPlan;
  today: string;
  onClose: () => void;
}

/** Which days were gone through, what was looked at and what was found. */
export function RecordReview({ plan, today, onClose }: Props) {
  const id = useId();
  const study = useStudyId();
  const record = useCall(recordReview, { invalidates: [listReviews] });
  const [key] = useState(newKey);
  const [from, setFrom] = useState<string | null>(plan.lastReviewed ?? today);
  const [until, setUntil] = useState<string | null>(today);
  const [lookedAt, setLookedAt] = useState(plan.scope);
  const [outcome, setOutcome] = useState<ReviewOutcome>('nothing');
  const [findings, setFindings] = useState('');
  const act = () => {
    if (from === null || until === null) return;
    record.mutate(
      { params: { study }, body: { key, plan: plan.id, from, until, lookedAt, outcome, findings } },
      { onSuccess: onClose },
    );
  };
  const days = [
    { name: t('From'), value: from, set: setFrom },
    { name: t('Until'), value: until, set: setUntil },
  ];
  const texts = [
    { name: t('What was looked at'), value: lookedAt, set: setLookedAt },
    { name: t('Findings'), value: findings, set: setFindings },
  ];
  return (
    <Dialog
      title={t('Record a review')}
      act={t('Record')}
      busy={record.isPending || from === null || until === null || lookedAt.trim().length < 3}
      cause={record.error}
      onAct={act}
      onClose={onClose}
    >
      {days.map((field) => (
        <DayInput
          key={field.name}
          label={field.name}
          value={field.value}
          onChange={field.set}
          maxDate={today}
        />
      ))}
      <fieldset>
        <legend className="lab">{t('Found')}</legend>
        <div className="choices">
          {REVIEW_OUTCOMES.map((one) => (
            <label key={one} className="check">
              <input
                type="radio"
                name={`${id}-outcome`}
                checked={outcome === one}
                onChange={() => setOutcome(one)}
              />
              {outcomes[one]}
            </label>
          ))}
        </div>
      </fieldset>
      {texts.map((field) => (
        <div key={field.name}>
          <label className="lab" htmlFor={`${id}-${field.name}`}>
            {field.name}
          </label>
          <textarea
            className="inp"
            id={`${id}-${field.name}`}
            rows={3}
            maxLength={1000}
            value={field.value}
            onChange={(event) => field.set(event.currentTarget.value)}
          />
        </div>
      ))}
    </Dialog>
  );
}
