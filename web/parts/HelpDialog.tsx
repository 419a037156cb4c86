import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { useSingleKeys } from './keys.ts';

const lists: { title: string; keys: [string[], string][] }[] = [
  {
    title: t('Everywhere'),
    keys: [
      [['/'], t('Find a participant or page')],
      [['?'], t('This list')],
      [[t('Esc')], t('Close a dialog')],
    ],
  },
  {
    title: t('Worklist, participants and queries'),
    keys: [
      [['J'], t('Next row')],
      [['K'], t('Previous row')],
      [['Enter'], t('Open the row')],
      [['E'], t('Enrol a participant')],
      [['R'], t('Reply to the query')],
      [['C'], t('Close the query')],
    ],
  },
  {
    title: t('Form entry'),
    keys: [
      [['0', '–', '9'], t('Answer and go on')],
      [['Enter'], t('Next item')],
      [['Shift', 'Tab'], t('Back')],
      [['M'], t('Say why an answer is missing')],
      [[t('Ctrl'), 'Z'], t('Undo the last change')],
    ],
  },
];

/** Every key, the switch that turns single keys off, and where to read on. */
export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const [on, set] = useSingleKeys();
  return (
    <Modal opened onClose={onClose} title={t('Keys and help')} size="md">
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
            {t('Single keys act')}
            <span className="hint">{t('Turn them off if you steer the computer by voice.')}</span>
          </span>
        </label>
        <p className="small mute">
          {rich('Programs can read and write the same data: <a>API reference</a>.', {
            a: (inner) => <Link to="/api-reference">{inner}</Link>,
          })}
        </p>
      </div>
    </Modal>
  );
}
