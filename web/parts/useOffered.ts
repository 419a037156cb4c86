import { recordsTellArms } from '../../server/access/rules.ts';
import { useSessionStudy, useStudyView } from '../session.ts';
import { offers, type PageLink, pages } from './navigation.ts';

/** The pages of this role, in order. */
export function useOffered(): readonly PageLink[] {
  const study = useSessionStudy();
  const document = useStudyView()?.document;
  if (!study) return [];
  return pages
    .filter((page) => offers(page, study.actions, study.blinded))
    .filter(
      ({ tellsTreatment }) =>
        !tellsTreatment || !study.blinded || (document !== undefined && !recordsTellArms(document)),
    )
    .filter(({ declared }) => declared === undefined || document?.[declared] !== undefined);
}
