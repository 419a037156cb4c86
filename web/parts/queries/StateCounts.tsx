import type { QueryStatus } from '../../../server/queries/contract.ts';
import { t } from '../../language/t.ts';
import { useQueryFilters } from './QueryFilters.tsx';

const states: { id: QueryStatus | 'unresolved' | 'all'; label: string }[] = [
  { id: 'unresolved', label: t('Not closed') },
  { id: 'open', label: t('Open', { sense: 'state' }) },
  { id: 'answered', label: t('Answered') },
  { id: 'closed', label: t('Closed') },
  { id: 'cancelled', label: t('Cancelled') },
  { id: 'all', label: t('All') },
];

/** How many queries are in each state; each count is a filter. */
export function StateCounts({ counts }: { counts?: Record<QueryStatus, number> }) {
  const { filters, set } = useQueryFilters();
  const shown = filters.status ?? 'unresolved';
  const of = (id: (typeof states)[number]['id']): number | undefined => {
    if (!counts) return undefined;
    if (id === 'unresolved') return counts.open + counts.answered;
    if (id === 'all') return counts.open + counts.answered + counts.closed + counts.cancelled;
    return counts[id];
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons that filter are a group, not a fieldset of inputs
    <div className="segments query-states" role="group" aria-label={t('State')}>
      {states.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          aria-pressed={shown === id}
          onClick={() => set({ status: id === 'unresolved' ? undefined : id })}
        >
          {label} <span className="n">{of(id)}</span>
        </button>
      ))}
    </div>
  );
}
