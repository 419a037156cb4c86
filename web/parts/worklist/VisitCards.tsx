import { Link } from '@tanstack/react-router';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import type { Day } from '../../time.ts';
import { Act, type Asked } from './Act.tsx';
import type { Group } from './grouped.ts';
import { Standing } from './Standing.tsx';
import { daysLeftWords, standingOf } from './standing.ts';

/** The worklist where there is no room for a table: a card a visit, its action within the thumb's reach. */
export function VisitCards({
  groups,
  today,
  ask,
}: {
  groups: readonly Group[];
  today: Day;
  ask: (asked: Asked) => void;
}) {
  const study = useStudyId();
  return groups.map(({ id, title, rows }) => (
    <section key={id} className="visit-cards" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {rows.map((row) => (
          <li
            key={`${row.participant} ${row.visit.visit}`}
            data-key={`${row.participant} ${row.visit.visit}`}
          >
            <div className="row">
              <Link
                className="code"
                to="/s/$study/participants/$participant"
                params={{ study, participant: row.participant }}
              >
                {row.participant}
              </Link>
              <span className="ink2 nowrap">{said(row.visit.label)}</span>
              <span className="ink2 small forms">
                {t('{formsDone} of {formsTotal}', {
                  formsDone: row.visit.formsDone,
                  formsTotal: row.visit.formsTotal,
                })}
              </span>
            </div>
            <div className="row small">
              <span className={row.daysLeft < 0 ? 'st dng' : 'st'}>{daysLeftWords(row.daysLeft)}</span>
              <Standing standing={standingOf(row, today)} muted />
              {row.stopped.includes('treatment') && <span className="tag">{t('Treatment stopped')}</span>}
            </div>
            <Act row={row} ask={ask} />
          </li>
        ))}
      </ul>
    </section>
  ));
}
