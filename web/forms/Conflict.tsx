import { IconArrowsDiff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FormView, ItemValue } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { t } from '../language/t.ts';
import { useSession } from '../session.ts';
import { fullDay, localDay, recent } from '../time.ts';
import { answerInWords } from './answer.ts';
import { type Choice, type Difference, differences, merge, type Work, workOf } from './difference.ts';
import { fieldName } from './fieldName.ts';
import css from './forms.module.css';

interface Props {
  instrument: InstrumentDocument;
  missing: readonly { code: string; label: string }[];
  base: Work;
  mine: Work;
  theirs: FormView;
  onSettle(work: Work, reason?: string): void;
}

/** Two versions of one form, field by field. Nothing is written until a value is chosen for each. */
export function Conflict({ instrument, missing, base, mine, theirs, onSettle }: Props) {
  const me = useSession().user.name;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
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
  const who = theirs.by ?? t('Someone else');
  const when = theirs.at && recent(theirs.at, localDay(new Date().toISOString()));
  const words = (row: Difference, value: ItemValue | null) => {
    if (value === null) return t('Blank');
    const item = instrument.items.find(({ id }) => id === row.item);
    if (item) return answerInWords(item, value, missing);
    const text = 'value' in value ? String(value.value) : '';
    return row.field === 'assessedOn' ? fullDay(text) : text;
  };
  const takeAll = (choice: Choice) =>
    setChoices(Object.fromEntries(rows.map(({ field }) => [field, choice])));
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
          <span className={css.whose}>{choice === 'mine' ? t('Yours') : t('On the server')}</span>
          {words(row, choice === 'mine' ? row.mine : row.theirs)}
          {row.changedBy === (choice === 'mine' ? 'me' : 'them') && (
            <small>{t('the only one changed')}</small>
          )}
        </span>
      </label>
    </td>
  );
  return (
    <section className={`card ${css.conflict}`} aria-labelledby="two-versions">
      <header>
        <IconArrowsDiff className="ic" aria-hidden />
        <div>
          <h2 id="two-versions" ref={heading} tabIndex={-1}>
            {t('Two versions of this form')}
          </h2>
          <p>
            {who === me ? t('You saved it in another place') : t('{who} saved it', { who })}
            {when ? `, ${when},` : ''}{' '}
            {t('while you were entering. Nothing was overwritten: choose a value for each field.')}
          </p>
        </div>
      </header>
      <fieldset className={css.takeAll} aria-label={t('Choose for every field')}>
        <button type="button" className="btn sm" onClick={() => takeAll('mine')}>
          {t('All mine')}
        </button>
        <button type="button" className="btn sm" onClick={() => takeAll('theirs')}>
          {t('All from the server')}
        </button>
      </fieldset>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('Field')}</th>
            <th scope="col">{t('Yours, on this device')}</th>
            <th scope="col">
              {who === me ? t('Yours') : `${who}’s`}
              {t(', on the server')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field} data-open={choices[row.field] ? undefined : true}>
              <th scope="row">{fieldName(instrument, row.field)}</th>
              {side(row, 'mine')}
              {side(row, 'theirs')}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={css.end}>
        <p role="status">
          {open > 0 ? t('{open} still to choose.', { open }) : t('Each field has its value.')}
        </p>
        {needsReason && (
          <input
            className={`inp ${css.grow}`}
            aria-label={t('Reason for the change')}
            placeholder={t('Reason for the change; the form is complete')}
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
          {t('Save what I chose')}
        </button>
      </div>
    </section>
  );
}
