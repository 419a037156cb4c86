import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../language/t.ts';
import { Refusal } from '../Refusal.tsx';

interface Props {
  title: ReactNode;
  /** The button names the thing: "Book LOH-0107". */
  act: string;
  busy: boolean;
  cause: unknown;
  danger?: boolean;
  /** There is nothing to cancel any more. */
  single?: boolean;
  onAct: () => void;
  onClose: () => void;
  children: ReactNode;
}

/**
 * The focus begins at the first field, not at the cross that closes. A day that is given already is passed over: its
 * calendar would open over the rest.
 */
function beginAtField(form: HTMLFormElement | null): void {
  if (form === null || form.querySelector('[data-autofocus]')) return;
  const first = [...form.querySelectorAll<HTMLInputElement>('input, select, textarea')].find(
    ({ disabled, type, dataset, value }) =>
      !disabled && type !== 'hidden' && type !== 'file' && !(dataset.datesInput && value !== ''),
  );
  if (first === undefined || first.dataset.datesInput) return;
  const chosen =
    first.type === 'radio' && form.querySelector(`input[name="${CSS.escape(first.name)}"]:checked`);
  (chosen || first).setAttribute('data-autofocus', '');
}

/** A short form over the page; what was typed stays when the server refuses. */
export function Dialog({ title, act, busy, cause, danger, single, onAct, onClose, children }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <form
        className="stack"
        ref={beginAtField}
        onSubmit={(event) => {
          event.preventDefault();
          onAct();
        }}
      >
        {children}
        <Refusal cause={cause} />
        <div className="dialog-acts">
          {!single && (
            <button type="button" className="btn" onClick={onClose}>
              {t('Cancel')}
            </button>
          )}
          <button type="submit" className={danger ? 'btn dng' : 'btn pri'} disabled={busy}>
            {act}
          </button>
        </div>
      </form>
    </Modal>
  );
}
