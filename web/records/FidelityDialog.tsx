import { useState } from 'react';
import {
  correctFidelity,
  type FidelityView,
  fidelityVersions,
  listSessions,
  rateSession,
  type SessionView,
  summariseSessions,
} from '../../server/sessions/contract.ts';
import { newKey, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId, useStudyView } from '../session.ts';
import { type Day, fullDay, localDay } from '../time.ts';
import { ReasonField, SelectField, TextField } from './Fields.tsx';

/** How closely a session kept to its manual, rated by somebody else than its therapist. */
export default function FidelityDialog({
  session,
  rating,
  onClose,
}: {
  session: SessionView;
  /** The rating to correct; absent: a new one. */
  rating?: FidelityView;
  onClose: () => void;
}) {
  const study = useStudyId();
  const scales = useStudyView()?.document.fidelity ?? [];
  const invalidates = [listSessions, summariseSessions, fidelityVersions];
  const rate = useCall(rateSession, { invalidates });
  const correct = useCall(correctFidelity, { invalidates });
  const today = localDay(new Date().toISOString());
  const [key] = useState(newKey);
  const [rater, setRater] = useState(rating?.content.rater ?? '');
  const [on, setOn] = useState<Day | null>(rating?.content.on ?? today);
  const [ratings, setRatings] = useState<Record<string, number>>(rating?.content.ratings ?? {});
  const [note, setNote] = useState(rating?.content.note ?? '');
  const [reason, setReason] = useState('');
  const act = () => {
    if (on === null) return;
    const content = { rater, on, ratings, note };
    const done = { onSuccess: onClose };
    if (rating)
      correct.mutate(
        { params: { study, record: rating.id }, body: { version: rating.version, reason, content } },
        done,
      );
    else rate.mutate({ params: { study, sheet: session.sheet }, body: { key, content } }, done);
  };
  return (
    <Dialog
      title={t('{what} of the session on {on}', {
        what: rating ? t('Correct the fidelity') : t('Fidelity'),
        on: fullDay(session.content.on),
      })}
      act={rating ? t('Save the correction') : t('Save the rating')}
      busy={
        rate.isPending ||
        correct.isPending ||
        (rating !== undefined && reason.trim().length < 3) ||
        on === null ||
        rater.trim().length < 2 ||
        scales.some(({ id }) => ratings[id] === undefined)
      }
      cause={rate.error ?? correct.error}
      onAct={act}
      onClose={onClose}
    >
      <div className="two even">
        <TextField
          label={t('Rater')}
          hint={
            session.therapistName
              ? t('Not {therapistName}, who led it', { therapistName: session.therapistName })
              : undefined
          }
          value={rater}
          onChange={setRater}
          most={80}
          required
        />
        <DayInput label={t('Rated on')} value={on} onChange={setOn} maxDate={today} />
      </div>
      {scales.map(({ id, label, min, max }) => (
        <SelectField
          key={id}
          label={t('{label}, {min} to {max}', { label, min, max })}
          none={t('Choose')}
          value={ratings[id] === undefined ? '' : String(ratings[id])}
          onChange={(value) => setRatings((old) => ({ ...old, [id]: Number(value) }))}
          options={Array.from({ length: max - min + 1 }, (_, index) => String(min + index)).map((one) => ({
            id: one,
            label: one,
          }))}
        />
      ))}
      <TextField label={t('Note')} value={note} onChange={setNote} most={1000} rows={2} />
      {rating && <ReasonField value={reason} onChange={setReason} />}
    </Dialog>
  );
}
