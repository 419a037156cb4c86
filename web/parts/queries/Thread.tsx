import { IconCheck, IconChevronDown, IconChevronUp, IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId, useRef, useState } from 'react';
import { readParticipant } from '../../../server/participants/contract.ts';
import { closeQuery, listQueries, type QueryView, replyToQuery } from '../../../server/queries/contract.ts';
import { readWorklist } from '../../../server/visits/contract.ts';
import { newKey, useCall } from '../../api.ts';
import { useMay, useStudyId } from '../../session.ts';
import { stamp } from '../../time.ts';
import { useKeys } from '../keys.ts';
import { Refusal } from '../Refusal.tsx';
import { useItemName, useQueryPlace } from './place.ts';

const touched = [listQueries, readParticipant, readWorklist];

interface Props {
  query: QueryView;
  /** Says whose query it is, where the page doesn't. */
  withParticipant?: boolean;
  previous?: () => void;
  next?: () => void;
}

/** One query: the answer it asks about, what was said, and the reply. R begins to write. */
export function Thread({ query, withParticipant = false, previous, next }: Props) {
  const study = useStudyId();
  const place = useQueryPlace();
  const itemName = useItemName();
  return (
    <section className="card thread" aria-label={`Query ${query.number}`}>
      <header>
        <div>
          <h2>
            Query {query.number}
            {withParticipant && (
              <>
                ,{' '}
                <Link
                  className="code"
                  to="/s/$study/participants/$participant"
                  params={{ study, participant: query.participant }}
                >
                  {query.participant}
                </Link>
              </>
            )}
          </h2>
          <p>{place(query)}</p>
        </div>
        {(previous || next) && (
          <div className="tools">
            <button
              type="button"
              className="btn quiet icon"
              aria-label="Previous query"
              disabled={!previous}
              onClick={previous}
            >
              <IconChevronUp className="ic" aria-hidden />
            </button>
            <button
              type="button"
              className="btn quiet icon"
              aria-label="Next query"
              disabled={!next}
              onClick={next}
            >
              <IconChevronDown className="ic" aria-hidden />
            </button>
          </div>
        )}
      </header>
      {query.instrument && query.item && (
        <div className="asked">
          <span className="grow">{itemName(query.instrument, query.item)}</span>
          <strong>{query.value ?? 'No answer'}</strong>
        </div>
      )}
      <div className="messages">
        <Message
          by={query.automatic ? 'Automatic check' : query.openedBy}
          at={query.openedAt}
          text={query.text}
        />
        {query.messages.map((message) => (
          <Message key={`${message.at} ${message.by}`} {...message} />
        ))}
      </div>
      <Answer key={query.id} query={query} />
    </section>
  );
}

function Message({ by, at, text }: { by: string; at: string; text: string }) {
  return (
    <article className="msg">
      <header>
        <strong>{by}</strong>
        <span className="small mute">{stamp(at)}</span>
      </header>
      {text}
    </article>
  );
}

function Answer({ query }: { query: QueryView }) {
  const study = useStudyId();
  const may = useMay();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [key, setKey] = useState(newKey);
  const [text, setText] = useState('');
  const params = { study, query: query.id };
  const reply = useCall(replyToQuery, { invalidates: touched });
  const close = useCall(closeQuery, { invalidates: touched });
  const open = query.status !== 'closed';
  useKeys(
    {
      r: (event) => {
        event.preventDefault();
        field.current?.focus();
      },
    },
    open && may('queries.reply'),
  );
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    reply.mutate(
      { params, body: { key, text } },
      {
        onSuccess: () => {
          setText('');
          setKey(newKey());
        },
      },
    );
  };
  if (!open)
    return <p className="answer small mute">This query is closed. Its thread stays in the record.</p>;
  const { participant, visit, instrument } = query;
  return (
    <form className="answer" onSubmit={submit}>
      {may('queries.reply') && (
        <>
          <label className="lab" htmlFor={id}>
            Reply
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
        {may('forms.enter') && visit && instrument && (
          <Link
            className="btn sm"
            to="/s/$study/participants/$participant/$visit/$instrument"
            params={{ study, participant, visit, instrument }}
            search={query.item ? { item: query.item } : {}}
          >
            <IconPencil className="ic" aria-hidden />
            Correct the value
          </Link>
        )}
        {may('queries.close') && (
          <button
            type="button"
            className="btn sm"
            disabled={close.isPending}
            onClick={() => close.mutate({ params })}
          >
            <IconCheck className="ic" aria-hidden />
            Close query {query.number}
          </button>
        )}
        <span className="grow" />
        {may('queries.reply') && (
          <>
            <kbd className="only-wide" aria-hidden>
              R
            </kbd>
            <button type="submit" className="btn pri sm" disabled={reply.isPending || text.trim() === ''}>
              Reply
            </button>
          </>
        )}
      </div>
    </form>
  );
}
