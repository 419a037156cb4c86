import type { VisitState } from '../../server/visits/contract.ts';
import { number } from '../language/number.ts';
import { t } from '../language/t.ts';
import { stateMeaning, stateWords } from './states.ts';
import css from './visits.module.css';

interface Props {
  counts: Readonly<Record<VisitState, number>>;
  /** Null shows every state. */
  shown: VisitState | null;
  onShow: (state: VisitState | null) => void;
}

/** How many visits are in each state; pressing one shows those. */
export function StateCounts({ counts, shown, onShow }: Props) {
  const states = Object.keys(stateWords) as VisitState[];
  const all = states.reduce((sum, state) => sum + counts[state], 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons that filter are a group, not a fieldset of inputs
    <div className={css.states} role="group" aria-label={t('Visits by state')}>
      {states.map((state) => (
        <button
          key={state}
          type="button"
          className="card"
          title={stateMeaning[state]}
          data-late={(state === 'overdue' && counts[state] > 0) || undefined}
          aria-pressed={shown === state}
          onClick={() => onShow(state)}
        >
          <b>{number(counts[state])}</b>
          <span>{stateWords[state]}</span>
        </button>
      ))}
      <button type="button" className="card" aria-pressed={shown === null} onClick={() => onShow(null)}>
        <b>{number(all)}</b>
        <span>{t('All visits')}</span>
      </button>
    </div>
  );
}
