import { useState } from 'react';
import { readGroups } from '../../server/groups/contract.ts';
import {
  correctSession,
  listSessions,
  type SessionView,
  sessionVersions,
  summariseSessions,
} from '../../server/sessions/contract.ts';
import { useCall, useEndpoint } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';
import { type Day, localDay } from '../time.ts';
import { RadioField, ReasonField, SelectField, TextField } from './Fields.tsx';

/** One participant's part in a session, corrected; the others of a group keep theirs. */
export default function CorrectSession({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const study = useStudyId();
  const therapists = useEndpoint(readGroups, { params: { study } }).data?.therapists ?? [];
  const correct = useCall(correctSession, {
    invalidates: [listSessions, summariseSessions, sessionVersions],
  });
  const [content, setContent] = useState(session.content);
  const [length, setLength] = useState(String(session.content.minutes ?? ''));
  const [reason, setReason] = useState('');
  const set = (patch: Partial<typeof content>) => setContent((old) => ({ ...old, ...patch }));
  const missed = content.attendance === 'missed';
  const whole = /^\d{1,3}$/.test(length.trim()) ? Number(length) : null;
  return (
    <Dialog
      title={rich('Correct session {number} of <code>{participant}</code>', {
        number: session.content.number,
        participant: session.participant,
      })}
      act={t('Save the correction')}
      busy={
        correct.isPending ||
        reason.trim().length < 3 ||
        (!missed && length.trim() !== '' && whole === null) ||
        (missed && content.missedReason.trim().length < 3)
      }
      cause={correct.error}
      onAct={() =>
        correct.mutate(
          {
            params: { study, record: session.id },
            body: {
              version: session.version,
              reason,
              content: {
                ...content,
                minutes: missed ? null : whole,
                missedReason: missed ? content.missedReason : '',
              },
            },
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <RadioField
        label={t('Attendance')}
        value={content.attendance}
        onChange={(attendance) => set({ attendance })}
        options={[
          { id: 'attended', label: t('Attended') },
          { id: 'missed', label: t('Missed') },
        ]}
      />
      {missed && (
        <TextField
          label={t('Why it was missed')}
          value={content.missedReason}
          onChange={(missedReason) => set({ missedReason })}
          most={300}
          required
        />
      )}
      <div className="two even">
        <DayInput
          label={t('On')}
          value={content.on}
          onChange={(on: Day | null) => on !== null && set({ on })}
          maxDate={localDay(new Date().toISOString())}
        />
        {!missed && <TextField label={t('Minutes')} value={length} onChange={setLength} most={3} numeric />}
      </div>
      <SelectField
        label={t('Therapist')}
        none={t('Not recorded')}
        value={content.therapist ?? ''}
        onChange={(therapist) => set({ therapist: therapist || null })}
        options={therapists
          .filter(({ site }) => site === session.site)
          .map(({ id, name }) => ({ id, label: name }))}
      />
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}
