import { t } from '../../language/t.ts';
import type { Show } from './grouped.ts';

export interface CountFace {
  id: Show;
  value: number;
  label: string;
  note: string;
  late?: boolean;
}

/** Three counts that are filters. */
export function Counts({
  faces,
  shown,
  show,
}: {
  faces: readonly CountFace[];
  shown?: string;
  show: (id?: Show) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons that filter are a group, not a fieldset of inputs
    <div className="counts" role="group" aria-label={t('Filter the worklist')}>
      {faces.map(({ id, value, label, note, late }) => (
        <button
          key={id}
          type="button"
          className={late && value > 0 ? 'card count late' : 'card count'}
          aria-pressed={shown === id}
          onClick={() => show(shown === id ? undefined : id)}
        >
          <b>{value}</b>
          <span>
            {label}
            <i>{note}</i>
          </span>
        </button>
      ))}
    </div>
  );
}
