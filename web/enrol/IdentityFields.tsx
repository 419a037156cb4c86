import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import css from './enrol.module.css';
import { problemsOfIdentity, type TypedIdentity } from './identity.ts';

interface Props {
  typed: TypedIdentity;
  today: string;
  /** Whether somebody tried to go on, so that what is wrong is said. */
  tried: boolean;
  onChange(typed: TypedIdentity): void;
}

/** Optional: what finds a person who is registered already. None of it is stored as it is typed. */
export function IdentityFields({ typed, today, tried, onChange }: Props) {
  const problems = tried ? problemsOfIdentity(typed) : {};
  const field = (name: 'identifier' | 'initials', label: string, more: { maxLength: number }) => (
    <div>
      <label className="lab" htmlFor={`identity-${name}`}>
        {label}
      </label>
      <input
        id={`identity-${name}`}
        className="inp"
        autoComplete="off"
        spellCheck={false}
        {...more}
        value={typed[name]}
        aria-invalid={problems[name] !== undefined}
        aria-describedby={problems[name] ? `error-identity-${name}` : undefined}
        onChange={(event) => onChange({ ...typed, [name]: event.target.value })}
      />
      {problems[name] && (
        <p className="field-error" id={`error-identity-${name}`}>
          {problems[name]}
        </p>
      )}
    </div>
  );
  return (
    <fieldset className={css.identity} aria-describedby="identity-note">
      <legend className="lab">{t('Is the person registered already? Optional')}</legend>
      <div className={css.identityFields}>
        {field('identifier', t('Personal identifier'), { maxLength: 60 })}
        {field('initials', t('Initials'), { maxLength: 6 })}
        <DayInput
          label={t('Date of birth')}
          value={typed.birthDate}
          onChange={(birthDate) => onChange({ ...typed, birthDate })}
          maxDate={today}
          error={problems.birthDate}
        />
      </div>
      <p className="hint" id="identity-note">
        {t(
          'None of this is kept as it is typed: what is kept finds the same person again, and nobody can read it back.',
        )}
      </p>
    </fieldset>
  );
}
