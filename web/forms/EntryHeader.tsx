import { IconLock } from '@tabler/icons-react';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { progress } from '../../server/instruments/rules.ts';
import { t } from '../language/t.ts';
import { useDurable } from '../offline/OutboxProvider.tsx';
import { aroundOf } from './around.ts';
import css from './forms.module.css';
import { entryOrder } from './order.ts';
import { Progress } from './Progress.tsx';
import { SaveMark } from './SaveMark.tsx';
import type { SaverView } from './saving.ts';

interface Props {
  instrument: InstrumentDocument;
  view: SaverView;
  current: string | null;
  readOnly: boolean;
  onClose(): void;
  onComplete(): void;
}

/** The bar under the top bar: what form this is, how far it is, where it is saved, and the two ways out. */
export function EntryHeader({ instrument, view, current, readOnly, onClose, onComplete }: Props) {
  const around = aroundOf(view.confirmed, view.work.assessedOn);
  const { answered, items, blank } = progress(instrument, view.work.values, around);
  const complete = view.confirmed.status === 'complete';
  const durable = useDurable();
  // Never while a save is under way: leaving the items begins one, and would take the press off the button.
  const undecided = view.state.kind === 'conflict';
  return (
    <div className={css.bar} data-form-bar>
      <h1>{instrument.short}</h1>
      <span className={css.subtitle}>
        {instrument.title}
        {instrument.recall && `, ${instrument.recall}`}
      </span>
      <Progress
        order={entryOrder(instrument, view.work.values, around)}
        values={view.work.values}
        current={current}
      />
      <strong className={css.count}>
        {complete ? t('Complete') : t('{answered} of {items} answered', { answered, items })}
      </strong>
      {readOnly ? (
        <span className={css.save} data-tone="quiet">
          <IconLock className="ic" aria-hidden />
          {t('Read only')}
        </span>
      ) : (
        <SaveMark state={view.state} durable={durable} />
      )}
      <div className={css.barActions}>
        <button type="button" className="btn sm" onClick={onClose}>
          {readOnly || complete ? t('Close') : t('Save and close')}
        </button>
        {!readOnly && !complete && (
          <button
            type="button"
            className={`btn sm ${blank.length === 0 ? 'pri' : ''}`}
            data-waiting={blank.length > 0 || undefined}
            title={blank.length > 0 ? t('{blank} without an answer', { blank: blank.length }) : undefined}
            disabled={undecided || view.intent !== null}
            onClick={onComplete}
          >
            {view.intent ? t('Complete when sent') : t('Mark complete')}
          </button>
        )}
      </div>
    </div>
  );
}
