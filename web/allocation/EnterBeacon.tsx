import { useId, useState } from 'react';
import { enterBeacon, readDesign } from '../../server/randomisation/contract.ts';
import { useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';

const hexadecimal = /^([0-9a-f]{2}){16,64}$/;

/** The public value that the design named in advance goes into the seed; it is entered once. */
export function EnterBeacon({ name, onClose }: { name: string; onClose: () => void }) {
  const study = useStudyId();
  const id = useId();
  const enter = useCall(enterBeacon, { invalidates: [readDesign] });
  const [typed, setTyped] = useState('');
  const value = typed.replaceAll(/\s/g, '').toLowerCase();
  const wrong = value !== '' && !hexadecimal.test(value);
  return (
    <Dialog
      title={t('Enter the public value')}
      act={t('Enter it for good')}
      busy={enter.isPending || !hexadecimal.test(value)}
      cause={enter.error}
      onAct={() => enter.mutate({ params: { study }, body: { value } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {rich(
          'The design names <b>{name}</b>. Copy its value from its publisher: everyone can look it up, so nobody can have chosen it.',
          { name },
        )}
      </p>
      <div>
        <label className="lab" htmlFor={id}>
          {t('Value, hexadecimal')}
        </label>
        <textarea
          className="inp mono"
          id={id}
          rows={3}
          required
          spellCheck={false}
          autoComplete="off"
          aria-invalid={wrong}
          aria-describedby={`${id}-hint`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <p className={wrong ? 'field-error' : 'hint'} id={`${id}-hint`}>
          {wrong
            ? t('This is not 16 to 64 bytes in hexadecimal.')
            : t('It can’t be changed afterwards: compare it before you enter it.')}
        </p>
      </div>
    </Dialog>
  );
}
