import { useId, useState } from 'react';
import type { Decision } from '../../server/doubleEntry/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { CurrentItem } from '../forms/CurrentItem.tsx';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import { localDay } from '../time.ts';
import css from './doubleEntry.module.css';

interface Props {
  instrument: InstrumentDocument;
  missing: readonly { code: string; label: string }[];
  decision: Decision;
  isDay: boolean;
  onChange(decision: Decision): void;
}

/** A value that neither entry has, entered as in the form itself, and why it stands. */
export function OtherValue({ instrument, missing, decision, isDay, onChange }: Props) {
  const id = useId();
  const [missingOpen, setMissingOpen] = useState(false);
  const index = instrument.items.findIndex((item) => item.id === decision.field);
  const item = instrument.items[index];
  const { value } = decision;
  const day = value && 'value' in value ? String(value.value) : null;
  return (
    <div className={css.other}>
      {isDay ? (
        <div>
          <label className="lab" htmlFor={`${id}-day`}>
            {t('Date that stands')}
          </label>
          <DayInput
            id={`${id}-day`}
            value={day}
            maxDate={localDay(new Date().toISOString())}
            onChange={(next) => onChange({ ...decision, value: next === null ? undefined : { value: next } })}
          />
        </div>
      ) : (
        item && (
          <CurrentItem
            instrument={instrument}
            item={item}
            number={index + 1}
            value={value ?? undefined}
            baseline={undefined}
            missing={missing}
            missingOpen={missingOpen}
            singleKeys={false}
            onAnswer={(next) => {
              setMissingOpen(false);
              onChange({ ...decision, value: next });
            }}
            onClear={() => onChange({ ...decision, value: undefined })}
            onMissing={setMissingOpen}
          />
        )
      )}
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          {t('Why neither entry stands')}
        </label>
        <input
          className="inp"
          id={`${id}-reason`}
          maxLength={300}
          required
          value={decision.reason ?? ''}
          onChange={(event) => onChange({ ...decision, reason: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
