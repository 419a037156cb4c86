import { IconEdit, IconHistory, IconStrikethrough } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  name: string;
  struck: boolean;
  onVersions: () => void;
  /** Absent: the reader may not. */
  onCorrect?: () => void;
  onStrike?: () => void;
  children?: ReactNode;
}

/** What can be done with one record; a struck one can only be read. */
export function RowActs({ name, struck, onVersions, onCorrect, onStrike, children }: Props) {
  return (
    <span className="row-acts">
      {struck ? <span className="tag">Entered in error</span> : children}
      <button
        type="button"
        className="btn sm icon"
        aria-label={`${name} in full, with its versions`}
        title="In full, with its versions"
        onClick={onVersions}
      >
        <IconHistory className="ic" aria-hidden />
      </button>
      {!struck && onCorrect && (
        <button
          type="button"
          className="btn sm icon"
          aria-label={`Correct ${name}`}
          title="Correct"
          onClick={onCorrect}
        >
          <IconEdit className="ic" aria-hidden />
        </button>
      )}
      {!struck && onStrike && (
        <button
          type="button"
          className="btn sm icon"
          aria-label={`Strike ${name} through`}
          title="Strike through"
          onClick={onStrike}
        >
          <IconStrikethrough className="ic" aria-hidden />
        </button>
      )}
    </span>
  );
}
