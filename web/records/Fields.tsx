import { type ReactNode, useId, useState } from 'react';
import { t } from '../language/t.ts';
import { localDay } from '../time.ts';
import { partialWords, readPartialDay } from './partialDay.ts';

interface Field {
  label: string;
  hint?: ReactNode;
}

/** One line, or a few, of text. */
export function TextField({
  label,
  hint,
  value,
  onChange,
  most,
  rows,
  required,
  numeric,
}: Field & {
  value: string;
  onChange: (value: string) => void;
  most: number;
  rows?: number;
  required?: boolean;
  numeric?: boolean;
}) {
  const id = useId();
  const shared = {
    className: 'inp',
    id,
    value,
    maxLength: most,
    required,
    'aria-describedby': hint ? `${id}-hint` : undefined,
  };
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      {rows ? (
        <textarea {...shared} rows={rows} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <input
          {...shared}
          autoComplete="off"
          inputMode={numeric ? 'decimal' : undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** One of a list. */
export function SelectField<Value extends string>({
  label,
  hint,
  value,
  onChange,
  options,
  none,
  disabled,
}: Field & {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { id: Value; label: string }[];
  /** What an empty choice is called; without it there is none. */
  none?: string;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <select
        className="inp"
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.value as Value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** A day that may be known in part only, typed; what was understood stands under it. */
export function PartialDayField({
  label,
  value,
  onChange,
  required,
}: Field & { value: string | null; onChange: (value: string | null) => void; required?: boolean }) {
  const id = useId();
  const [typed, setTyped] = useState(value === null ? '' : partialWords(value));
  const read = typed.trim() === '' ? null : readPartialDay(typed, localDay(new Date().toISOString()));
  const wrong = typed.trim() !== '' && read === null;
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <input
        className="inp"
        id={id}
        value={typed}
        required={required}
        placeholder={t('14 Mar 2026')}
        autoComplete="off"
        aria-invalid={wrong}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          onChange(readPartialDay(text, localDay(new Date().toISOString())));
        }}
      />
      <p className={wrong ? 'field-error' : 'hint'} id={`${id}-hint`}>
        {wrong
          ? t('No day, month or year')
          : read === null
            ? t('Or a month, or a year, if no more is known')
            : partialWords(read)}
      </p>
    </div>
  );
}

/** Choices of which one holds. */
export function RadioField<Value extends string>({
  label,
  value,
  onChange,
  options,
}: Field & {
  value: Value | null;
  onChange: (value: Value) => void;
  options: readonly { id: Value; label: string }[];
}) {
  const id = useId();
  return (
    <fieldset>
      <legend className="lab">{label}</legend>
      <div className="choices">
        {options.map((option) => (
          <label key={option.id} className="check">
            <input
              type="radio"
              name={id}
              required
              checked={value === option.id}
              onChange={() => onChange(option.id)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Why something that was saved is changed; asked from the second version on. */
export function ReasonField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextField
      label={t('Reason for the change')}
      hint={t('The earlier version is kept beside this one.')}
      value={value}
      onChange={onChange}
      most={500}
      required
    />
  );
}
