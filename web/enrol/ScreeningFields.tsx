import type { ScreeningField } from '../../server/studies/document.ts';
import { Choice } from './Choice.tsx';
import css from './enrol.module.css';
import type { Typed } from './screening.ts';

interface Props {
  fields: readonly ScreeningField[];
  typed: Typed;
  /** Shown under their fields; empty until somebody tried to go on. */
  problems: Record<string, string>;
  onChange(field: string, to: string): void;
}

/** The study's screening questions: choices in sight, numbers typed. */
export function ScreeningFields({ fields, typed, problems, onChange }: Props) {
  return fields.map((field) => {
    const value = typed[field.id] ?? '';
    const error = problems[field.id];
    if (field.kind === 'choice') {
      return (
        <Choice
          key={field.id}
          legend={field.label}
          name={field.id}
          options={field.options}
          value={value}
          error={error}
          onChange={(to) => onChange(field.id, to)}
        />
      );
    }
    return (
      <div key={field.id}>
        <label className="lab" htmlFor={`field-${field.id}`}>
          {field.label}
          {field.unit && <span className="mute">, {field.unit}</span>}
        </label>
        <input
          id={`field-${field.id}`}
          className={`inp ${css.short}`}
          inputMode="decimal"
          value={value}
          aria-invalid={error !== undefined}
          aria-describedby={error ? `error-${field.id}` : undefined}
          onChange={(event) => onChange(field.id, event.target.value)}
        />
        {error && (
          <p className="field-error" id={`error-${field.id}`}>
            {error}
          </p>
        )}
      </div>
    );
  });
}
