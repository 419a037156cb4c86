import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import type { ItemValues } from '../../server/forms/contract.ts';
import { t } from '../language/t.ts';
import { answerInWords } from './answer.ts';
import type { Hiding } from './hiding.ts';

interface Props {
  hiding: Hiding | null;
  values: ItemValues;
  missing: readonly { code: string; label: string }[];
  /** True: make the change and clear what it hides. False: leave everything as it was. */
  onDecide(clear: boolean): void;
}

/** Before an answer makes other answered items disappear: which, with what was entered there. */
export function HidingDialog({ hiding, values, missing, onDecide }: Props) {
  const answers = t('{answers, plural, one {# answer} other {# answers}}', {
    answers: hiding?.items.length ?? 0,
  });
  const one = hiding?.items.length === 1;
  return (
    <Modal
      opened={hiding !== null}
      onClose={() => onDecide(false)}
      withCloseButton={false}
      title={t('This hides {answers}', { answers })}
      size="md"
    >
      {hiding && (
        <div className="stack">
          <p>
            {t('With this change')} {one ? t('this item does') : t('these items do')}{' '}
            {t('not apply any more.')} {one ? t('Its answer is') : t('Their answers are')}{' '}
            {t('cleared with it; the audit trail keeps what was saved.')}
          </p>
          <dl className="facts">
            {hiding.items.map((item) => (
              <Fragment key={item.id}>
                <dt>{item.label}</dt>
                <dd>{values[item.id] && answerInWords(item, values[item.id]!, missing)}</dd>
              </Fragment>
            ))}
          </dl>
        </div>
      )}
      <div className="dialog-acts">
        <button type="button" className="btn" data-autofocus onClick={() => onDecide(false)}>
          {t('Leave as it was')}
        </button>
        <button type="button" className="btn pri" onClick={() => onDecide(true)}>
          {t('Change and clear {answers}', { answers })}
        </button>
      </div>
    </Modal>
  );
}
