import { Modal } from '@mantine/core';
import { t } from '../../language/t.ts';
import { PasswordForm } from '../PasswordForm.tsx';

/** Asks for the password over the page, when the session has ended. */
export default function SessionOver(props: {
  email: string;
  onDone: () => Promise<void>;
  onSignOut: () => void;
}) {
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      title={t('Your session has ended')}
      size="sm"
    >
      <p className="small mute" data-session-dialog>
        {t('What you typed is still on the page. Sign in again to go on with it.')}
      </p>
      <PasswordForm email={props.email} onDone={props.onDone} />
      <button type="button" className="linklike small" onClick={props.onSignOut}>
        {t('Sign in as someone else')}
      </button>
    </Modal>
  );
}
