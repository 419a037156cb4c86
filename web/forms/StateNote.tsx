import { IconAlertOctagon, IconDeviceFloppy } from '@tabler/icons-react';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import type { Intent } from './difference.ts';
import css from './forms.module.css';
import type { SaveState } from './saving.ts';

interface Props {
  state: SaveState;
  /** What was asked for and the server has not confirmed. */
  intent: Intent | null;
  /** The shell already says that the server does not answer. */
  silent: boolean;
  /** What was typed and the server has not, as text. */
  typed?: string;
  onTryNow(): void;
}

/** Above the sheet, when the server is out of reach or refused a save: what happened, what is kept, what to do. */
export function StateNote({ state, intent, silent, typed, onTryNow }: Props) {
  if (state.kind === 'offline') {
    if (silent) return <Pending intent={intent} />;
    return (
      <div className={`note wrn ${css.aboveSheet}`} role="status">
        <IconDeviceFloppy className="ic" aria-hidden />
        <div className="grow">
          <strong>{t('Saved on this device.')}</strong>{' '}
          {t(
            'The server could not take the answers just now. Go on entering; they are sent again. {pendingWords} Next try in {retryInSeconds} s.',
            { pendingWords: pendingWords(intent), retryInSeconds: state.retryInSeconds },
          )}
        </div>
        <button type="button" className="btn sm" onClick={onTryNow}>
          {t('Try now')}
        </button>
      </div>
    );
  }
  if (state.kind !== 'refused') return null;
  return (
    <div className={`note dng ${css.aboveSheet}`} role="alert">
      <IconAlertOctagon className="ic" aria-hidden />
      <div className="grow">
        {rich('<b>{message}</b> Your answers are kept on this device.', { message: state.message })}
        {state.issues.length > 0 && (
          <ul className={css.problems}>
            {state.issues.map((issue) => (
              <li key={issue}>{issue}</li>
            ))}
          </ul>
        )}
      </div>
      {typed && <CopyButton text={typed} what={t('what you typed')} words={t('Copy')} />}
      <button type="button" className="btn sm" onClick={onTryNow}>
        {t('Try now')}
      </button>
    </div>
  );
}

/** The shell's note says that the server is silent; this one, what becomes of the act that waits. */
function Pending({ intent }: { intent: Intent | null }) {
  if (!intent) return null;
  return (
    <p className={`note ${css.aboveSheet}`} role="status">
      <IconDeviceFloppy className="ic" aria-hidden />
      <span>{pendingWords(intent)}</span>
    </p>
  );
}

function pendingWords(intent: Intent | null): string {
  if (intent?.reason)
    return t(
      'The change is on this device with its reason, “{reason}”, and is saved when the server answers.',
      { reason: intent.reason },
    );
  return intent ? t('The form is marked complete when the server answers.') : '';
}
