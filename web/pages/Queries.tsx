import './queries.css';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { closeQuery, listQueries, type QueryView } from '../../server/queries/contract.ts';
import { useCall, useEndpoint } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { FilterSelect } from '../parts/FilterSelect.tsx';
import { useFilters } from '../parts/filters.ts';
import { useKeys } from '../parts/keys.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { Pager } from '../parts/Pager.tsx';
import { QueryRows } from '../parts/queries/QueryRows.tsx';
import { Thread } from '../parts/queries/Thread.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { useMay, useStudyId } from '../session.ts';
import { count } from '../time.ts';

type Status = 'unresolved' | 'open' | 'answered' | 'closed';
const size = 100;
const statuses = [
  { id: 'open', label: 'Open' },
  { id: 'answered', label: 'Answered' },
  { id: 'closed', label: 'Closed' },
];

/** Queries, oldest first, and the thread of the chosen one beside the answer that it asks about. */
export default function Queries() {
  const study = useStudyId();
  const [{ status, page = '1' }, setFilter] = useFilters();
  const list = useEndpoint(
    listQueries,
    { params: { study }, query: { status: (status ?? 'unresolved') as Status, page, size } },
    { placeholderData: (before) => before },
  );
  return (
    <>
      <div className="head">
        <div>
          <h1>Queries</h1>
          <p>{list.data ? `${count(list.data.total, 'query', 'queries')}, oldest first` : 'Oldest first'}</p>
        </div>
        <div className="acts">
          <FilterSelect
            label="Status"
            all="Not closed"
            value={status}
            options={statuses}
            onChange={(next) => setFilter({ status: next, page: undefined, query: undefined })}
          />
        </div>
      </div>
      <Loaded of={list} label="queries">
        {({ rows, total }) =>
          total === 0 ? (
            <div className="card">
              <Empty
                title={status === undefined ? 'No query is open' : 'No query has this status'}
                acts={
                  status !== undefined && (
                    <button type="button" className="btn" onClick={() => setFilter({ status: undefined })}>
                      Show what is not closed
                    </button>
                  )
                }
              >
                Queries come from data managers, from monitors and from checks during entry.
              </Empty>
            </div>
          ) : (
            <Split rows={rows} total={total} page={Number(page)} />
          )
        }
      </Loaded>
    </>
  );
}

function Split({ rows, total, page }: { rows: readonly QueryView[]; total: number; page: number }) {
  const [{ query }, setFilter] = useFilters();
  const phone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false });
  const list = useRef<HTMLUListElement>(null);
  const found = rows.findIndex(({ id }) => id === query);
  const at = found === -1 ? 0 : found;
  const chosen = phone && found === -1 ? undefined : rows[at];
  const choose = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    setFilter({ query: row.id });
    list.current?.querySelectorAll('li')[index]?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({ j: () => choose(at + 1), k: () => choose(at - 1) });
  return (
    <div className="queries">
      {!(phone && chosen) && (
        <section className="card" aria-label="Queries">
          <Rows rows={rows} chosen={chosen?.id} list={list} />
          {total > size && (
            <Pager
              page={page}
              size={size}
              total={total}
              noun="queries"
              onPage={(next) => setFilter({ page: String(next), query: undefined })}
            />
          )}
        </section>
      )}
      {chosen && (
        <div className="stack">
          {phone && (
            <button type="button" className="btn" onClick={() => setFilter({ query: undefined })}>
              <IconArrowLeft className="ic" aria-hidden />
              All queries
            </button>
          )}
          <Thread
            query={chosen}
            withParticipant
            previous={at > 0 ? () => choose(at - 1) : undefined}
            next={at < rows.length - 1 ? () => choose(at + 1) : undefined}
          />
          <p className="keys only-wide">
            <span>
              <kbd>J</kbd>
              <kbd>K</kbd>move
            </span>
            <span>
              <kbd>R</kbd>reply
            </span>
          </p>
        </div>
      )}
    </div>
  );
}

/** The list; whoever may close queries can tick several. */
function Rows({
  rows,
  chosen,
  list,
}: {
  rows: readonly QueryView[];
  chosen?: string;
  list: React.RefObject<HTMLUListElement | null>;
}) {
  const study = useStudyId();
  const closes = useMay()('queries.close');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const close = useCall(closeQuery, { invalidates: [listQueries] });
  const those = rows.filter(({ id, status }) => ticked.has(id) && status !== 'closed');
  const closeAll = async () => {
    for (const { id } of those) await close.mutateAsync({ params: { study, query: id } });
    setTicked(new Set());
  };
  return (
    <>
      {those.length > 0 && (
        <div className="bulk" role="status">
          <span className="grow">{count(those.length, 'query', 'queries')} ticked</span>
          <button type="button" className="btn sm quiet" onClick={() => setTicked(new Set())}>
            Untick
          </button>
          <button
            type="button"
            className="btn sm"
            disabled={close.isPending}
            onClick={() => void closeAll().catch(() => undefined)}
          >
            Close {count(those.length, 'query', 'queries')}
          </button>
        </div>
      )}
      <Refusal cause={close.error} />
      <QueryRows
        rows={rows}
        chosen={chosen}
        list={list}
        ticked={closes ? ticked : undefined}
        tick={(id, on) =>
          setTicked((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)))
        }
      />
    </>
  );
}
