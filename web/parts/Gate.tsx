import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet, useRouter } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { FactorGate } from '../account/FactorGate.tsx';
import { useOwnLanguage } from '../account/useOwnLanguage.ts';
import { Refused } from '../api.ts';
import { t } from '../language/t.ts';
import { OutboxProvider } from '../offline/OutboxProvider.tsx';
import { SessionContext, sessionQuery } from '../session.ts';
import { Late } from './Late.tsx';
import { Refusal } from './Refusal.tsx';
import { SessionWatch } from './SessionWatch.tsx';

/** Lets only those in who are signed in, and keeps their page when the session ends while they type. */
export function Gate() {
  const { data, error, isPending, refetch } = useQuery(sessionQuery);
  useOwnLanguage(data);
  if (data) {
    return (
      <SessionContext value={data}>
        <PersonsPages key={data.user.id} user={data.user.id}>
          <FactorGate neededBy={data.secondFactor.neededBy}>
            <Outlet />
          </FactorGate>
          <SessionWatch session={data} />
        </PersonsPages>
      </SessionContext>
    );
  }
  if (isPending) return <Late label={t('Opening Equipoise')} />;
  if (error instanceof Refused && error.status === 401) {
    return <ToSignIn />;
  }
  return (
    <main id="main" className="stack">
      <h1>{t("Equipoise can't be opened now")}</h1>
      <Refusal cause={error} retry={() => void refetch()} />
    </main>
  );
}

/** Pages of one person: when another signs in, in whatever window, nothing read or typed before is on them. */
function PersonsPages({ user, children }: { user: string; children: ReactNode }) {
  const client = useQueryClient();
  useState(() => {
    if (lastUser !== null && lastUser !== user) {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
    }
    lastUser = user;
  });
  return <OutboxProvider user={user}>{children}</OutboxProvider>;
}
let lastUser: string | null = null;

/** Remembers the page once: while the sign-in page loads, the address is the sign-in's own already. */
function ToSignIn() {
  const router = useRouter();
  const [href] = useState(() => router.state.location.href);
  return <Navigate to="/sign-in" search={href === '/' ? {} : { next: href }} replace />;
}
