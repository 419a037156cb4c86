import { reaches } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { notFound } from '../errors.ts';
import type { ItemValues } from '../forms/contract.ts';
import { answerInWords } from '../forms/rules.ts';
import { formsOf } from '../forms/store.ts';
import type { Caller, Services } from '../services.ts';
import type { QueryView } from './contract.ts';
import { findQuery, listQueries as list, messagesOf, type QueryFilter, type QueryRecord } from './store.ts';

/** One query, if its participant is within the caller's reach. */
export async function findReachable(db: Connection, caller: Caller, id: string): Promise<QueryRecord> {
  const query = await findQuery(db, caller.study.id, id);
  if (!query || !reaches(caller.sites, query.site)) throw notFound('The query');
  return query;
}

export async function viewQuery(
  _services: Services,
  db: Connection,
  caller: Caller,
  id: string,
): Promise<QueryView> {
  const [view] = await viewAll(db, caller, [await findReachable(db, caller, id)]);
  return view!;
}

export async function listQueries(services: Services, caller: Caller, filter: Omit<QueryFilter, 'sites'>) {
  const db = services.db.read;
  const { rows, total } = await list(db, caller.study.id, { ...filter, sites: caller.sites });
  return { rows: await viewAll(db, caller, rows), total };
}

async function viewAll(
  db: Connection,
  caller: Caller,
  queries: readonly QueryRecord[],
): Promise<QueryView[]> {
  const messages = await messagesOf(
    db,
    queries.map((query) => query.id),
  );
  const names = await userNames(db, [
    ...queries.map((query) => query.opened_by),
    ...messages.map((message) => message.sent_by),
  ]);
  const forms = await formsOf(db, [...new Set(queries.map((query) => query.participant_id))]);
  return queries.map((query) => ({
    id: query.id,
    number: query.number,
    participant: query.code,
    site: query.site,
    visit: query.visit,
    instrument: query.instrument,
    item: query.item,
    status: query.status as QueryView['status'],
    automatic: query.automatic === 1,
    text: query.text,
    openedAt: query.opened_at,
    openedBy: query.automatic === 1 ? 'Automatic check' : (names.get(query.opened_by) ?? query.opened_by),
    messages: messages
      .filter((message) => message.query_id === query.id)
      .map((message) => ({
        at: message.sent_at,
        by: names.get(message.sent_by) ?? message.sent_by,
        text: message.text,
      })),
    value: currentAnswer(
      caller,
      query,
      forms.find(
        (form) =>
          form.participant_id === query.participant_id &&
          form.visit === query.visit &&
          form.instrument === query.instrument,
      )?.answers,
    ),
  }));
}

function currentAnswer(caller: Caller, query: QueryRecord, answers: string | undefined): string | null {
  if (query.item === null || query.instrument === null || answers === undefined) return null;
  const item = caller.study.instruments.get(query.instrument)?.items.find((one) => one.id === query.item);
  const answer = (JSON.parse(answers) as ItemValues)[query.item];
  return item && answer ? answerInWords(item, answer, caller.study.document.missing) : null;
}
