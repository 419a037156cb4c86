import { Link } from '@tanstack/react-router';
import type { RefObject } from 'react';
import type { QueryView } from '../../../server/queries/contract.ts';
import { ageInDays, daysBetween, localDay } from '../../time.ts';
import { useFilters } from '../filters.ts';
import { useQueryPlace } from './place.ts';
import { QueryState } from './QueryState.tsx';

interface Props {
  rows: readonly QueryView[];
  chosen: string | undefined;
  list: RefObject<HTMLUListElement | null>;
  /** Which are ticked, where the caller may close several at once. */
  ticked?: ReadonlySet<string>;
  tick: (id: string, on: boolean) => void;
}

export function QueryRows({ rows, chosen, list, ticked, tick }: Props) {
  const place = useQueryPlace();
  const [search] = useFilters();
  const today = localDay(new Date().toISOString());
  return (
    <ul className={ticked ? 'query-rows ticking' : 'query-rows'} ref={list}>
      {rows.map((query) => (
        <li key={query.id} className={query.id === chosen ? 'chosen' : undefined}>
          {ticked && (
            <input
              type="checkbox"
              aria-label={`Tick query ${query.number}`}
              disabled={query.status === 'closed'}
              checked={ticked.has(query.id)}
              onChange={(event) => tick(query.id, event.currentTarget.checked)}
            />
          )}
          <div className="what">
            <div className="row">
              <Link
                to="."
                search={{ ...search, query: query.id }}
                replace
                className="code"
                aria-current={query.id === chosen ? 'true' : undefined}
                aria-label={`Query ${query.number}, ${query.participant}`}
              >
                {query.participant}
              </Link>
              <span className="small mute">{place(query)}</span>
            </div>
            <p className="text">{query.text}</p>
            <p className="small mute">
              No. {query.number}, {query.automatic ? 'automatic check' : query.openedBy}
            </p>
          </div>
          <div className="when">
            <QueryState status={query.status} />
            <span className="small mute">{ageInDays(daysBetween(localDay(query.openedAt), today))}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}
