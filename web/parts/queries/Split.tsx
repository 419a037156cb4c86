import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { QueryView } from '../../../server/queries/contract.ts';
import { isResolved } from '../../../server/queries/rules.ts';
import { t } from '../../language/t.ts';
import { useMay } from '../../session.ts';
import { useFilters } from '../filters.ts';
import { useKeys } from '../keys.ts';
import { Pager } from '../Pager.tsx';
import { BulkBar } from './BulkBar.tsx';
import { QueryRows } from './QueryRows.tsx';
import { Thread } from './Thread.tsx';

export const pageSize = 100;

const keys: [string[], string, act?: 'reply' | 'close'][] = [
  [['J', 'K'], t('move')],
  [['R'], t('reply'), 'reply'],
  [['C'], t('close'), 'close'],
  [['?'], t('all keys')],
];

/** The list, and beside it the thread of the chosen query; on a phone one or the other. */
export function Split({ rows, total, page }: { rows: readonly QueryView[]; total: number; page: number }) {
  const [{ query }, setFilter] = useFilters();
  const phone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false });
  const list = useRef<HTMLUListElement>(null);
  const bulk = useMay()('queries.bulk');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
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
  const those = rows.filter(({ id, status }) => ticked.has(id) && !isResolved(status));
  return (
    <div className="queries">
      {!(phone && chosen) && (
        <section className="card" aria-label={t('Queries')}>
          {those.length > 0 && <BulkBar queries={those} untick={() => setTicked(new Set())} />}
          <QueryRows
            rows={rows}
            chosen={chosen?.id}
            list={list}
            ticked={bulk ? ticked : undefined}
            tick={(id, on) =>
              setTicked((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)))
            }
          />
          {total > pageSize && (
            <Pager
              page={page}
              size={pageSize}
              total={total}
              noun={t('queries')}
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
              {t('All queries')}
            </button>
          )}
          <Thread
            query={chosen}
            withParticipant
            previous={at > 0 ? () => choose(at - 1) : undefined}
            next={at < rows.length - 1 ? () => choose(at + 1) : undefined}
          />
          <p className="keys only-wide">
            {keys
              .filter(([, , act]) => act === undefined || chosen.acts.includes(act))
              .map(([names, what]) => (
                <span key={what}>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                  {what}
                </span>
              ))}
          </p>
        </div>
      )}
    </div>
  );
}
