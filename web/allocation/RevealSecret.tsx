import { IconAlertTriangle } from '@tabler/icons-react';
import { checkReadiness, readDesign, revealSecret } from '../../server/randomisation/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { ReasonDialog } from '../parts/dialogs/ReasonDialog.tsx';
import { useStudyId } from '../session.ts';
import css from './allocation.module.css';

/** Says what becomes final, then asks for the study's id and the reason. */
export function RevealSecret({ onClose }: { onClose: () => void }) {
  const study = useStudyId();
  const reveal = useCall(revealSecret, { invalidates: [readDesign, checkReadiness] });
  return (
    <ReasonDialog
      title={t('Close randomisation and reveal the secret')}
      act={t('Close for good')}
      danger
      busy={reveal.isPending}
      cause={reveal.error}
      confirm={study}
      onAct={(reason) =>
        reveal.mutate({ params: { study }, body: { confirm: study, reason } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <div className="note wrn">
        <IconAlertTriangle className="ic" aria-hidden />
        <div>
          <strong>{t('This can’t be undone.')}</strong>
          <ul className={css.final}>
            <li>
              {t('Nobody can be randomised in this study any more, by the service or from an envelope.')}
            </li>
            <li>
              {t('The secret goes into every log that is taken from now on; with it arms can be computed.')}
            </li>
            <li>{t('Allocations, their order and their numbers stay as they are.')}</li>
          </ul>
        </div>
      </div>
    </ReasonDialog>
  );
}
