import { IconAlertOctagon, IconDeviceFloppy } from '@tabler/icons-react';
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
          <strong>Saved on this device.</strong> The server could not take the answers just now. Go on
          entering; they are sent again. {pendingWords(intent)} Next try in {state.retryInSeconds} s.
        </div>
        <button type="button" className="btn sm" onClick={onTryNow}>
          Try now
        </button>
      </div>
    );
  }
  if (state.kind !== 'refused') return null;
  return (
    <div className={`note dng ${css.aboveSheet}`} role="alert">
      <IconAlertOctagon className="ic" aria-hidden />
      <div className="grow">
        <strong>{state.message}</strong> Your answers are kept on this device.
        {state.issues.length > 0 && (
          <ul className={css.problems}>
            {state.issues.map((issue) => (
              <li key={issue}>{issue}</li>
            ))}
          </ul>
        )}
      </div>
      {typed && <CopyButton text={typed} what="what you typed" words="Copy" />}
      <button type="button" className="btn sm" onClick={onTryNow}>
        Try now
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
    return `The change is on this device with its reason, “${intent.reason}”, and is saved when the server answers.`;
  return intent ? 'The form is marked complete when the server answers.' : '';
}
