import { useId } from 'react';
import type { Comparison, Decision } from '../../server/doubleEntry/contract.ts';
import { ASSESSED_ON } from '../../server/doubleEntry/rules.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { t } from '../language/t.ts';
import { stamp } from '../time.ts';
import css from './doubleEntry.module.css';
import { OtherValue } from './OtherValue.tsx';
import { fieldName, valueWords } from './words.ts';

interface Props {
  instrument: InstrumentDocument;
  missing: readonly { code: string; label: string }[];
  field: Comparison['fields'][number];
  decision: Decision | undefined;
  current: boolean;
  may: boolean;
  onFocus(): void;
  onChoose(choice: Decision['choice']): void;
  onChange(decision: Decision): void;
}

/** One field in which the entries differ: both values, a third, and what was decided. */
export function FieldRow(props: Props) {
  const { instrument, missing, field, decision, current, may } = props;
  const id = useId();
  const words = (value: typeof field.first) => valueWords(instrument, missing, field.field, value);
  const { decided } = field;
  const choice = decided?.choice ?? decision?.choice;
  const sides = [
    { id: 'first', number: 1, label: t('First entry'), text: words(field.first) },
    { id: 'second', number: 2, label: t('Second entry'), text: words(field.second) },
    {
      id: 'other',
      number: 3,
      label: t('Another value'),
      text: decided?.choice === 'other' ? words(decided.value) : t('Another value…'),
    },
  ] as const;
  return (
    <fieldset
      className={css.field}
      data-field
      data-current={current || undefined}
      onFocus={props.onFocus}
      aria-labelledby={id}
    >
      <div className={css.row}>
        <span id={id} className={css.name}>
          {fieldName(instrument, field.field)}
          {decided && (
            <small>
              {decided.by}, {stamp(decided.at)}
              {decided.reason && `: ${decided.reason}`}
            </small>
          )}
        </span>
        {sides.map((side) => (
          <label key={side.id} className={css.side} data-chosen={choice === side.id || undefined}>
            <input
              type="radio"
              name={id}
              checked={choice === side.id}
              disabled={!may || decided !== null}
              onChange={() => props.onChoose(side.id)}
            />
            <span>
              <span className={css.which}>{side.label}: </span>
              {side.text}
            </span>
            {may && !decided && <kbd aria-hidden>{side.number}</kbd>}
          </label>
        ))}
      </div>
      {!decided && decision?.choice === 'other' && (
        <OtherValue
          instrument={instrument}
          missing={missing}
          decision={decision}
          isDay={field.field === ASSESSED_ON}
          onChange={props.onChange}
        />
      )}
    </fieldset>
  );
}
