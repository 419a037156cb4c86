import { type FormEvent, Fragment, useId, useState } from 'react';
import { findIdentity } from '../../../server/identity/contract.ts';
import { useCall } from '../../api.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { Refusal } from '../Refusal.tsx';
import { fieldLabels } from './words.ts';

const ways = ['name', 'telephone', 'email', 'nationalIdentifier'] as const;

/** Whose whole name, number or address it is; gives participant IDs to choose from. */
export function FindPerson({ choose }: { choose: (participant: string) => void }) {
  const id = useId();
  const study = useStudyId();
  const find = useCall(findIdentity);
  const [by, setBy] = useState<(typeof ways)[number]>('name');
  const [text, setText] = useState('');
  const act = (event: FormEvent) => {
    event.preventDefault();
    find.mutate({ params: { study }, body: { by, text } });
  };
  return (
    <form className="identity-find" onSubmit={act} autoComplete="off">
      <div>
        <label className="lab" htmlFor={`${id}-by`}>
          {t('Find by')}
        </label>
        <select
          className="inp"
          id={`${id}-by`}
          value={by}
          onChange={(event) => setBy(ways.find((way) => way === event.currentTarget.value) ?? 'name')}
        >
          {ways.map((way) => (
            <option key={way} value={way}>
              {fieldLabels[way]}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-text`}>
          {t('Whole name, number or address')}
        </label>
        <input
          className="inp"
          id={`${id}-text`}
          required
          minLength={2}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <button type="submit" className="btn" disabled={find.isPending}>
        {t('Find')}
      </button>
      <p role="status" className="ink2">
        {find.data &&
          (find.data.rows.length === 0 ? (
            t('Nobody at your sites.')
          ) : (
            <>
              {t('This is')}{' '}
              {find.data.rows.map(({ participant }, index) => (
                <Fragment key={participant}>
                  {index > 0 && ', '}
                  <button type="button" className="linklike code" onClick={() => choose(participant)}>
                    {participant}
                  </button>
                </Fragment>
              ))}
            </>
          ))}
      </p>
      <Refusal cause={find.error} />
    </form>
  );
}
