import type { ItemValues } from '../../server/forms/contract.ts';
import css from './forms.module.css';

/** One segment for each item: answered, missing for a reason, the current one, blank. */
export function Progress({
  order,
  values,
  current,
}: {
  order: string[];
  values: ItemValues;
  current: string | null;
}) {
  return (
    <div className={css.progress} aria-hidden="true">
      {order.map((item) => {
        const value = values[item];
        const state = !value ? 'blank' : 'missing' in value ? 'missing' : 'answered';
        return (
          <i
            key={item}
            className={css.segment}
            data-state={state}
            data-current={item === current || undefined}
          />
        );
      })}
    </div>
  );
}
