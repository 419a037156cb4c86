import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/t.ts';
import { localDay } from '../time.ts';
import { dayInWords } from './answer.ts';
import type { FieldProps } from './field.ts';
import { storedIn } from './field.ts';
import css from './forms.module.css';
import { readPartialDay } from './readPartialDay.ts';

/** A day that may be known to the month or the year only. What was read is said beside it. */
export function PartialDayField({ item, value, away, onAnswer, onClear }: FieldProps<'date'>) {
  const stored = storedIn(value);
  const [typed, setTyped] = useState(stored === null ? '' : dayInWords(String(stored)));
  const partial = item.partial ?? [];
  const today = localDay(new Date().toISOString());
  const read = readPartialDay(typed, today, partial);
  const words = [
    t('a day'),
    ...partial.map((part) => t('{part, select, month {a month} year {a year} other {{part}}}', { part })),
  ]
    .join(', ')
    .replace(/, ([^,]*)$/, ` ${t('or')} $1`);
  return (
    <div className={css.field}>
      <TextInput
        aria-label={item.label}
        data-entry
        placeholder={away ?? (partial.includes('month') ? t('Mar 2026') : '2026')}
        value={typed}
        error={
          typed.trim() !== '' && read === null
            ? t('“{typed}” is not {words}. It was not kept.', { typed, words })
            : undefined
        }
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          const day = readPartialDay(currentTarget.value, today, partial);
          if (day !== null) onAnswer({ value: day }, false);
          else if (stored !== null || currentTarget.value.trim() === '') onClear();
        }}
      />
      <span className={css.unit}>
        {read === null ? t('As exact as it is known: {words}', { words }) : dayInWords(read)}
      </span>
    </div>
  );
}
