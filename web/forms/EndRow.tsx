import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { t } from '../language/t.ts';
import { aroundOf } from './around.ts';
import css from './forms.module.css';
import { standsAgainst } from './problems.ts';
import type { SaverView } from './saving.ts';

interface Props {
  instrument: InstrumentDocument;
  view: SaverView;
  missing: readonly { code: string; label: string }[];
  /** Whether unusual answers need a reason here; those of a second entry are explained in the form itself. */
  explained?: boolean;
  atEnd: boolean;
  /** The form to go on with, or the way back. */
  onward: ReactNode;
  onComplete(): void;
}

/** The last row: marks the form complete (Enter does, after the last answer), then leads on. */
export function EndRow({ instrument, view, missing, explained = true, atEnd, onward, onComplete }: Props) {
  if (view.confirmed.status === 'complete') {
    return (
      <div className={css.end} data-end>
        <p>
          <span className="st ok">
            <IconCheck className="ic" aria-hidden /> {t('Complete.')}
          </span>
          {t('A later change needs a reason.')}
        </p>
        {onward}
      </div>
    );
  }
  if (view.intent?.complete && view.state.kind !== 'saving' && view.state.kind !== 'refused') {
    return (
      <div className={css.end} data-end>
        <p>
          {t(
            'Marked complete on this device; the server has yet to confirm it. A change takes the mark off.',
          )}
        </p>
        {onward}
      </div>
    );
  }
  const words = standsAgainst(
    instrument,
    view.work,
    missing,
    aroundOf(view.confirmed, view.work.assessedOn),
    explained,
  );
  return (
    <div className={css.end} data-end>
      <p>{words ?? t('Everything has an answer or a reason.')}</p>
      <button type="button" className={`btn ${words === null ? 'pri' : ''}`} data-entry onClick={onComplete}>
        {t('Mark complete')} {atEnd && <kbd>Enter</kbd>}
      </button>
    </div>
  );
}

/** The link that leads on from a complete form. */
export function Onward({ study, participant, visit, next, back }: OnwardProps) {
  const place = { study, participant };
  return (
    <>
      {back === 'enrol' ? (
        <Link className="btn" to="/s/$study/enrol/$participant" params={place}>
          {t('Back to enrolment')}
        </Link>
      ) : (
        <Link className="btn" to="/s/$study/participants/$participant" params={place}>
          {t('Back to {participant}', { participant })}
        </Link>
      )}
      {next && (
        <Link
          className="btn pri"
          data-entry
          to="/s/$study/participants/$participant/$visit/$instrument"
          params={{ ...place, visit, instrument: next.id }}
          search={back ? { back } : {}}
        >
          {t('Next: {short}', { short: next.short })}
        </Link>
      )}
    </>
  );
}

interface OnwardProps {
  study: string;
  participant: string;
  visit: string;
  next: InstrumentDocument | null;
  back: string | undefined;
}
