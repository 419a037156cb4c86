import { useId, useState } from 'react';
import { readParticipant } from '../../../server/participants/contract.ts';
import { listQueries, openQuery } from '../../../server/queries/contract.ts';
import { newKey, useCall } from '../../api.ts';
import { rich } from '../../language/rich.ts';
import { t } from '../../language/t.ts';
import { useStudyId, useStudyView } from '../../session.ts';
import { Dialog } from './Dialog.tsx';

interface Props {
  participant: string;
  /** What it is about to begin with. */
  about?: { visit?: string; instrument?: string; item?: string };
  onClose: () => void;
}

/** Asks the site about a participant, a form or one of its items. */
export default function OpenQuery({ participant, about: asked = {}, onClose }: Props) {
  const study = useStudyId();
  const view = useStudyView();
  const id = useId();
  const open = useCall(openQuery, { invalidates: [listQueries, readParticipant] });
  const [key] = useState(newKey);
  const [visit, setVisit] = useState(asked.visit ?? '');
  const [instrument, setInstrument] = useState(asked.instrument ?? '');
  const [item, setItem] = useState(asked.item ?? '');
  const [text, setText] = useState('');
  const visits = view?.document.visits ?? [];
  const offered = visits.find((one) => one.id === visit)?.instruments ?? [];
  const instruments = (view?.instruments ?? []).filter((one) => offered.includes(one.id));
  const items = instruments.find((one) => one.id === instrument)?.items ?? [];
  const act = () => {
    const about = { ...(visit && { visit }), ...(instrument && { instrument }), ...(item && { item }) };
    open.mutate({ params: { study }, body: { key, participant, ...about, text } }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={rich('Open a query on <code>{participant}</code>', { participant })}
      act={t('Open the query')}
      busy={open.isPending || text.trim().length < 3}
      cause={open.error}
      onAct={act}
      onClose={onClose}
    >
      <Choice
        label={t('Visit')}
        none={t('The participant as a whole')}
        value={visit}
        options={visits}
        onChange={(next) => {
          setVisit(next);
          setInstrument('');
          setItem('');
        }}
      />
      {visit !== '' && (
        <Choice
          label={t('Form')}
          none={t('The visit as a whole')}
          value={instrument}
          options={instruments.map((one) => ({ id: one.id, label: one.short }))}
          onChange={(next) => {
            setInstrument(next);
            setItem('');
          }}
        />
      )}
      {instrument !== '' && (
        <Choice
          label={t('Item')}
          none={t('The form as a whole')}
          value={item}
          options={items.map((one, index) => ({ id: one.id, label: `${index + 1} ${one.label}` }))}
          onChange={setItem}
        />
      )}
      <div>
        <label className="lab" htmlFor={id}>
          {t('Question')}
        </label>
        <textarea
          className="inp"
          id={id}
          rows={4}
          required
          minLength={3}
          maxLength={1000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  label: string;
  none: string;
  value: string;
  options: readonly { id: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, none, value, options, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <select className="inp" id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{none}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
