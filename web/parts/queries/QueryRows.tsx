import { Link } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { smallInitial } from '../../../server/language/initial.rules.ts';
import type { QueryView } from '../../../server/queries/contract.ts';
import { isResolved } from '../../../server/queries/rules.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useFilters } from '../filters.ts';
import { Age } from './Age.tsx';
import { waitsFor } from './ownerWords.ts';
import { queryPlace } from './place.ts';
import { QueryState } from './QueryState.tsx';

interface Props {
  rows: readonly QueryView[];
  chosen: string | undefined;
  list: RefObject<HTMLUListElement | null>;
  /** Which are ticked, where the caller may act on several at once. */
  ticked?: ReadonlySet<string>;
  tick: (id: string, on: boolean) => void;
}

export function QueryRows({ rows, chosen, list, ticked, tick }: Props) {
  const [search] = useFilters();
  return (
    <ul className={ticked ? 'query-rows ticking' : 'query-rows'} ref={list}>
      {rows.map((query) => (
        <li key={query.id} className={query.id === chosen ? 'chosen' : undefined}>
          {ticked && (
            <label className="tick">
              <input
                type="checkbox"
                aria-label={t('Tick query {number}', { number: query.number })}
                disabled={isResolved(query.status)}
                checked={ticked.has(query.id)}
                onChange={(event) => tick(query.id, event.currentTarget.checked)}
              />
            </label>
          )}
          <div className="what">
            <div className="row">
              <Link
                to="."
                search={{ ...search, query: query.id }}
                replace
                className="code"
                aria-current={query.id === chosen ? 'true' : undefined}
                aria-label={t('Query {number}, {participant}', {
                  number: query.number,
                  participant: query.participant,
                })}
              >
                {query.participant}
              </Link>
              <span className="small mute">{queryPlace(query)}</span>
            </div>
            <p className="text">{query.automatic ? said(query.text) : query.text}</p>
            <p className="small mute">
              {t('No. {number},', { number: query.number })}{' '}
              {query.automatic ? t('automatic check') : query.openedBy}
              {!isResolved(query.status) &&
                (query.forMe
                  ? t(', waits for you')
                  : t(', waits for {whom}', { whom: midSentence(query, waitsFor(query)) }))}
            </p>
          </div>
          <div className="when">
            <QueryState status={query.status} />
            <Age query={query} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A role or a site begins with a small letter there; a name doesn't. */
function midSentence(query: QueryView, words: string): string {
  const isName = query.status === 'answered' ? !query.automatic : query.owner.person !== null;
  return isName ? words : smallInitial(words);
}
