import { IconEdit, IconHistory, IconStrikethrough } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../language/t.ts';

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
      {struck ? <span className="tag">{t('Entered in error')}</span> : children}
      <button
        type="button"
        className="btn sm icon"
        aria-label={t('{name} in full, with its versions', { name })}
        title={t('In full, with its versions')}
        onClick={onVersions}
      >
        <IconHistory className="ic" aria-hidden />
      </button>
      {!struck && onCorrect && (
        <button
          type="button"
          className="btn sm icon"
          aria-label={t('Correct {name}', { name })}
          title={t('Correct')}
          onClick={onCorrect}
        >
          <IconEdit className="ic" aria-hidden />
        </button>
      )}
      {!struck && onStrike && (
        <button
          type="button"
          className="btn sm icon"
          aria-label={t('Strike {name} through', { name })}
          title={t('Strike through')}
          onClick={onStrike}
        >
          <IconStrikethrough className="ic" aria-hidden />
        </button>
      )}
    </span>
  );
}
