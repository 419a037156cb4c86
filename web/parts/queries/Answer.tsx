import { IconArrowBackUp, IconCheck, IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId, useRef, useState } from 'react';
import { readParticipant } from '../../../server/participants/contract.ts';
import { closeQuery, listQueries, type QueryView, replyToQuery } from '../../../server/queries/contract.ts';
import { isResolved } from '../../../server/queries/rules.ts';
import { readWorklist } from '../../../server/visits/contract.ts';
import { newKey, useCall } from '../../api.ts';
import { t } from '../../language/t.ts';
import { useMay, useStudyId } from '../../session.ts';
import { useKeys } from '../keys.ts';
import { Refusal } from '../Refusal.tsx';
import { GiveDialog, ReasonDialog } from './ActDialog.tsx';

const touched = [listQueries, readParticipant, readWorklist];

/** What the caller may do with the query: reply, close, give away, reopen, cancel. R writes, C closes. */
export function Answer({ query }: { query: QueryView }) {
  const study = useStudyId();
  const may = useMay();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [key, setKey] = useState(newKey);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<'give' | 'reopen' | 'cancel' | null>(null);
  const params = { study, query: query.id };
  const reply = useCall(replyToQuery, { invalidates: touched });
  const close = useCall(closeQuery, { invalidates: touched });
  const can = (act: QueryView['acts'][number]) => query.acts.includes(act);
  const said = () => {
    setText('');
    setKey(newKey());
    // The button is out of use again until more is written.
    field.current?.focus({ preventScroll: true });
  };
  const words = text.trim();
  const closeIt = () =>
    close.mutate(
      { params, body: { key, version: query.version, ...(words && { text: words }) } },
      { onSuccess: said },
    );
  useKeys(
    {
      r: (event) => {
        if (!can('reply')) return;
        event.preventDefault();
        field.current?.focus();
      },
      c: () => can('close') && !close.isPending && closeIt(),
    },
    query.acts.length > 0,
  );
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    reply.mutate({ params, body: { key, text } }, { onSuccess: said });
  };
  const { participant, visit, instrument } = query;
  const dialogs = (
    <>
      {asked === 'give' && <GiveDialog query={query} onClose={() => setAsked(null)} />}
      {(asked === 'reopen' || asked === 'cancel') && (
        <ReasonDialog query={query} act={asked} onClose={() => setAsked(null)} />
      )}
    </>
  );
  if (isResolved(query.status))
    return (
      <div className="answer">
        <p className="small mute">
          {query.status === 'cancelled'
            ? t('This query was cancelled: it was opened in error. Its thread stays in the record.')
            : t('This query is closed. Its thread stays in the record.')}
        </p>
        {can('reopen') && (
          <div className="row wrap">
            <button type="button" className="btn sm" onClick={() => setAsked('reopen')}>
              <IconArrowBackUp className="ic" aria-hidden />
              {t('Reopen query {number}', { number: query.number })}
            </button>
          </div>
        )}
        {dialogs}
      </div>
    );
  return (
    <>
      <form className="answer" onSubmit={submit}>
        {can('reply') && (
          <>
            <label className="lab" htmlFor={id}>
              {t('Reply')}
            </label>
            <textarea
              ref={field}
              className="inp"
              id={id}
              rows={3}
              maxLength={1000}
              required
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </>
        )}
        <Refusal cause={reply.error ?? close.error} />
        <div className="row wrap">
          {can('reply') && (
            <button type="submit" className="btn pri sm" disabled={reply.isPending || words === ''}>
              {t('Reply')}
            </button>
          )}
          {can('close') && (
            <button type="button" className="btn sm" disabled={close.isPending} onClick={closeIt}>
              <IconCheck className="ic" aria-hidden />
              {words ? t('Reply and close') : t('Close query {number}', { number: query.number })}
            </button>
          )}
          {may('forms.enter') && visit && instrument && (
            <Link
              className="btn sm"
              to="/s/$study/participants/$participant/$visit/$instrument"
              params={{ study, participant, visit, instrument }}
              search={query.item ? { item: query.item } : {}}
            >
              <IconPencil className="ic" aria-hidden />
              {t('Correct the value')}
            </Link>
          )}
          <span className="grow" />
          {can('assign') && (
            <button type="button" className="btn quiet sm" onClick={() => setAsked('give')}>
              {t('Give to…')}
            </button>
          )}
          {can('cancel') && (
            <button type="button" className="btn quiet sm" onClick={() => setAsked('cancel')}>
              {t('Cancel…')}
            </button>
          )}
        </div>
      </form>
      {dialogs}
    </>
  );
}
