import { t } from '../language/t.ts';
import { listed } from '../parts/naming.ts';
import { SignSheet } from '../parts/SignSheet.tsx';
import { useSignOut } from '../parts/useSignOut.ts';
import { SetUpFactor } from './SetUpFactor.tsx';

/** In the place of every page, while a study asks the person's role for a second factor. */
export default function FactorNeeded({
  studies,
  onDone,
}: {
  studies: readonly string[];
  onDone: () => void;
}) {
  const signOut = useSignOut();
  return (
    <SignSheet
      title={t('Turn on your second factor')}
      footer={
        <button type="button" className="linklike" onClick={() => void signOut()}>
          {t('Sign out')}
        </button>
      }
    >
      <p className="ink2">
        {t(
          '{studies} {count, plural, one {lets} other {let}} your role in with a second factor only: after the password, a code of an app on your phone.',
          { studies: listed(studies), count: studies.length },
        )}
      </p>
      <SetUpFactor onDone={onDone} />
    </SignSheet>
  );
}
