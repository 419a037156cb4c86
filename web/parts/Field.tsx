import { useId } from 'react';
import { t } from '../language/t.ts';

type FieldProps = {
  label: string;
  hint?: string;
  large?: boolean;
} & React.InputHTMLAttributes<HTMLInputElement>;

/** A labelled text field with what it needs said beside it. */
export function Field({ label, hint, large, ...input }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <input
        className={large ? 'inp lg' : 'inp'}
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...input}
      />
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** For a code of the authenticator app, or a backup code. */
export function CodeField(props: Partial<FieldProps>) {
  return (
    <Field
      label={t('Code')}
      name="code"
      required
      minLength={6}
      maxLength={20}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      hint={t('Six digits of your authenticator app, or a backup code.')}
      {...props}
    />
  );
}

/** For a password that is being chosen. */
export function NewPasswordField(props: Partial<FieldProps>) {
  return (
    <Field
      label={t('Password')}
      name="password"
      type="password"
      required
      minLength={12}
      maxLength={128}
      autoComplete="new-password"
      hint={t('At least 12 characters; three or four words make a good one.')}
      {...props}
    />
  );
}
