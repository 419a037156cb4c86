import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { printEmergencyList } from '../../server/randomisation/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';
import type { EnvelopeList } from './types.ts';

/** Asks how many, and says first that the sheet tells arms. */
export function PrintEnvelopes({
  onTaken,
  onClose,
}: {
  onTaken: (list: EnvelopeList) => void;
  onClose: () => void;
}) {
  const study = useStudyId();
  const id = useId();
  const print = useCall(printEmergencyList);
  const [typed, setTyped] = useState('20');
  const count = Number(typed);
  const fits = Number.isInteger(count) && count >= 1 && count <= 500;
  return (
    <Dialog
      title={t('Print emergency envelopes')}
      act={
        fits
          ? t('Show {what}', { what: count === 1 ? t('1 envelope') : t('{count} envelopes', { count }) })
          : t('Show the envelopes')
      }
      busy={print.isPending || !fits}
      cause={print.error}
      onAct={() => print.mutate({ params: { study }, body: { count } }, { onSuccess: onTaken })}
      onClose={onClose}
    >
      <p className="note wrn">
        <IconAlertTriangle className="ic" aria-hidden />
        <span>
          <strong>{t('The sheet shows arms.')}</strong>{' '}
          {t(
            'Print it alone, seal each envelope and hand them to the sites unopened. That you took the list goes on record.',
          )}
        </span>
      </p>
      <div>
        <label className="lab" htmlFor={id}>
          {t('How many, from number 1')}
        </label>
        <input
          className="inp"
          id={id}
          inputMode="numeric"
          required
          aria-invalid={!fits}
          aria-describedby={`${id}-hint`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value.trim())}
        />
        <p className={fits ? 'hint' : 'field-error'} id={`${id}-hint`}>
          {fits
            ? t('The list always begins the same: asking for more adds to the end.')
            : t('Give a whole number from 1 to 500.')}
        </p>
      </div>
    </Dialog>
  );
}
