import { useState } from 'react';
import {
  addMedication,
  correctMedication,
  listMedication,
  type MedicationContent,
  type MedicationView,
  medicationVersions,
} from '../../server/medication/contract.ts';
import { offeredWithMedication } from '../../server/medication/rules.ts';
import { readHistory, readParticipant } from '../../server/participants/contract.ts';
import { newKey, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { readNumber } from '../forms/readNumber.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import type { Day } from '../time.ts';
import { PartialDayField, ReasonField, SelectField, TextField } from './Fields.tsx';

interface Props {
  participant: string;
  today: Day;
  randomised: boolean;
  medication?: MedicationView;
  onClose: () => void;
}

const empty: MedicationContent = {
  drug: '',
  dose: null,
  unit: '',
  frequency: '',
  indication: '',
  start: null,
  end: null,
  ongoing: true,
  event: null,
};

/** A concomitant medication; one that is an event of the protocol asks whether to record that too. */
export default function MedicationDialog({ participant, today, randomised, medication, onClose }: Props) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const invalidates = [listMedication, medicationVersions, readParticipant, readHistory];
  const add = useCall(addMedication, { invalidates });
  const correct = useCall(correctMedication, { invalidates });
  const [key] = useState(newKey);
  const [content, setContent] = useState(medication?.content ?? empty);
  const [dose, setDose] = useState(content.dose === null ? '' : String(content.dose));
  const [also, setAlso] = useState(true);
  const [eventOn, setEventOn] = useState<Day | null>(null);
  const [reason, setReason] = useState('');
  const set = (patch: Partial<MedicationContent>) => setContent((old) => ({ ...old, ...patch }));
  const offered = view ? offeredWithMedication(view.document) : [];
  const asks = !medication && content.event !== null && randomised && may('events.record');
  const on = eventOn ?? (content.start?.length === 10 ? content.start : null);
  const typed = dose.trim() === '' ? null : readNumber(dose);
  const act = () => {
    const body = { ...content, dose: typed };
    const done = { onSuccess: onClose };
    if (medication)
      correct.mutate(
        {
          params: { study, record: medication.id },
          body: { version: medication.version, reason, content: body },
        },
        done,
      );
    else
      add.mutate(
        {
          params: { study, participant },
          body: { key, content: body, recordEventOn: asks && also ? on : null },
        },
        done,
      );
  };
  return (
    <Dialog
      title={
        <>
          {medication ? t('Correct a medication of') : t('Record a medication of')}{' '}
          <span className="code">{participant}</span>
        </>
      }
      act={medication ? t('Save the correction') : t('Record it')}
      busy={
        add.isPending ||
        correct.isPending ||
        content.drug.trim().length < 2 ||
        (dose.trim() !== '' && typed === null) ||
        (asks && also && on === null) ||
        (medication !== undefined && reason.trim().length < 3)
      }
      cause={add.error ?? correct.error}
      onAct={act}
      onClose={onClose}
    >
      <TextField
        label={t('Drug')}
        value={content.drug}
        onChange={(drug) => set({ drug })}
        most={120}
        required
      />
      <div className="two even">
        <TextField label={t('Dose')} value={dose} onChange={setDose} most={12} numeric />
        <TextField label={t('Unit')} value={content.unit} onChange={(unit) => set({ unit })} most={20} />
      </div>
      <div className="two even">
        <TextField
          label={t('Frequency')}
          value={content.frequency}
          onChange={(frequency) => set({ frequency })}
          most={60}
        />
        <TextField
          label={t('Indication')}
          value={content.indication}
          onChange={(indication) => set({ indication })}
          most={120}
        />
      </div>
      <div className="two even">
        <PartialDayField label={t('Start')} value={content.start} onChange={(start) => set({ start })} />
        {!content.ongoing && (
          <PartialDayField
            label={t('End', { sense: 'day' })}
            value={content.end}
            onChange={(end) => set({ end })}
          />
        )}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={content.ongoing}
          onChange={(event) => set({ ongoing: event.currentTarget.checked, end: null })}
        />
        {t('It is ongoing')}
      </label>
      {offered.length > 0 && (
        <SelectField
          label={t('Is it one of the protocol’s events?')}
          none={t('No')}
          value={content.event ?? ''}
          onChange={(event) => set({ event: event || null })}
          options={offered}
        />
      )}
      {asks && (
        <>
          <label className="check">
            <input
              type="checkbox"
              checked={also}
              onChange={(event) => setAlso(event.currentTarget.checked)}
            />
            {t('Record that event too')}
          </label>
          {also && (
            <DayInput label={t('The event was on')} value={on} onChange={setEventOn} maxDate={today} />
          )}
        </>
      )}
      {medication && <ReasonField value={reason} onChange={setReason} />}
    </Dialog>
  );
}
