import { Navigate } from '@tanstack/react-router';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { landingOf } from '../parts/navigation.ts';
import { useSignOut } from '../parts/useSignOut.ts';
import { useSession, useStudyId } from '../session.ts';

/** Sends everyone to their first page. */
export function Landing() {
  const session = useSession();
  const asked = useStudyId();
  const signOut = useSignOut();
  const study = session.studies.find(({ id }) => id === asked) ?? session.studies[0];
  if (study === undefined) {
    return (
      <main id="main" className="empty">
        <h1>{t('No study yet')}</h1>
        <p>
          {rich(
            'You are signed in, but hold no role in a study. The owner of a study can give you one. Whoever runs this server adds a study with <mono>equipoise study add</mono> and its first people with <mono>equipoise user add</mono>.',
          )}
        </p>
        <button type="button" className="btn" onClick={signOut}>
          {t('Sign out')}
        </button>
      </main>
    );
  }
  return <Navigate to={`/s/$study/${landingOf(study.actions)}`} params={{ study: study.id }} replace />;
}
