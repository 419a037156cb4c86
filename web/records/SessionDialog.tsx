import { useState } from 'react';
import { readGroups } from '../../server/groups/contract.ts';
import { listSessions, recordSession, summariseSessions } from '../../server/sessions/contract.ts';
import { newKey, useCall, useEndpoint } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';
import { type Day, localDay } from '../time.ts';
import { SelectField, TextField } from './Fields.tsx';

interface Coming {
  participant: string;
  attended: boolean;
  missedReason: string;
}

/** One session: of one participant, or of everyone seated in a group, in one sheet. */
export default function SessionDialog({
  participant,
  group,
  minutes,
  onClose,
}: {
  participant?: string;
  group?: string;
  /** The protocol's usual length. */
  minutes?: number;
  onClose: () => void;
}) {
  const study = useStudyId();
  const groups = useEndpoint(readGroups, { params: { study } }).data;
  const earlier = useEndpoint(listSessions, { params: { study }, query: { participant } }).data?.rows;
  const record = useCall(recordSession, { invalidates: [listSessions, summariseSessions] });
  const today = localDay(new Date().toISOString());
  const own = groups?.groups.find((one) =>
    group
      ? one.id === group
      : one.members.some((member) => member.participant === participant && member.until === null),
  );
  const [key] = useState(newKey);
  const [on, setOn] = useState<Day | null>(today);
  const [length, setLength] = useState(minutes ? String(minutes) : '');
  const [therapist, setTherapist] = useState<string | null>(null);
  const [typed, setTyped] = useState<Record<string, Partial<Coming>>>({});
  const here = group ? own?.members.filter(({ until }) => until === null) : [{ participant: participant! }];
  const rows: Coming[] = (here ?? []).map((one) => ({
    participant: one.participant,
    attended: true,
    missedReason: '',
    ...typed[one.participant],
  }));
  const leader = groups?.therapists.find(
    ({ name, site }) => name === own?.therapist && site === own?.site,
  )?.id;
  const chosen = therapist ?? leader ?? '';
  const next = (code: string) =>
    Math.max(
      0,
      ...(earlier ?? [])
        .filter((one) => one.participant === code && !one.struck)
        .map(({ content }) => content.number),
    ) + 1;
  const set = (code: string, patch: Partial<Coming>) =>
    setTyped((old) => ({ ...old, [code]: { ...old[code], ...patch } }));
  const whole = /^\d{1,3}$/.test(length.trim()) ? Number(length) : null;
  const act = () => {
    if (on === null) return;
    const body = {
      key,
      on,
      minutes: whole,
      therapist: chosen || null,
      group: own?.id ?? null,
      participants: rows.map((row) => ({ ...row, number: next(row.participant) })),
    };
    record.mutate({ params: { study }, body }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={
        group
          ? t('A session of {name}', { name: own?.name ?? t('the group') })
          : rich('A session of <code>{participant}</code>', { participant })
      }
      act={t('Record the session')}
      busy={
        record.isPending ||
        earlier === undefined ||
        rows.length === 0 ||
        on === null ||
        (length.trim() !== '' && whole === null) ||
        rows.some((row) => !row.attended && row.missedReason.trim().length < 3)
      }
      cause={record.error}
      onAct={act}
      onClose={onClose}
    >
      <div className="two even">
        <DayInput label={t('On')} value={on} onChange={setOn} maxDate={today} />
        <TextField label={t('Minutes')} value={length} onChange={setLength} most={3} numeric />
      </div>
      <SelectField
        label={t('Therapist')}
        none={t('Not recorded')}
        value={chosen}
        onChange={setTherapist}
        options={(groups?.therapists ?? []).map(({ id, name }) => ({ id, label: name }))}
      />
      <fieldset>
        <legend className="lab">{t('Who came')}</legend>
        {rows.map((row) => (
          <div key={row.participant} className="sheet-row">
            <label className="check">
              <input
                type="checkbox"
                checked={row.attended}
                onChange={(event) => set(row.participant, { attended: event.currentTarget.checked })}
              />
              <span className="code">{row.participant}</span>
            </label>
            <span className="small mute">{t('session {next}', { next: next(row.participant) })}</span>
            {!row.attended && (
              <input
                className="inp"
                aria-label={t('Why {participant} missed it', { participant: row.participant })}
                placeholder={t('Why it was missed')}
                maxLength={300}
                value={row.missedReason}
                onChange={(event) => set(row.participant, { missedReason: event.currentTarget.value })}
              />
            )}
          </div>
        ))}
      </fieldset>
    </Dialog>
  );
}
