import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { sessionQuery } from '../session.ts';

const FactorNeeded = lazy(() => import('./FactorNeeded.tsx'));

/**
 * Nothing else while a study asks for a second factor and there is none. Once it is on, the backup codes stay until
 * the person has kept them, however often the session is read meanwhile.
 */
export function FactorGate({ neededBy, children }: { neededBy: readonly string[]; children: ReactNode }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState<readonly string[]>([]);
  if (neededBy.length > 0 && asked.join() !== neededBy.join()) setAsked(neededBy);
  const studies = neededBy.length > 0 ? neededBy : asked;
  if (studies.length === 0) return children;
  const done = async () => {
    await client.refetchQueries(sessionQuery);
    setAsked([]);
  };
  return (
    <Suspense fallback={<Late label={t('Loading the page')} />}>
      <FactorNeeded studies={studies} onDone={() => void done()} />
    </Suspense>
  );
}
