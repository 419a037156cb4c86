import { Modal } from '@mantine/core';
import css from './forms.module.css';

const always: [string[], string][] = [
  [['Enter'], 'Next item; on the last, marks the form complete'],
  [['↓'], 'Next item'],
  [['↑'], 'Back one item'],
  [['Shift', 'Tab'], 'Back one item'],
  [['←', '→'], 'Move between the answers'],
  [['Space'], 'Take the answer that has the ring'],
  [['Ctrl', 'Z'], 'Undo the last change, outside fields that take text'],
  [['Ctrl', 'Shift', 'Z'], 'Bring it back'],
  [['Esc'], 'Close the choice of missing'],
];
const single: [string[], string][] = [
  [['0', '…', '9'], 'Answer and go on'],
  [['M'], 'Choose why there is no answer, then 1, 2 …'],
  [['Delete'], 'Clear the answer'],
  [['?'], 'This list'],
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
    <Modal opened={opened} onClose={onClose} title="Keys of form entry">
      <KeyList keys={always} />
      <label className={`check ${css.keySwitch}`}>
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => onSingleKeys(event.target.checked)}
        />
        <span>Single keys. Turn them off if you use speech input or press keys by accident.</span>
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
