import { useState } from 'react';
import { changeFollowUp, type FollowUpPart } from '../../server/events/contract.ts';
import { changeBetween, followUpParts, withWhatFollows } from '../../server/events/rules.ts';
import { listParticipants, readHistory, readParticipant } from '../../server/participants/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { newKey, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { listed } from '../parts/naming.ts';
import type { ParticipantView } from '../parts/participant/types.ts';
import { useStudyId, useStudyView } from '../session.ts';
import type { Day } from '../time.ts';
import { RadioField, SelectField, TextField } from './Fields.tsx';
import { partWords } from './words.ts';

const questions: Record<FollowUpPart, string> = {
  treatment: 'The treatment of the study stops',
  assessments: 'Visits and assessments stop',
  contact: 'No contact any more',
  records: 'Records may no longer be used, and passive follow-up stops',
  data: 'Consent for further use of data is withdrawn; what was entered is kept, and marked',
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
      title={
        <>
          Which follow-up goes on for <span className="code">{person.code}</span>
        </>
      }
      act="Record it"
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
        <legend className="lab">Tick what stops; what isn’t ticked goes on</legend>
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
            changed.stops.length > 0 && `Stops: ${names(changed.stops)}.`,
            changed.resumes.length > 0 && `Goes on again: ${names(changed.resumes)}.`,
            stops.includes('assessments')
              ? 'Visits to come leave the worklist.'
              : 'Visits stay due as the protocol has them.',
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
      <DayInput label="From" value={on} onChange={setOn} maxDate={today} />
      <RadioField
        label="Who asked for it"
        value={asked}
        onChange={setAsked}
        options={[
          { id: 'participant', label: 'The participant' },
          { id: 'investigator', label: 'An investigator' },
          { id: 'sponsor', label: 'The sponsor' },
        ]}
      />
      {changed.stops.length > 0 && (
        <SelectField
          label="Reason"
          none="Choose a reason"
          value={reason}
          onChange={setReason}
          options={view?.document.lossReasons ?? []}
        />
      )}
      {stopsTreatment && offered.length > 0 && (
        <SelectField
          label="Record an event of the protocol too?"
          none="No"
          value={event}
          onChange={setEvent}
          options={offered}
        />
      )}
      <TextField
        label={changed.resumes.length > 0 ? 'Why it goes on again' : 'Detail'}
        hint="No names or numbers that identify the person."
        value={detail}
        onChange={setDetail}
        most={500}
        rows={3}
        required={changed.resumes.length > 0}
      />
    </Dialog>
  );
}
