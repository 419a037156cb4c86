import { useState } from 'react';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { TextField } from './Fields.tsx';

interface Props {
  /** As the title says it: "this adverse event". */
  what: string;
  busy: boolean;
  cause: unknown;
  onStrike: (reason: string) => void;
  onClose: () => void;
}

/** Marks something as entered in error: it stays, struck through, and counts nowhere. */
export function Strike({ what, busy, cause, onStrike, onClose }: Props) {
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('Strike {what} through', { what })}
      act={t('Strike it through')}
      danger
      busy={busy || reason.trim().length < 3}
      cause={cause}
      onAct={() => onStrike(reason)}
      onClose={onClose}
    >
      <p>{t('It was entered in error. It stays on record, struck through, and counts nowhere.')}</p>
      <TextField label={t('Reason')} value={reason} onChange={setReason} most={500} required />
    </Dialog>
  );
}
