import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/t.ts';
import type { FieldProps } from './field.ts';
import { storedIn } from './field.ts';
import css from './forms.module.css';
import { readTime } from './readTime.ts';

/** A time of day on the 24-hour clock. */
export function TimeField({ item, value, away, onAnswer, onClear }: FieldProps<'time'>) {
  const stored = storedIn(value);
  const [typed, setTyped] = useState(stored === null ? '' : String(stored));
  const read = readTime(typed);
  return (
    <div className={css.field}>
      <TextInput
        aria-label={item.label}
        data-entry
        inputMode="numeric"
        placeholder={away ?? '08:30'}
        value={typed}
        error={
          typed.trim() !== '' && read === null
            ? t('“{typed}” is not a time. It was not kept.', { typed })
            : undefined
        }
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          const time = readTime(currentTarget.value);
          if (time !== null) onAnswer({ value: time }, false);
          else if (stored !== null || currentTarget.value.trim() === '') onClear();
        }}
      />
      <span className={css.unit}>{read ?? t('24-hour clock')}</span>
    </div>
  );
}
