import { useQueryClient } from '@tanstack/react-query';
import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { SignSheet } from '../parts/SignSheet.tsx';
import { useSignOut } from '../parts/useSignOut.ts';
import { sessionQuery, useSession } from '../session.ts';

const COMMAND = 'npx equipoise study add data/studies/ipt-depression.yaml';

/** What somebody sees who is signed in and has no role in any study: who can give them one, and how a study comes in. */
export default function NoStudy() {
  const { user } = useSession();
  const signOut = useSignOut();
  const cache = useQueryClient();
  return (
    <SignSheet title={t('No study yet')} footer={t('Signed in as {name}', { name: user.name })}>
      <p>{t('You hold no role in a study so far. The owner of a study can give you one.')}</p>
      <p>
        {t(
          'A study begins as a document. Whoever runs this server adds it on the server’s command line; the account that was made first is its owner and invites the others.',
        )}
      </p>
      <div className="command">
        <code>{COMMAND}</code>
        <CopyButton text={COMMAND} what={t('the command')} />
      </div>
      <div className="row">
        <button
          type="button"
          className="btn pri"
          onClick={() => void cache.invalidateQueries({ queryKey: sessionQuery.queryKey })}
        >
          {t('Look again')}
        </button>
        <button type="button" className="btn" onClick={signOut}>
          {t('Sign out')}
        </button>
      </div>
    </SignSheet>
  );
}
