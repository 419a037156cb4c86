import { IconAlertTriangle } from '@tabler/icons-react';
import { readHistory } from '../../server/participants/contract.ts';
import { listUnblindings, requestUnblinding } from '../../server/unblinding/contract.ts';
import { useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { ReasonDialog } from '../parts/dialogs/ReasonDialog.tsx';
import { useSessionStudy, useStudyId } from '../session.ts';

interface Props {
  participant: string;
  onAsked: (request: { id: string; expiresAt: string; reason: string }) => void;
  onClose: () => void;
}

/** First step: the reason and the participant ID, on record before anything is shown. */
export function AskUnblinding({ participant, onAsked, onClose }: Props) {
  const study = useStudyId();
  const blinded = useSessionStudy()?.blinded ?? false;
  const ask = useCall(requestUnblinding, { invalidates: [readHistory, listUnblindings] });
  return (
    <ReasonDialog
      title={rich('Emergency unblinding of <code>{participant}</code>', { participant })}
      act={t('Put the reason on record')}
      danger
      busy={ask.isPending}
      cause={ask.error}
      hint={t('Why it can’t wait, and who asked. No names or numbers that identify the person.')}
      confirm={participant}
      onAct={(reason) =>
        ask.mutate(
          { params: { study, participant }, body: { confirm: participant, reason } },
          { onSuccess: (request) => onAsked({ ...request, reason }) },
        )
      }
      onClose={onClose}
    >
      <div className="note wrn">
        <IconAlertTriangle className="ic" aria-hidden />
        <div>
          <strong>{t('Only where the care of this person depends on knowing the treatment.')}</strong>{' '}
          {t('Step 1 of 2: nothing is shown yet.')}
          {blinded &&
            ` ${t('Your role is blinded: afterwards leave the assessments of this person to others.')}`}
        </div>
      </div>
    </ReasonDialog>
  );
}
