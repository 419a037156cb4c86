import { Navigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { landingOf } from '../parts/navigation.ts';
import { useSession, useStudyId } from '../session.ts';

const NoStudy = lazy(() => import('./NoStudy.tsx'));

/** Sends everyone to their first page. */
export function Landing() {
  const session = useSession();
  const asked = useStudyId();
  const study = session.studies.find(({ id }) => id === asked) ?? session.studies[0];
  if (study === undefined) {
    return (
      <Suspense>
        <NoStudy />
      </Suspense>
    );
  }
  return <Navigate to={`/s/$study/${landingOf(study.actions)}`} params={{ study: study.id }} replace />;
}
