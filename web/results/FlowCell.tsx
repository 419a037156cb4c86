import type { Dashboard } from '../../server/results/contract.ts';
import { t } from '../language/t.ts';
import css from './results.module.css';

/** A count with its share of those allocated as a track, and what became of the others. */
export function FlowCell({ cell }: { cell: Dashboard['flow']['arms'][number]['cells'][number] }) {
  return (
    <>
      <span className={css.track} aria-hidden="true">
        <i style={{ width: cell.count && cell.of ? `${(100 * cell.count) / cell.of}%` : 0 }} />
      </span>
      <b
        title={
          cell.count === null || cell.of === null
            ? undefined
            : t('{count} of {of}', { count: cell.count, of: cell.of })
        }
      >
        {cell.count ?? (cell.hidden === 'hidden' ? t('hidden') : cell.hidden)}
      </b>
      {cell.note && <span>{` ${cell.note}`}</span>}
    </>
  );
}
