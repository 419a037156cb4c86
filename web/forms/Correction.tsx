import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { t } from '../language/t.ts';
import { changesInWords } from './changes.ts';
import type { Work } from './difference.ts';
import css from './forms.module.css';

interface Props {
  instrument: InstrumentDocument;
  missing: readonly { code: string; label: string }[];
  before: Work;
  after: Work;
  busy: boolean;
  /** The reason given before, where the server has not taken the change. */
  given: string | undefined;
  onSave(reason: string): void;
  onUndo(): void;
}

/** Changes to a complete form wait here for their reason; old and new stand side by side in the audit trail. */
export function Correction({ instrument, missing, before, after, busy, given, onSave, onUndo }: Props) {
  const [reason, setReason] = useState(given ?? '');
  const ready = reason.trim().length >= 3 && !busy;
  return (
    <form
      className={`note wrn ${css.correction}`}
      aria-label={t('Change to a complete form')}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSave(reason.trim());
      }}
    >
      <IconPencil className="ic" aria-hidden />
      <div className="grow">
        <strong>{t('This form is complete. A change needs a reason.')}</strong>
        <ul>
          {changesInWords(instrument, missing, before, after).map(({ field, label, was, is }) => (
            <li key={field}>
              {label}: {was} → {is}
            </li>
          ))}
        </ul>
        <div className={css.reason}>
          <input
            className={`inp ${css.grow}`}
            aria-label={t('Reason for the change')}
            placeholder={t('Reason, such as: anchor misread, checked with the rater')}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <button type="submit" className="btn pri sm" disabled={!ready}>
            {t('Save change')}
          </button>
          <button type="button" className="btn sm" onClick={onUndo}>
            {t('Drop the change')}
          </button>
        </div>
      </div>
    </form>
  );
}
