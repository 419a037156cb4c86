import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Refused } from '../api.ts';
import { SessionContext, sessionQuery } from '../session.ts';
import { Late } from './Late.tsx';
import { Refusal } from './Refusal.tsx';
import { SessionWatch } from './SessionWatch.tsx';

/** Lets only those in who are signed in, and keeps their page when the session ends while they type. */
export function Gate() {
  const { data, error, isPending, refetch } = useQuery(sessionQuery);
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
    return <ToSignIn />;
  }
  return (
    <main id="main" className="stack">
      <h1>Equipoise can't be opened now</h1>
      <Refusal cause={error} retry={() => void refetch()} />
    </main>
  );
}

/** Remembers the page once: while the sign-in page loads, the address is the sign-in's own already. */
function ToSignIn() {
  const router = useRouter();
  const [href] = useState(() => router.state.location.href);
  return <Navigate to="/sign-in" search={href === '/' ? {} : { next: href }} replace />;
}
