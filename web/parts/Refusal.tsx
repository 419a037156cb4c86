import { IconAlertOctagon, IconCloudX, IconRefresh } from '@tabler/icons-react';
import { Refused, Unreachable } from '../api.ts';
import { pathInWords } from '../language/recordWords.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';

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
              <li key={`${issue.path} ${issue.message}`}>{inWords(issue)}</li>
            ))}
          </ul>
        )}
        {cause instanceof Refused && (
          <p className="small mute">
            {rich('Reference for support: <mono>{reference}</mono>', { reference: cause.reference })}
          </p>
        )}
        {retry && (
          <div className="acts">
            <button type="button" className="btn sm" onClick={retry}>
              <IconRefresh className="ic" aria-hidden />
              {t('Try now')}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}

/** What is wrong with a field: a whole sentence by itself, a few words after the field that they are about. */
const inWords = ({ path, message }: Refused['issues'][number]): string =>
  path === '' || message.endsWith('.') ? message : `${pathInWords(path)}: ${message}`;

function headline(cause: unknown): string {
  if (cause instanceof Refused || cause instanceof Unreachable) return cause.message;
  return t('This page met something it did not expect. What you saved is kept; load the page again.');
}
