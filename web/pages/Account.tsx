import { t } from '../language/t.ts';
import '../account/account.css';
import { readAccount } from '../../server/accounts/sessions/contract.ts';
import { Factor } from '../account/Factor.tsx';
import { Sessions } from '../account/Sessions.tsx';
import { useEndpoint } from '../api.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useShellDialog } from '../parts/shellDialogs.ts';
import { useSession } from '../session.ts';

/** One's own account: password, second factor, and everywhere that one is signed in. */
export default function Account() {
  const { user } = useSession();
  const show = useShellDialog();
  const account = useEndpoint(readAccount, {});
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Your account')}</h1>
          <p>
            {user.name}, {user.email}
          </p>
        </div>
      </div>
      <div className="account">
        <section className="card" aria-labelledby="password">
          <div className="body row wrap">
            <div className="grow">
              <h2 id="password">{t('Password')}</h2>
              <p className="ink2">{t('A change signs you out everywhere else.')}</p>
            </div>
            <button type="button" className="btn" onClick={() => show('password')}>
              {t('Change password')}
            </button>
          </div>
        </section>
        <Loaded of={account} label={t('your account')} rows={4}>
          {({ secondFactor, sessions }) => (
            <>
              <Factor state={secondFactor} />
              <Sessions sessions={sessions} />
            </>
          )}
        </Loaded>
      </div>
    </>
  );
}
