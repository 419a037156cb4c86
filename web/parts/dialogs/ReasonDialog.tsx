import { type ReactNode, useId, useState } from 'react';
import { t } from '../../language/t.ts';
import { Dialog } from './Dialog.tsx';

interface Props {
  title: ReactNode;
  act: string;
  danger?: boolean;
  busy: boolean;
  cause: unknown;
  /** False while something else of the dialog isn't there yet. */
  ready?: boolean;
  /** Under the reason: what belongs into it. */
  hint?: string;
  /** What has to be typed before the act, in capitals or not. */
  confirm?: string;
  onAct: (reason: string) => void;
  onClose: () => void;
  /** What the act does, above the reason. */
  children: ReactNode;
}

/** An act that goes on record: it needs a reason, and the graver ones what they are about typed out. */
export function ReasonDialog({ ready = true, hint, confirm, onAct, children, ...dialog }: Props) {
  const id = useId();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const given = reason.trim().length >= 3;
  const confirmed = confirm === undefined || typed.trim().toUpperCase() === confirm.toUpperCase();
  return (
    <Dialog
      {...dialog}
      busy={dialog.busy || !ready || !given || !confirmed}
      onAct={() => onAct(reason.trim())}
    >
      {children}
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          {t('Reason')}
        </label>
        <textarea
          className="inp"
          id={`${id}-reason`}
          rows={3}
          required
          minLength={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {hint && <p className="hint">{hint}</p>}
      </div>
      {confirm !== undefined && (
        <div>
          <label className="lab" htmlFor={`${id}-confirm`}>
            {t('Type {code} to confirm', { code: confirm })}
          </label>
          <input
            className="inp code"
            id={`${id}-confirm`}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
      )}
    </Dialog>
  );
}
