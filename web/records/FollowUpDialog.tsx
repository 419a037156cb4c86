import { useState } from 'react';
import { changeFollowUp, type FollowUpPart } from '../../server/events/contract.ts';
import { changeBetween, followUpParts, withWhatFollows } from '../../server/events/rules.ts';
import { listParticipants, readHistory, readParticipant } from '../../server/participants/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { newKey, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { listed } from '../parts/naming.ts';
import type { ParticipantView } from '../parts/participant/types.ts';
import { useStudyId, useStudyView } from '../session.ts';
import type { Day } from '../time.ts';
import { RadioField, SelectField, TextField } from './Fields.tsx';
import { partWords } from './words.ts';

const questions: Record<FollowUpPart, string> = {
  treatment: t('The treatment of the study stops'),
  assessments: t('Visits and assessments stop'),
  contact: t('No contact any more'),
  records: t('Records may no longer be used, and passive follow-up stops'),
  data: t('Consent for further use of data is withdrawn; what was entered is kept, and marked'),
};

/** Which follow-up stops and which goes on, each asked on its own; taking something back is a record of its own. */
export default function FollowUpDialog({
  person,
  today,
  onClose,
}: {
  person: ParticipantView;
  today: Day;
  onClose: () => void;
}) {
  const study = useStudyId();
  const view = useStudyView();
  const change = useCall(changeFollowUp, {
    invalidates: [readParticipant, readWorklist, readHistory, listParticipants],
  });
  const before = person.followUp.stopped.map(({ part }) => part);
  const [key] = useState(newKey);
  const [stops, setStops] = useState<FollowUpPart[]>(before);
  const [on, setOn] = useState<Day | null>(today);
  const [asked, setAsked] = useState<'participant' | 'investigator' | 'sponsor'>('participant');
  const [reason, setReason] = useState('');
  const [detail, setDetail] = useState('');
  const [event, setEvent] = useState('');
  const changed = changeBetween(before, stops);
  const offered = (view?.document.events ?? []).filter(({ offered: where }) => where === 'withdrawal');
  const stopsTreatment = changed.stops.includes('treatment');
  const toggle = (part: FollowUpPart, ticked: boolean) =>
    setStops(ticked ? withWhatFollows([...stops, part]) : stops.filter((one) => one !== part));
  const names = (parts: readonly FollowUpPart[]) =>
    listed(parts.map((part) => partWords[part].toLowerCase()));
  const act = () => {
    if (on === null) return;
    const body = {
      key,
      number: person.followUp.number,
      on,
      stops,
      askedBy: asked,
      reason: changed.stops.length > 0 ? reason : null,
      detail,
      event: stopsTreatment ? event || null : null,
    };
    change.mutate({ params: { study, participant: person.code }, body }, { onSuccess: onClose });
  };
  const nothing = changed.stops.length + changed.resumes.length === 0;
  return (
    <Dialog
      title={rich('Which follow-up goes on for <code>{participant}</code>', { participant: person.code })}
      act={t('Record it')}
      danger={changed.stops.length > 0}
      busy={
        change.isPending ||
        on === null ||
        nothing ||
        (changed.stops.length > 0 && reason === '') ||
        (changed.resumes.length > 0 && detail.trim().length < 3)
      }
      cause={change.error}
      onAct={act}
      onClose={onClose}
    >
      <fieldset>
        <legend className="lab">{t('Tick what stops; what isn’t ticked goes on')}</legend>
        {followUpParts.map((part) => (
          <label key={part} className="check">
            <input
              type="checkbox"
              checked={stops.includes(part)}
              disabled={
                stops.includes(part) && withWhatFollows(stops.filter((one) => one !== part)).includes(part)
              }
              onChange={(input) => toggle(part, input.currentTarget.checked)}
            />
            {questions[part]}
          </label>
        ))}
      </fieldset>
      {!nothing && (
        <p className="note wrn" role="status">
          {[
            changed.stops.length > 0 && t('Stops: {names}.', { names: names(changed.stops) }),
            changed.resumes.length > 0 && t('Goes on again: {names}.', { names: names(changed.resumes) }),
            stops.includes('assessments')
              ? t('Visits to come leave the worklist.')
              : t('Visits stay due as the protocol has them.'),
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
      <DayInput label={t('From')} value={on} onChange={setOn} maxDate={today} />
      <RadioField
        label={t('Who asked for it')}
        value={asked}
        onChange={setAsked}
        options={[
          { id: 'participant', label: t('The participant') },
          { id: 'investigator', label: t('An investigator') },
          { id: 'sponsor', label: t('The sponsor') },
        ]}
      />
      {changed.stops.length > 0 && (
        <SelectField
          label={t('Reason')}
          none={t('Choose a reason')}
          value={reason}
          onChange={setReason}
          options={view?.document.lossReasons ?? []}
        />
      )}
      {stopsTreatment && offered.length > 0 && (
        <SelectField
          label={t('Record an event of the protocol too?')}
          none={t('No')}
          value={event}
          onChange={setEvent}
          options={offered}
        />
      )}
      <TextField
        label={changed.resumes.length > 0 ? t('Why it goes on again') : t('Detail')}
        hint={t('No names or numbers that identify the person.')}
        value={detail}
        onChange={setDetail}
        most={500}
        rows={3}
        required={changed.resumes.length > 0}
      />
    </Dialog>
  );
}
