import { IconArrowsDiff } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormView, ItemValue } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { clock, fullDay } from '../time.ts';
import { answerInWords } from './answer.ts';
import { type Choice, type Difference, differences, merge, type Work, workOf } from './difference.ts';
import css from './forms.module.css';

interface Props {
  instrument: InstrumentDocument;
  missing: readonly { code: string; label: string }[];
  base: Work;
  mine: Work;
  theirs: FormView;
  onSettle(work: Work, reason?: string): void;
}

const heads: Record<string, string> = { assessedOn: 'Date of assessment', lateReason: 'Reason for the date' };

/** Two versions of one form, field by field. Nothing is written until a value is chosen for each. */
export function Conflict({ instrument, missing, base, mine, theirs, onSettle }: Props) {
  const order = instrument.items.map(({ id }) => id);
  const rows = differences(order, base, mine, workOf(theirs));
  const [choices, setChoices] = useState<Record<string, Choice>>(() =>
    Object.fromEntries(
      rows.flatMap(({ field, changedBy }) =>
        changedBy === 'both' ? [] : [[field, changedBy === 'me' ? 'mine' : 'theirs'] as const],
      ),
    ),
  );
  const [reason, setReason] = useState('');
  const open = rows.filter(({ field }) => !choices[field]).length;
  const needsReason = theirs.status === 'complete' && Object.values(choices).includes('mine');
  const who = theirs.by ?? 'Someone else';
  const words = (row: Difference, value: ItemValue | null) => {
    if (value === null) return 'Blank';
    const item = instrument.items.find(({ id }) => id === row.item);
    if (item) return answerInWords(item, value, missing);
    const text = 'value' in value ? String(value.value) : '';
    return row.field === 'assessedOn' ? fullDay(text) : text;
  };
  const side = (row: Difference, choice: Choice) => (
    <td>
      <label className={css.side}>
        <input
          type="radio"
          name={`version-${row.field}`}
          checked={choices[row.field] === choice}
          onChange={() => setChoices((before) => ({ ...before, [row.field]: choice }))}
        />
        <span>
          {words(row, choice === 'mine' ? row.mine : row.theirs)}
          {row.changedBy === (choice === 'mine' ? 'me' : 'them') && <small>the only one changed</small>}
        </span>
      </label>
    </td>
  );
  return (
    <section className="card" aria-labelledby="two-versions">
      <header>
        <IconArrowsDiff className="ic" aria-hidden />
        <div>
          <h2 id="two-versions">Two versions of this form</h2>
          <p>
            {who} saved it {theirs.at ? `at ${clock(theirs.at)}` : ''} while you were entering. Nothing was
            overwritten: choose a value for each field.
          </p>
        </div>
      </header>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Yours, on this device</th>
              <th scope="col">{who}’s, on the server</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.field}>
                <th scope="row">
                  {row.item === null
                    ? heads[row.field]
                    : `${order.indexOf(row.item) + 1} ${labelOf(instrument, row.item)}`}
                </th>
                {side(row, 'mine')}
                {side(row, 'theirs')}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.end}>
        <p>{open > 0 ? `${open} still to choose.` : 'Each field has its value.'}</p>
        {needsReason && (
          <input
            className={`inp ${css.grow}`}
            aria-label="Reason for the change"
            placeholder="Reason for the change; the form is complete"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
        <button
          type="button"
          className="btn pri"
          disabled={open > 0 || (needsReason && reason.trim().length < 3)}
          onClick={() =>
            onSettle(merge(mine, workOf(theirs), choices), needsReason ? reason.trim() : undefined)
          }
        >
          Save what I chose
        </button>
      </div>
    </section>
  );
}

const labelOf = (instrument: InstrumentDocument, item: string): string =>
  instrument.items.find(({ id }) => id === item)?.label ?? item;
