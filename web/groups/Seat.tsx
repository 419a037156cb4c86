import { useId, useState } from 'react';
import { joinTherapy, readGroups } from '../../server/groups/contract.ts';
import { readHistory } from '../../server/participants/contract.ts';
import { newKey, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { siteName } from '../parts/naming.ts';
import { useStudyId, useStudyView } from '../session.ts';
import { type Day, localDay } from '../time.ts';
import type { GroupsView } from './types.ts';
import { byInterest, seated } from './words.ts';

interface Props {
  view: GroupsView;
  participant: string | undefined;
  site: string | undefined;
  arm: string | undefined;
  onClose: () => void;
}

/** Gives a participant a seat in a group or a place with a therapist; an earlier one of the same kind ends. */
export function Seat({ view, site, arm, onClose, ...given }: Props) {
  const study = useStudyId();
  const studyView = useStudyView();
  const id = useId();
  const today = localDay(new Date().toISOString());
  const join = useCall(joinTherapy, { invalidates: [readGroups, readHistory] });
  const [key, setKey] = useState(newKey);
  const [typed, setTyped] = useState(given.participant ?? '');
  const [place, setPlace] = useState('');
  const [from, setFrom] = useState<Day | null>(today);
  const participant = typed.trim().toUpperCase();
  const here = <T extends { site: string }>(rows: readonly T[]) =>
    rows.filter((row) => site === undefined || row.site === site);
  const groups = byInterest(
    here(view.groups).filter(
      (group) =>
        (arm === undefined || group.arm === arm) &&
        seated(group).length < group.seats &&
        !seated(group).some((member) => member.participant === participant),
    ),
    today,
  );
  const therapists = arm === undefined ? here(view.therapists) : [];
  const choose = (to: string) => {
    setPlace(to);
    const starts = groups.find((group) => `group ${group.id}` === to)?.startsOn;
    if (starts && starts > today) setFrom(starts);
  };
  const act = () => {
    if (from === null) return;
    const [kind, chosen = ''] = place.split(' ');
    const body = {
      key,
      from,
      group: kind === 'group' ? chosen : null,
      therapist: kind === 'therapist' ? chosen : null,
    };
    join.mutate(
      { params: { study, participant }, body },
      // A refusal changed nothing: the corrected request is another act.
      { onSuccess: onClose, onError: (error) => error.name === 'Refused' && setKey(newKey()) },
    );
  };
  return (
    <Dialog
      title={
        given.participant
          ? rich('Seat <code>{participant}</code>', { participant: given.participant })
          : t('Seat a participant')
      }
      act={participant ? t('Seat {participant}', { participant }) : t('Seat')}
      busy={join.isPending || place === '' || from === null || !/^[A-Z]{2,6}-\d{4,6}$/.test(participant)}
      cause={join.error}
      onAct={act}
      onClose={onClose}
    >
      {given.participant === undefined && (
        <div>
          <label className="lab" htmlFor={`${id}-participant`}>
            {t('Participant ID')}
          </label>
          <input
            className="inp code"
            id={`${id}-participant`}
            required
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
      )}
      <div>
        <label className="lab" htmlFor={`${id}-place`}>
          {therapists.length > 0 ? t('Group or therapist') : t('Group')}
        </label>
        <select
          className="inp"
          id={`${id}-place`}
          required
          value={place}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{t('Choose')}</option>
          {groups.length > 0 && (
            <optgroup label={t('Groups with a free seat')}>
              {groups.map((group) => (
                <option key={group.id} value={`group ${group.id}`}>
                  {t('{name}, {studyView} ({seats} free)', {
                    name: group.name,
                    studyView: siteName(studyView, group.site),
                    seats: group.seats - seated(group).length,
                  })}
                </option>
              ))}
            </optgroup>
          )}
          {therapists.length > 0 && (
            <optgroup label={t('One to one')}>
              {therapists.map((one) => (
                <option key={one.id} value={`therapist ${one.id}`}>
                  {one.name}, {siteName(studyView, one.site)}
                </option>
              ))}
            </optgroup>
          )}
        </select>
        <p className="hint">
          {groups.length === 0 && therapists.length === 0
            ? t('No group has a free seat. Plan one first.')
            : t('An earlier membership of the same kind ends on the day this one begins.')}
        </p>
      </div>
      <DayInput label={t('From')} value={from} onChange={setFrom} />
    </Dialog>
  );
}
