import { Modal } from '@mantine/core';
import { t } from '../../language/t.ts';

/** Asks shortly before the session ends whether to stay. @param props.left seconds */
export default function SessionNear(props: { left: number; onStay: () => void; onSignOut: () => void }) {
  return (
    <Modal opened onClose={props.onStay} withCloseButton={false} title={t('Are you still there?')} size="sm">
      <p role="timer" data-session-dialog>
        {t('You will be signed out in {floor}:{padStart}. What you typed is kept.', {
          floor: Math.floor(props.left / 60),
          padStart: String(props.left % 60).padStart(2, '0'),
        })}
      </p>
      <div className="dialog-acts">
        <button type="button" className="btn" onClick={props.onSignOut}>
          {t('Sign out')}
        </button>
        <button type="button" className="btn pri" data-autofocus onClick={props.onStay}>
          {t('Stay signed in')}
        </button>
      </div>
    </Modal>
  );
}
