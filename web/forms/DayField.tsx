import { DayInput } from './DayInput.tsx';
import type { FieldProps } from './field.ts';
import { storedIn } from './field.ts';
import css from './forms.module.css';

/** A day of the calendar, typed or picked. */
export function DayField({ item, value, away, onAnswer, onClear }: FieldProps<'date'>) {
  const stored = storedIn(value);
  return (
    <div className={css.field}>
      <DayInput
        aria-label={item.label}
        data-entry
        placeholder={away ?? undefined}
        value={stored === null ? null : String(stored)}
        onChange={(day) => (day === null ? onClear() : onAnswer({ value: day }, false))}
      />
    </div>
  );
}
