import { CopyButton } from '../parts/CopyButton.tsx';
import css from './allocation.module.css';

/** A hash in full, to be compared and copied. */
export function Hash({ value, what }: { value: string; what: string }) {
  return (
    <span className={css.hash}>
      <span className="mono">{value}</span>
      <CopyButton text={value} what={what} />
    </span>
  );
}
