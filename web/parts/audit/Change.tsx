import type { AuditEntry } from '../../../server/audit/contract.ts';
import { t } from '../../language/t.ts';
import { useStudyView } from '../../session.ts';
import { changesOf } from './changes.ts';

const atOnce = 3;

/** Of a form, whose subject ends with it: `form:LOH-0001/m3/hamd17`. */
const instrumentOf = (subject: string): string | undefined => subject.split('/')[2];

/** What changed, field by field, and why; many fields fold. */
export function Change({ entry }: { entry: AuditEntry }) {
  const changes = changesOf(entry.before, entry.after, useStudyView(), instrumentOf(entry.subject));
  const list = (
    <ul className="changes">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          {field && <span className="mute">{field}: </span>}
          {before !== null && <del>{before}</del>}
          {before !== null && after !== null && ' → '}
          {after !== null && <span>{after}</span>}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {changes.length > atOnce ? (
        <details>
          <summary>{t('{changes} fields', { changes: changes.length })}</summary>
          {list}
        </details>
      ) : (
        list
      )}
      {entry.reason && <p className="small">{t('Reason: {reason}', { reason: entry.reason })}</p>}
    </>
  );
}
