import { IconAlertOctagon, IconCloudX, IconRefresh } from '@tabler/icons-react';
import { Refused, Unreachable } from '../api.ts';

/** Why something could not be done: what happened, what is kept, what to do, and a reference for support. */
export function Refusal({ cause, retry }: { cause: unknown; retry?: () => void }) {
  if (cause === null || cause === undefined) return null;
  const away = cause instanceof Unreachable;
  const Icon = away ? IconCloudX : IconAlertOctagon;
  return (
    <div className={`note ${away ? 'wrn' : 'dng'}`} role="alert">
      <Icon className="ic" aria-hidden />
      <div className="grow">
        <strong>{headline(cause)}</strong>
        {cause instanceof Refused && cause.issues.length > 0 && (
          <ul>
            {cause.issues.map((issue) => (
              <li key={`${issue.path} ${issue.message}`}>
                {issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`}
              </li>
            ))}
          </ul>
        )}
        {cause instanceof Refused && (
          <p className="small mute">
            Reference for support: <span className="mono">{cause.reference}</span>
          </p>
        )}
        {retry && (
          <div className="acts">
            <button type="button" className="btn sm" onClick={retry}>
              <IconRefresh className="ic" aria-hidden />
              Try now
            </button>
          </div>
        )}
      </div>
    </div>
  );
}

function headline(cause: unknown): string {
  if (cause instanceof Refused || cause instanceof Unreachable) return cause.message;
  return 'This page met something it did not expect. What you saved is kept; load the page again.';
}
