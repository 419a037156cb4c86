import css from './enrol.module.css';

interface Props {
  legend: string;
  name: string;
  options: readonly { value: string; label: string }[];
  value: string;
  error?: string | undefined;
  onChange(value: string): void;
}

/** A choice between a few, all in sight. */
export function Choice({ legend, name, options, value, error, onChange }: Props) {
  return (
    <fieldset aria-invalid={error !== undefined} aria-describedby={error ? `error-${name}` : undefined}>
      <legend className="lab">{legend}</legend>
      <div className={css.choice}>
        {options.map((option) => (
          <label key={option.value} data-chosen={option.value === value || undefined}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {error && (
        <p className="field-error" id={`error-${name}`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
