import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import type { ItemValues } from '../../server/forms/contract.ts';
import { count } from '../time.ts';
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
  const answers = count(hiding?.items.length ?? 0, 'answer');
  const one = hiding?.items.length === 1;
  return (
    <Modal
      opened={hiding !== null}
      onClose={() => onDecide(false)}
      withCloseButton={false}
      title={`This hides ${answers}`}
      size="md"
    >
      {hiding && (
        <div className="stack">
          <p>
            With this change {one ? 'this item does' : 'these items do'} not apply any more.{' '}
            {one ? 'Its answer is' : 'Their answers are'} cleared with it; the audit trail keeps what was
            saved.
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
          Leave as it was
        </button>
        <button type="button" className="btn pri" onClick={() => onDecide(true)}>
          Change and clear {answers}
        </button>
      </div>
    </Modal>
  );
}
