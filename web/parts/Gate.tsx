import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { Refused } from '../api.ts';
import { SessionContext, sessionQuery } from '../session.ts';
import { Late } from './Late.tsx';
import { Refusal } from './Refusal.tsx';
import { SessionWatch } from './SessionWatch.tsx';

/** Lets only those in who are signed in, and keeps their page when the session ends while they type. */
export function Gate() {
  const { data, error, isPending, refetch } = useQuery(sessionQuery);
  const href = useRouterState({ select: (state) => state.location.href });
  if (data) {
    return (
      <SessionContext value={data}>
        <Outlet />
        <SessionWatch session={data} />
      </SessionContext>
    );
  }
  if (isPending) return <Late label="Opening Equipoise" />;
  if (error instanceof Refused && error.status === 401) {
    return <Navigate to="/sign-in" search={href === '/' ? {} : { next: href }} replace />;
  }
  return (
    <main id="main" className="stack">
      <h1>Equipoise can't be opened now</h1>
      <Refusal cause={error} retry={() => void refetch()} />
    </main>
  );
}
