import { useId, useState } from 'react';
import { prepareSnapshot, readBoard } from '../../server/board/contract.ts';
import { newKey, useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';

/** Freezes what the board is to see, as the data are now. */
export function PrepareDialog({
  onDone,
  onClose,
}: {
  onDone: (number: number) => void;
  onClose: () => void;
}) {
  const study = useStudyId();
  const id = useId();
  const prepare = useCall(prepareSnapshot, { invalidates: [readBoard] });
  const [key] = useState(newKey);
  const [note, setNote] = useState('');
  return (
    <Dialog
      title={t('Prepare a snapshot')}
      act={t('Freeze the data as they are now')}
      busy={prepare.isPending || note.trim().length < 3}
      cause={prepare.error}
      onAct={() =>
        prepare.mutate(
          { params: { study }, body: { key, note } },
          { onSuccess: ({ number }) => onDone(number) },
        )
      }
      onClose={onClose}
    >
      <p>
        {t(
          'Both reports are built from the data as they are now, hashed and kept. A snapshot is never changed or taken back; prepare another one when the data have moved on.',
        )}
      </p>
      <div>
        <label className="lab" htmlFor={id}>
          {t('What it is for')}
        </label>
        <input
          className="inp"
          id={id}
          required
          minLength={3}
          maxLength={300}
          placeholder={t('Second meeting of the board')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
