import { Modal } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { KeptList } from './KeptList.tsx';
import { useDurable, useKeptWork, useOutbox } from './OutboxProvider.tsx';

/** What is on this device only, and what to do about it. */
export default function KeptDialog({ onClose }: { onClose: () => void }) {
  const kept = useKeptWork();
  const durable = useDurable();
  const { sender } = useOutbox();
  return (
    <Modal opened onClose={onClose} title={t('On this device only')} size="lg">
      <div className="stack">
        {!durable && (
          <p className="note dng" role="alert">
            <IconAlertTriangle className="ic" aria-hidden />
            <span>
              <strong>{t('This browser keeps nothing.')}</strong>{' '}
              {t('It is full, or a private window. Leave this page open until everything is sent.')}
            </span>
          </p>
        )}
        {kept.length === 0 ? (
          <p className="st ok">
            <IconCheck className="ic" aria-hidden />
            {t('Everything that you typed is on the server.')}
          </p>
        ) : (
          <KeptList onOpen={onClose} />
        )}
        <p className="small mute">
          {t(
            'Only answers, dates and participant IDs are kept here, under your account. They are sent in this order when the server answers. Nobody else who signs in on this device sees or sends them.',
          )}
        </p>
      </div>
      {kept.length > 1 && (
        <div className="dialog-acts">
          <button type="button" className="btn pri" onClick={() => void sender.send()}>
            {t('Send all now')}
          </button>
        </div>
      )}
    </Modal>
  );
}
