import { useState } from 'react';
import { leaveTherapy, readGroups } from '../../server/groups/contract.ts';
import { readHistory } from '../../server/participants/contract.ts';
import { useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';
import { type Day, localDay } from '../time.ts';

/** Ends a participant’s memberships; the participant stays in the trial and in the arm. */
export function EndTherapy({
  participant,
  place,
  onClose,
}: {
  participant: string;
  place: string;
  onClose: () => void;
}) {
  const study = useStudyId();
  const leave = useCall(leaveTherapy, { invalidates: [readGroups, readHistory] });
  const [until, setUntil] = useState<Day | null>(localDay(new Date().toISOString()));
  return (
    <Dialog
      title={rich('End the membership of <code>{participant}</code>', { participant })}
      act={t('End it for {participant}', { participant })}
      busy={leave.isPending || until === null}
      cause={leave.error}
      onAct={() =>
        until !== null &&
        leave.mutate({ params: { study, participant }, body: { until } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p>
        {t(
          '{participant} leaves {place}, and their therapist if they have one. They stay in the trial, in their arm, and their visits go on.',
          { participant, place },
        )}
      </p>
      <DayInput label={t('Last day')} value={until} onChange={setUntil} />
    </Dialog>
  );
}
