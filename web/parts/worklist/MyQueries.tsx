import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { ageInDays, type Day, daysBetween, localDay } from '../../time.ts';
import { useRowKeys } from '../rowKeys.ts';
import type { MyQuery } from './types.ts';

const ageOf = (query: MyQuery, today: Day): string => ageInDays(daysBetween(localDay(query.openedAt), today));

/** The oldest queries that wait for me, beside the worklist. */
export function MyQueriesCard({ queries, today }: { queries: readonly MyQuery[]; today: Day }) {
  const study = useStudyId();
  return (
    <section className="card" aria-labelledby="my-queries">
      <header>
        <h2 id="my-queries">{t('Queries for me')}</h2>
        {queries.length > 0 && (
          <div className="tools">
            <Link className="small all" to="/s/$study/queries" params={{ study }}>
              {t('All {queries}', { queries: queries.length })}
            </Link>
          </div>
        )}
      </header>
      <div className="body">
        {queries.length === 0 && <p className="small mute">{t('None is open.')}</p>}
        <ul className="query-list">
          {queries.slice(0, 3).map((query) => (
            <li key={query.id}>
              <Link className="code" to="/s/$study/queries" params={{ study }} search={{ query: query.id }}>
                {query.participant}
              </Link>
              <span className="mute small">{ageOf(query, today)}</span>
              <p>{query.text}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** All of them in place of the visits, when the count above is pressed. */
export function MyQueriesTable({ queries, today }: { queries: readonly MyQuery[]; today: Day }) {
  const study = useStudyId();
  const list = useRef<HTMLTableElement>(null);
  useRowKeys(list);
  return (
    <section className="card" aria-label={t('Queries for me')}>
      <table className="table" ref={list}>
        <caption className="vh">{t('Queries that wait for me, oldest first')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Participant')}</th>
            <th scope="col">{t('Query')}</th>
            <th scope="col">{t('Open for')}</th>
            <th scope="col">
              <span className="vh">{t('Action')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {queries.map((query) => (
            <tr key={query.id}>
              <td>
                <Link
                  className="code"
                  data-row
                  to="/s/$study/participants/$participant"
                  params={{ study, participant: query.participant }}
                  search={{ tab: 'queries' }}
                >
                  {query.participant}
                </Link>
              </td>
              <td>{query.text}</td>
              <td className="nowrap">{ageOf(query, today)}</td>
              <td className="num">
                <Link
                  className="btn sm"
                  to="/s/$study/queries"
                  params={{ study }}
                  search={{ query: query.id }}
                  aria-label={t('Reply to query {number} on {participant}', {
                    number: query.number,
                    participant: query.participant,
                  })}
                >
                  {t('Reply')}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
