import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MessageAct, QueryView } from '../../../server/queries/contract.ts';
import { isResolved } from '../../../server/queries/rules.ts';
import { said as inLanguage } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { stamp } from '../../time.ts';
import { Age } from './Age.tsx';
import { Answer } from './Answer.tsx';
import { waitsFor } from './ownerWords.ts';
import { queryPlace } from './place.ts';
import { QueryState } from './QueryState.tsx';
import { ValueHistory } from './ValueHistory.tsx';

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
  return (
    <section className="card thread" aria-label={t('Query {number}', { number: query.number })}>
      <header>
        <div>
          <h2>
            {t('Query {number}', { number: query.number })}
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
          <p>{queryPlace(query)}</p>
          <p className="standing">
            <QueryState status={query.status} />
            <Age query={query} />
            {!isResolved(query.status) && (
              <span>{query.forMe ? t('Waits for you') : `${t('Waits for:')} ${waitsFor(query)}`}</span>
            )}
            {query.status === 'closed' && (
              <span>{t('Closed by {closedBy}', { closedBy: query.closedBy })}</span>
            )}
          </p>
        </div>
        {(previous || next) && (
          <div className="tools">
            <button
              type="button"
              className="btn quiet icon"
              aria-label={t('Previous query')}
              disabled={!previous}
              onClick={previous}
            >
              <IconChevronUp className="ic" aria-hidden />
            </button>
            <button
              type="button"
              className="btn quiet icon"
              aria-label={t('Next query')}
              disabled={!next}
              onClick={next}
            >
              <IconChevronDown className="ic" aria-hidden />
            </button>
          </div>
        )}
      </header>
      <ValueHistory query={query} />
      <div className="messages">
        <Message
          by={query.automatic ? t('Automatic check') : query.openedBy}
          at={query.openedAt}
          text={query.automatic ? inLanguage(query.text) : query.text}
        />
        {query.messages.map((message) => (
          <Message key={`${message.at} ${message.by} ${message.act} ${message.text}`} {...message} />
        ))}
      </div>
      <Answer key={query.id} query={query} />
    </section>
  );
}

const said: Record<MessageAct, string | null> = {
  reply: null,
  assign: t('Given away'),
  close: t('Closed'),
  reopen: t('Reopened'),
  cancel: t('Cancelled'),
};

function Message({
  by,
  at,
  text,
  act = 'reply',
}: {
  by: string;
  at: string;
  text: string;
  act?: MessageAct;
}) {
  return (
    <article className={act === 'reply' ? 'msg' : 'msg act'}>
      <header>
        <strong>{by}</strong>
        {said[act] && <span className="tag">{said[act]}</span>}
        <span className="small mute at">{stamp(at)}</span>
      </header>
      {text}
    </article>
  );
}
