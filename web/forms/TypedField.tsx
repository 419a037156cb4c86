import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ItemValue } from '../../server/forms/contract.ts';
import type { Item } from '../../server/instruments/document.ts';
import { DayInput } from './DayInput.tsx';
import css from './forms.module.css';
import { readNumber } from './readNumber.ts';

interface Props {
  item: Exclude<Item, { kind: 'choice' }>;
  value: ItemValue | undefined;
  /** Why there is no answer, in words, where a reason was chosen. */
  away: string | null;
  onAnswer(value: ItemValue, advance: boolean): void;
  onClear(): void;
}

/** The field of an item that is typed: a number, a day or words. */
export function TypedField({ item, value, away, onAnswer, onClear }: Props) {
  const stored = value && 'value' in value ? value.value : null;
  const [typed, setTyped] = useState(stored === null ? '' : String(stored).replace('-', '−'));
  const shared = { 'aria-label': item.label, 'data-entry': true, placeholder: away ?? undefined };

  if (item.kind === 'date') {
    return (
      <div className={css.field}>
        <DayInput
          {...shared}
          value={stored === null ? null : String(stored)}
          onChange={(day) => (day === null ? onClear() : onAnswer({ value: day }, false))}
        />
      </div>
    );
  }
  if (item.kind === 'text') {
    return (
      <div className={css.field} data-wide>
        <Textarea
          {...shared}
          autosize
          minRows={1}
          maxRows={6}
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
  const range = `${String(item.min).replace('-', '−')} to ${item.max}`;
  const unreadable = typed.trim() !== '' && readNumber(typed) === null;
  return (
    <div className={css.field}>
      <TextInput
        {...shared}
        inputMode={item.integer ? 'numeric' : 'decimal'}
        value={typed}
        error={unreadable ? `“${typed}” is not a number. It was not kept.` : undefined}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          const number = readNumber(currentTarget.value);
          if (number !== null) onAnswer({ value: number }, false);
          else if (stored !== null || currentTarget.value.trim() === '') onClear();
        }}
      />
      <span className={css.unit}>
        {item.unit && `${item.unit}, `}
        {range}
      </span>
    </div>
  );
}
