import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FieldProps } from './field.ts';
import { storedIn } from './field.ts';
import css from './forms.module.css';

/** Words; the field grows with them from the lines that the instrument gives it. */
export function TextField({ item, value, away, onAnswer, onClear }: FieldProps<'text'>) {
  const stored = storedIn(value);
  const [typed, setTyped] = useState(stored === null ? '' : String(stored));
  const lines = item.lines ?? 1;
  return (
    <div className={css.field} data-wide>
      <Textarea
        aria-label={item.label}
        data-entry
        placeholder={away ?? undefined}
        autosize
        minRows={lines}
        maxRows={Math.max(6, lines)}
        maxLength={item.maxLength}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          if (currentTarget.value.trim() === '') onClear();
          else onAnswer({ value: currentTarget.value }, false);
        }}
      />
    </div>
  );
}
