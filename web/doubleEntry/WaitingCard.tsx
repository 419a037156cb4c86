import { Link } from '@tanstack/react-router';
import { listDoubleEntry } from '../../server/doubleEntry/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { instrumentShort, visitLabel } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';

/** Forms that wait for this person's second entry, or decision, beside the worklist; nothing where the protocol has none. */
export function WaitingCard() {
  const study = useStudyId();
  const view = useStudyView();
  const wanted = useMay()('double-entry.read') && view?.document.doubleEntry !== undefined;
  const list = useEndpoint(
    listDoubleEntry,
    { params: { study }, query: { show: 'mine', size: 3 } },
    { enabled: wanted },
  );
  if (!wanted || !list.data) return null;
  const { rows, mine } = list.data;
  return (
    <section className="card" aria-labelledby="second-entries">
      <header>
        <h2 id="second-entries">{t('Double entry')}</h2>
        {mine > 0 && (
          <div className="tools">
            <Link className="small all" to="/s/$study/double-entry" params={{ study }}>
              {t('All {mine}', { mine })}
            </Link>
          </div>
        )}
      </header>
      <div className="body">
        {mine === 0 && <p className="small mute">{t('Nothing waits for you.')}</p>}
        <ul className="query-list">
          {rows.map(({ participant, visit, instrument, mayEnter }) => (
            <li key={`${participant} ${visit} ${instrument}`}>
              {mayEnter ? (
                <Link
                  className="code"
                  to="/s/$study/double-entry/$participant/$visit/$instrument/second"
                  params={{ study, participant, visit, instrument }}
                >
                  {participant}
                </Link>
              ) : (
                <Link
                  className="code"
                  to="/s/$study/double-entry/$participant/$visit/$instrument"
                  params={{ study, participant, visit, instrument }}
                >
                  {participant}
                </Link>
              )}
              <span className="mute small">{mayEnter ? t('to enter again') : t('to decide')}</span>
              <p>
                {instrumentShort(view, instrument)}, {visitLabel(view, visit)}
              </p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
