import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useSingleKeys } from './keys.ts';

const lists: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Everywhere',
    keys: [
      [['/'], 'Find a participant or page'],
      [['?'], 'This list'],
      [['Esc'], 'Close a dialog'],
    ],
  },
  {
    title: 'Worklist, participants and queries',
    keys: [
      [['J'], 'Next row'],
      [['K'], 'Previous row'],
      [['Enter'], 'Open the row'],
      [['E'], 'Enrol a participant'],
      [['R'], 'Reply to the query'],
      [['C'], 'Close the query'],
    ],
  },
  {
    title: 'Form entry',
    keys: [
      [['0', '–', '9'], 'Answer and go on'],
      [['Enter'], 'Next item'],
      [['Shift', 'Tab'], 'Back'],
      [['M'], 'Say why an answer is missing'],
      [['Ctrl', 'Z'], 'Undo the last change'],
    ],
  },
];

/** Every key, the switch that turns single keys off, and where to read on. */
export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const [on, set] = useSingleKeys();
  return (
    <Modal opened onClose={onClose} title="Keys and help" size="md">
      <div className="stack">
        {lists.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className="key-list">
              {keys.map(([names, what]) => (
                <div key={what}>
                  <dt>
                    {names.map((name) =>
                      name === '–' ? <span key={name}>–</span> : <kbd key={name}>{name}</kbd>,
                    )}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <label className="check">
          <input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} />
          <span>
            Single keys act
            <span className="hint">Turn them off if you steer the computer by voice.</span>
          </span>
        </label>
        <p className="small mute">
          Programs can read and write the same data: <Link to="/api-reference">API reference</Link>.
        </p>
      </div>
    </Modal>
  );
}
