import { useSessionStudy } from '../session.ts';
import { offers, type PageLink, pages } from './navigation.ts';

/** The pages of this role, in order. */
export function useOffered(): readonly PageLink[] {
  const study = useSessionStudy();
  return study ? pages.filter((page) => offers(page, study.actions, study.blinded)) : [];
}
