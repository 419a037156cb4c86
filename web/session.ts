import type { UseQueryResult } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import type { Action } from '../server/access/table.ts';
import { readSession, type Session } from '../server/accounts/contract.ts';
import { readStudy, type StudyView } from '../server/studies/contract.ts';
import type { RoleName } from '../server/studies/document.ts';
import { call, keyOf, useEndpoint } from './api.ts';
import { inOwnLanguage } from './language/study.ts';
import { t } from './language/t.ts';

export type SessionStudy = Session['studies'][number];

export const sessionQuery = {
  queryKey: keyOf(readSession, {}),
  queryFn: () => call(readSession, {}),
  staleTime: Number.POSITIVE_INFINITY,
};

/** Who is signed in. Only pages behind the sign-in may ask. */
export const SessionContext = createContext<Session | null>(null);
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('This page needs a session.');
  return session;
}

/** The study of the address, as the session knows it; undefined where the caller has no role in it. */
export function useSessionStudy(): SessionStudy | undefined {
  const { study } = useParams({ strict: false }) as { study?: string };
  return useSession().studies.find(({ id }) => id === study);
}

/** The identifier of the study in the address. */
export function useStudyId(): string {
  const { study } = useParams({ strict: false }) as { study?: string };
  return study ?? '';
}

/** Whether the caller may do the action here. The server decides; the page only doesn't offer. */
export function useMay(): (action: Action) => boolean {
  const actions = useSessionStudy()?.actions ?? [];
  return (action) => actions.includes(action);
}

/** The caller's roles in the study, in the table's words. */
export function useRoles(): RoleName[] {
  const study = useStudyId();
  return [
    ...new Set(
      useSession()
        .memberships.filter((m) => m.study === study)
        .map((m) => m.role),
    ),
  ];
}

/** The study document in force with its instruments. Changes with an amendment only, so it is read once. */
export function useStudyView(): StudyView | undefined {
  const study = useStudyId();
  return useEndpoint(
    readStudy,
    { params: { study } },
    { staleTime: 600_000, enabled: study !== '', select: inOwnLanguage },
  ).data;
}

/** The study document as it was written, whatever language the page is in. */
export function useStudySource(): StudyView | undefined {
  const study = useStudyId();
  return useEndpoint(readStudy, { params: { study } }, { staleTime: 600_000, enabled: study !== '' }).data;
}

/** The study under one of its protocol versions. A version never changes, so it is read once. */
export function useStudyUnder(version: number | undefined): UseQueryResult<StudyView, Error> {
  const study = useStudyId();
  return useEndpoint(
    readStudy,
    { params: { study }, query: { version } },
    { staleTime: Number.POSITIVE_INFINITY, enabled: version !== undefined, select: inOwnLanguage },
  );
}

export const roleLabel: Record<RoleName, string> = {
  owner: t('Owner'),
  coordinator: t('Coordinator'),
  assessor: t('Assessor'),
  investigator: t('Investigator'),
  statistician: t('Statistician'),
  'data-manager': t('Data manager'),
  monitor: t('Monitor'),
  'identity-custodian': t('Identity custodian'),
  'monitoring-board': t('Monitoring board'),
};
