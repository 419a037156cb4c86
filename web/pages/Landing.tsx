import { Navigate } from '@tanstack/react-router';
import { landingOf } from '../parts/navigation.ts';
import { useSession, useStudyId } from '../session.ts';

/** Sends everyone to their first page. */
export function Landing() {
  const session = useSession();
  const asked = useStudyId();
  const study = session.studies.find(({ id }) => id === asked) ?? session.studies[0];
  if (study === undefined) {
    return (
      <main id="main" className="empty">
        <h1>No study yet</h1>
        <p>You are signed in, but hold no role in a study. Ask the owner of the study to add you.</p>
      </main>
    );
  }
  return <Navigate to={`/s/$study/${landingOf(study.actions)}`} params={{ study: study.id }} replace />;
}
