import { Modal } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/t.ts';
import { KeptList } from './KeptList.tsx';
import { useDurable, useKeptWork, useOutbox } from './OutboxProvider.tsx';

/** Before signing out: what is on this device only, and that it stays for this person alone. */
export default function LeaveDialog({ onLeave, onClose }: { onLeave: () => void; onClose: () => void }) {
  const kept = useKeptWork();
  const durable = useDurable();
  const { sender } = useOutbox();
  const [sending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    await sender.send();
    setSending(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        kept.length === 0
          ? t('Everything is sent')
          : t('{forms, plural, one {# form} other {# forms}} not sent yet', { forms: kept.length })
      }
      size="lg"
    >
      {kept.length > 0 && (
        <div className="stack">
          <KeptList onOpen={onClose} />
          <p className="small ink2">
            {durable
              ? t(
                  'If you sign out now, this stays on this device and is sent when you sign in here again. Nobody else who signs in here sees it.',
                )
              : t('This browser keeps nothing: if you sign out now, this is lost.')}
          </p>
        </div>
      )}
      <div className="dialog-acts">
        <button type="button" className="btn" onClick={onClose}>
          {t('Stay')}
        </button>
        <button type="button" className={`btn ${durable ? '' : 'dng'}`} onClick={onLeave}>
          {kept.length === 0 || durable ? t('Sign out') : t('Sign out and lose it')}
        </button>
        {kept.length > 0 && (
          <button
            type="button"
            className="btn pri"
            data-autofocus
            disabled={sending}
            onClick={() => void send()}
          >
            {sending ? t('Sending') : t('Send now')}
          </button>
        )}
      </div>
    </Modal>
  );
}
