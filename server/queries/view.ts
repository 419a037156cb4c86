import { reaches } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { blindPlaces } from '../doubleEntry/blind.ts';
import { notFound } from '../errors.ts';
import type { ItemValues } from '../forms/contract.ts';
import { studyOfForm } from '../forms/place.ts';
import { answerInWords } from '../forms/rules.ts';
import { formsOf } from '../forms/store.ts';
import type { Caller, Services } from '../services.ts';
import type { RoleName } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';
import { type Holder, holderOf, standingOf } from './asker.ts';
import type { MessageAct, QueryQuestion, QueryStatus, QueryView } from './contract.ts';
import { itemIn, namesIn } from './names.rules.ts';
import { actsOn, daysOpen, isFor, openedWithin } from './rules.ts';
import {
  countByStatus,
  findQuery,
  listQueries as list,
  messagesOf,
  type QueryFilter,
  type QueryRecord,
} from './store.ts';

/** Who asks, closes and reopens where a check does it by itself. */
export const AUTOMATIC = 'Automatic check';

/** One query, if its participant is within the caller's reach. */
export async function findReachable(db: Connection, caller: Caller, id: string): Promise<QueryRecord> {
  const query = await findQuery(db, caller.study.id, id);
  if (!query || !reaches(caller.sites, query.site)) throw notFound('The query');
  return query;
}

export async function viewQuery(services: Services, caller: Caller, id: string): Promise<QueryView> {
  const db = services.db.read;
  const query = await findReachable(db, caller, id);
  const [view] = await viewAll(services, db, caller, await holderOf(db, caller), [query]);
  return view!;
}

/** A page of queries with their threads, and how many are in each state. */
export async function listQueries(
  services: Services,
  caller: Caller,
  { page, size, ...asked }: { page: number; size: number } & Asked,
) {
  const db = services.db.read;
  const holder = await holderOf(db, caller);
  const filter = filterOf(services, caller, holder, asked);
  const rows = await list(db, caller.study.id, filter, { page, size });
  const counts = await countByStatus(db, caller.study.id, filter);
  return {
    rows: await viewAll(services, db, caller, holder, rows),
    total: totalOf(filter.status, counts),
    counts,
  };
}

/** Every query that the filter lets through. */
export async function allQueries(services: Services, caller: Caller, asked: Asked): Promise<QueryView[]> {
  const db = services.db.read;
  const holder = await holderOf(db, caller);
  const rows = await list(db, caller.study.id, filterOf(services, caller, holder, asked));
  return viewAll(services, db, caller, holder, rows);
}

export type Asked = Partial<Omit<QueryQuestion, 'page' | 'size' | 'status'>> & {
  status: QueryQuestion['status'];
};

function filterOf(services: Services, { sites }: Caller, { waiting }: Holder, asked: Asked): QueryFilter {
  const { owner, opened, age, ...plain } = asked;
  return {
    ...plain,
    sites,
    automatic: opened === undefined ? undefined : opened === 'automatic',
    opened: age === undefined ? undefined : openedWithin(age, services.now().toISOString()),
    owner: owner === undefined ? undefined : ownerOf(owner, waiting),
  };
}

function ownerOf(owner: string, waiting: Holder['waiting']): QueryFilter['owner'] {
  if (owner === 'site') return 'site';
  if (owner === 'me') return { waiting };
  const [kind, name] = owner.split(':') as [string, string];
  return kind === 'person' ? { person: name } : { role: name };
}

function totalOf(status: string, counts: Record<QueryStatus, number>): number {
  if (status === 'unresolved') return counts.open + counts.answered;
  if (status === 'all') return counts.open + counts.answered + counts.closed + counts.cancelled;
  return counts[status as QueryStatus];
}

async function viewAll(
  services: Services,
  db: Connection,
  caller: Caller,
  holder: Holder,
  queries: readonly QueryRecord[],
): Promise<QueryView[]> {
  const now = services.now().toISOString();
  const messages = await messagesOf(
    db,
    queries.map((query) => query.id),
  );
  const threads = new Map<string, typeof messages>();
  for (const message of messages) {
    const thread = threads.get(message.query_id);
    if (thread) thread.push(message);
    else threads.set(message.query_id, [message]);
  }
  const names = await userNames(db, [
    ...queries
      .flatMap((query) => [query.opened_by, query.closed_by, query.owner_id])
      .filter((id) => id !== null),
    ...messages.map((message) => message.sent_by),
  ]);
  const name = (id: string): string => names.get(id) ?? id;
  const forms = new Map(
    (await formsOf(db, [...new Set(queries.map((query) => query.participant_id))])).map((form) => [
      `${form.participant_id} ${form.visit} ${form.instrument}`,
      form,
    ]),
  );
  const hidden = await blindPlaces(
    db,
    caller,
    queries.map((query) => query.participant_id),
  );
  return queries.map((query) => {
    const standing = standingOf(query);
    const asker = holder.at(query.site);
    const form = forms.get(`${query.participant_id} ${query.visit} ${query.instrument}`);
    const study = studyOfForm(caller.study, query, form);
    return {
      id: query.id,
      number: query.number,
      version: query.version,
      participant: query.code,
      site: query.site,
      visit: query.visit,
      instrument: query.instrument,
      item: query.item,
      studyVersion: study.version,
      called: namesIn(study, query),
      status: standing.status,
      automatic: standing.automatic,
      text: query.text,
      openedAt: query.opened_at,
      openedBy: standing.automatic ? AUTOMATIC : name(query.opened_by),
      closedAt: query.closed_at,
      closedBy:
        query.closed_at === null ? null : query.closed_by === null ? AUTOMATIC : name(query.closed_by),
      days: daysOpen(query.opened_at, query.closed_at ?? now),
      owner: {
        person: query.owner_id === null ? null : { id: query.owner_id, name: name(query.owner_id) },
        role: query.owner_id === null ? (query.owner_role as RoleName | null) : null,
      },
      forMe: isFor(standing, asker),
      acts: actsOn(standing, asker),
      messages: (threads.get(query.id) ?? []).map((message) => ({
        at: message.sent_at,
        by: message.automatic === 1 ? AUTOMATIC : name(message.sent_by),
        text: message.text,
        act: message.act as MessageAct,
        automatic: message.automatic === 1,
      })),
      value: hidden(query.participant_id, query.visit, query.instrument)
        ? null
        : currentAnswer(study, query, form?.answers),
    };
  });
}

function currentAnswer(study: Study, query: QueryRecord, answers: string | undefined): string | null {
  if (query.item === null || answers === undefined) return null;
  const item = itemIn(study, query)?.definition;
  const answer = (JSON.parse(answers) as ItemValues)[query.item];
  return item && answer ? answerInWords(item, answer, study.document.missing) : null;
}
