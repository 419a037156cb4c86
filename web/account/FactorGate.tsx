import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { sessionQuery } from '../session.ts';
import { FactorNeeded } from './FactorNeeded.tsx';

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
  return <FactorNeeded studies={studies} onDone={() => void done()} />;
}
