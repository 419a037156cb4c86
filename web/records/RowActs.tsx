import { IconEdit, IconStrikethrough } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What can be done with one record; nothing with a struck one. */
export function RowActs({
  name,
  struck,
  onCorrect,
  onStrike,
  children,
}: {
  name: string;
  struck: boolean;
  onCorrect: () => void;
  onStrike: () => void;
  children?: ReactNode;
}) {
  if (struck) return <span className="tag">Entered in error</span>;
  return (
    <span className="row-acts">
      {children}
      <button type="button" className="btn sm icon" aria-label={`Correct ${name}`} onClick={onCorrect}>
        <IconEdit className="ic" aria-hidden />
      </button>
      <button type="button" className="btn sm icon" aria-label={`Strike ${name} through`} onClick={onStrike}>
        <IconStrikethrough className="ic" aria-hidden />
      </button>
    </span>
  );
}
