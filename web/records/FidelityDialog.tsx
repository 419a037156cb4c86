import { useState } from 'react';
import {
  listSessions,
  rateSession,
  type SessionView,
  summariseSessions,
} from '../../server/sessions/contract.ts';
import { newKey, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId, useStudyView } from '../session.ts';
import { type Day, fullDay, localDay } from '../time.ts';
import { SelectField, TextField } from './Fields.tsx';

/** How closely a session kept to its manual, rated by somebody else than its therapist. */
export default function FidelityDialog({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const study = useStudyId();
  const scales = useStudyView()?.document.fidelity ?? [];
  const rate = useCall(rateSession, { invalidates: [listSessions, summariseSessions] });
  const today = localDay(new Date().toISOString());
  const [key] = useState(newKey);
  const [rater, setRater] = useState('');
  const [on, setOn] = useState<Day | null>(today);
  const [ratings, setRatings] = useState<Record<string, number>>({});
  const [note, setNote] = useState('');
  return (
    <Dialog
      title={`Fidelity of the session on ${fullDay(session.content.on)}`}
      act="Save the rating"
      busy={
        rate.isPending ||
        on === null ||
        rater.trim().length < 2 ||
        scales.some(({ id }) => ratings[id] === undefined)
      }
      cause={rate.error}
      onAct={() =>
        on !== null &&
        rate.mutate(
          { params: { study, sheet: session.sheet }, body: { key, content: { rater, on, ratings, note } } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <div className="two even">
        <TextField
          label="Rater"
          hint={session.therapistName ? `Not ${session.therapistName}, who led it` : undefined}
          value={rater}
          onChange={setRater}
          most={80}
          required
        />
        <DayInput label="Rated on" value={on} onChange={setOn} maxDate={today} />
      </div>
      {scales.map(({ id, label, min, max }) => (
        <SelectField
          key={id}
          label={`${label}, ${min} to ${max}`}
          none="Choose"
          value={ratings[id] === undefined ? '' : String(ratings[id])}
          onChange={(value) => setRatings((old) => ({ ...old, [id]: Number(value) }))}
          options={Array.from({ length: max - min + 1 }, (_, index) => String(min + index)).map((one) => ({
            id: one,
            label: one,
          }))}
        />
      ))}
      <TextField label="Note" value={note} onChange={setNote} most={1000} rows={2} />
    </Dialog>
  );
}
