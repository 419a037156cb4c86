import { useId, useState } from 'react';
import { addGroup, readGroups } from '../../server/groups/contract.ts';
import { newKey, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useSites } from '../parts/naming.ts';
import { useStudyId, useStudyView } from '../session.ts';
import type { Day } from '../time.ts';
import type { GroupsView } from './types.ts';
import { nextName } from './words.ts';

interface Props {
  view: GroupsView;
  site: string | undefined;
  arm: string | undefined;
  onClose: () => void;
}

/** A group with its seats; who sits in it is decided afterwards. */
export function AddGroup({ view, onClose, ...given }: Props) {
  const study = useStudyId();
  const studyView = useStudyView();
  const sites = useSites(studyView);
  const arms = (studyView?.document.arms ?? []).filter(({ group }) => group);
  const id = useId();
  const add = useCall(addGroup, { invalidates: [readGroups] });
  const [key] = useState(newKey);
  const [site, setSite] = useState(given.site ?? sites[0]?.id ?? '');
  const [armId, setArm] = useState(given.arm ?? arms[0]?.id ?? '');
  const arm = arms.find((one) => one.id === armId);
  const most = arm?.group?.to ?? 1;
  const [typedName, setName] = useState<string | null>(null);
  const [typedSeats, setSeats] = useState<string | null>(null);
  const [therapist, setTherapist] = useState('');
  const [startsOn, setStartsOn] = useState<Day | null>(null);
  const name = typedName ?? nextName(view, site, arm?.short ?? '');
  const seats = Number(typedSeats ?? most);
  const fits = Number.isInteger(seats) && seats >= 1 && seats <= most;
  const therapists = view.therapists.filter((one) => one.site === site);
  const act = () => {
    if (startsOn === null) return;
    const body = { key, site, arm: armId, name: name.trim(), therapist: therapist || null, startsOn, seats };
    add.mutate({ params: { study }, body }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('Plan a group')}
      act={t('Plan {name}', { name: name.trim() || t('the group') })}
      busy={add.isPending || startsOn === null || name.trim() === '' || !fits}
      cause={add.error}
      onAct={act}
      onClose={onClose}
    >
      <div className="two">
        <div>
          <label className="lab" htmlFor={`${id}-site`}>
            {t('Site')}
          </label>
          <select
            className="inp"
            id={`${id}-site`}
            value={site}
            onChange={(event) => {
              setSite(event.currentTarget.value);
              setTherapist('');
            }}
          >
            {sites.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label className="lab" htmlFor={`${id}-arm`}>
            {t('Arm')}
          </label>
          <select
            className="inp"
            id={`${id}-arm`}
            value={armId}
            onChange={(event) => setArm(event.currentTarget.value)}
          >
            {arms.map((one) => (
              <option key={one.id} value={one.id}>
                {one.short}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div className="two">
        <div>
          <label className="lab" htmlFor={`${id}-name`}>
            {t('Name')}
          </label>
          <input
            className="inp"
            id={`${id}-name`}
            required
            maxLength={60}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div>
          <label className="lab" htmlFor={`${id}-seats`}>
            {t('Seats')}
          </label>
          <input
            className="inp"
            id={`${id}-seats`}
            inputMode="numeric"
            required
            aria-invalid={!fits}
            aria-describedby={`${id}-seats-hint`}
            value={typedSeats ?? String(most)}
            onChange={(event) => setSeats(event.currentTarget.value.trim())}
          />
          <p className={fits ? 'hint' : 'field-error'} id={`${id}-seats-hint`}>
            {t('1 to {most}', { most })}
          </p>
        </div>
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-therapist`}>
          {t('Therapist')}
        </label>
        <select
          className="inp"
          id={`${id}-therapist`}
          value={therapist}
          onChange={(event) => setTherapist(event.currentTarget.value)}
        >
          <option value="">{t('Not decided yet')}</option>
          {therapists.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <DayInput label={t('Begins on')} value={startsOn} onChange={setStartsOn} />
    </Dialog>
  );
}
