import { useId } from 'react';
import { t } from '../language/t.ts';
import { useSession } from '../session.ts';

interface Props {
  password: string;
  code: string;
  onPassword: (password: string) => void;
  onCode: (code: string) => void;
}

/** Asks again who somebody is: the password, and a code where they have a second factor. */
export function ProofFields({ password, code, onPassword, onCode }: Props) {
  const { secondFactor } = useSession();
  const id = useId();
  return (
    <>
      <div>
        <label className="lab" htmlFor={`${id}-password`}>
          {t('Your password')}
        </label>
        <input
          className="inp"
          id={`${id}-password`}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => onPassword(event.currentTarget.value)}
        />
      </div>
      {secondFactor.on && (
        <div>
          <label className="lab" htmlFor={`${id}-code`}>
            {t('Code of your authenticator')}
          </label>
          <input
            className="inp"
            id={`${id}-code`}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => onCode(event.currentTarget.value)}
          />
        </div>
      )}
    </>
  );
}
