import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/t.ts';
import { inDigits } from './answer.ts';
import type { FieldProps } from './field.ts';
import { storedIn } from './field.ts';
import css from './forms.module.css';
import { readNumber } from './readNumber.ts';

/** A typed number with its unit and the range that is possible. */
export function NumberField({ item, value, away, onAnswer, onClear }: FieldProps<'number'>) {
  const stored = storedIn(value);
  const [typed, setTyped] = useState(typeof stored === 'number' ? inDigits(stored) : '');
  const unreadable = typed.trim() !== '' && readNumber(typed) === null;
  return (
    <div className={css.field}>
      <TextInput
        aria-label={item.label}
        data-entry
        placeholder={away ?? undefined}
        inputMode={item.integer ? 'numeric' : 'decimal'}
        value={typed}
        error={unreadable ? t('“{typed}” is not a number. It was not kept.', { typed }) : undefined}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          const number = readNumber(currentTarget.value);
          if (number !== null) onAnswer({ value: number }, false);
          else if (stored !== null || currentTarget.value.trim() === '') onClear();
        }}
      />
      <span className={css.unit}>
        {item.unit && `${item.unit}, `}
        {t('{inDigits} to {inDigits2}', { inDigits: inDigits(item.min), inDigits2: inDigits(item.max) })}
      </span>
    </div>
  );
}
