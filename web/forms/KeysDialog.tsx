import { Modal } from '@mantine/core';
import { t } from '../language/t.ts';
import css from './forms.module.css';

const always: [string[], string][] = [
  [['Enter'], t('Next item; on the last, marks the form complete')],
  [['↓'], t('Next item')],
  [['↑'], t('Back one item')],
  [['Shift', 'Tab'], t('Back one item')],
  [['←', '→'], t('Move between the answers')],
  [[t('Space')], t('Take the answer that has the ring')],
  [[t('Ctrl'), 'Z'], t('Undo the last change, outside fields that take text')],
  [[t('Ctrl'), 'Shift', 'Z'], t('Bring it back')],
  [[t('Esc')], t('Close the choice of missing')],
];
const single: [string[], string][] = [
  [['0', '…', '9'], t('Answer and go on')],
  [['M'], t('Choose why there is no answer, then 1, 2 …')],
  [['Delete'], t('Clear the answer')],
  [['?'], t('This list')],
];

interface Props {
  opened: boolean;
  singleKeys: boolean;
  onSingleKeys(on: boolean): void;
  onClose(): void;
}

/** Every key of form entry, and the switch for those that are a single character. */
export function KeysDialog({ opened, singleKeys, onSingleKeys, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={t('Keys of form entry')}>
      <KeyList keys={always} />
      <label className={`check ${css.keySwitch}`}>
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => onSingleKeys(event.target.checked)}
        />
        <span>{t('Single keys. Turn them off if you use speech input or press keys by accident.')}</span>
      </label>
      {singleKeys && <KeyList keys={single} />}
    </Modal>
  );
}

const KeyList = ({ keys }: { keys: [string[], string][] }) => (
  <dl className={css.keyList}>
    {keys.map(([names, means]) => (
      <div key={means + names.join()} className={css.fact}>
        <dt>
          {names.map((name) => (
            <kbd key={name}>{name}</kbd>
          ))}
        </dt>
        <dd>{means}</dd>
      </div>
    ))}
  </dl>
);
