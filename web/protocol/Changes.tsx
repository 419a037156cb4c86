import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { useStudyView } from '../session.ts';
import { changeInWords } from './changeWords.ts';
import css from './protocol.module.css';
import type { Groups } from './types.ts';

/** What a version changes, in words, grouped as a reader of protocols looks for it. */
export function Changes({ groups }: { groups: Groups }) {
  // Drawn again once the study’s own words are known.
  useStudyView();
  if (groups.length === 0) return <p className="small mute">{t('Nothing but the number of the version.')}</p>;
  return (
    <dl className={css.changes}>
      {groups.map(({ title, changes }) => (
        <div key={title}>
          <dt>{said(title)}</dt>
          <dd>
            <ul>
              {changes.map((change) => (
                <li key={change}>{changeInWords(change)}</li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}
