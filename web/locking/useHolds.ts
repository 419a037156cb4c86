import { type HoldView, participantHolds } from '../../server/locks/contract.ts';
import { useEndpoint } from '../api.ts';
import { useMay, useStudyId } from '../session.ts';

interface Place {
  participant: string;
  /** Left out: the participant as a whole, with whatever part of them is held. */
  visit?: string;
  instrument?: string;
}

/** What is frozen or locked of a participant now: over the place, or anything of them where no visit is named. */
export function useHolds({ participant, visit, instrument }: Place): HoldView[] {
  const study = useStudyId();
  const may = useMay();
  const { data } = useEndpoint(
    participantHolds,
    { params: { study, participant } },
    { enabled: may('forms.read') },
  );
  return (data?.holds ?? []).filter(
    ({ scope }) =>
      visit === undefined ||
      ((!('visit' in scope) || scope.visit === visit) &&
        (!('instrument' in scope) || scope.instrument === instrument)),
  );
}
