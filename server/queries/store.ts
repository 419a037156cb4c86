import type { ExpressionBuilder, Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Tables } from '../db/schema.ts';

export type QueryRecord = Selectable<Tables['query']> & { code: string; site: string };

const resolved = ['closed', 'cancelled'];

const withParticipant = (db: Connection, study: string) =>
  db
    .selectFrom('query')
    .innerJoin('participant', 'participant.id', 'query.participant_id')
    .selectAll('query')
    .select(['participant.code', 'participant.site'])
    .where('query.study_id', '=', study);

export async function findQuery(db: Connection, study: string, id: string): Promise<QueryRecord | undefined> {
  return withParticipant(db, study).where('query.id', '=', id).executeTakeFirst();
}

export async function findQueries(
  db: Connection,
  study: string,
  ids: readonly string[],
): Promise<QueryRecord[]> {
  if (ids.length === 0) return [];
  return withParticipant(db, study).where('query.id', 'in', ids).execute();
}

/** Roles of a caller that decide what waits for them, each with its sites; null: all sites. */
export interface Waiting {
  user: string;
  /** Of each role that a query can be owned by. */
  roles: readonly { role: string; sites: readonly string[] | null }[];
  siteRoles: readonly string[];
  /** Sites where the person manages data; empty: nowhere. */
  manages: readonly string[] | null;
}

export interface QueryFilter {
  sites: ReadonlySet<string> | null;
  status: string;
  participant?: string;
  site?: string;
  visit?: string;
  instrument?: string;
  owner?: { person: string } | { role: string } | 'site' | { waiting: Waiting };
  automatic?: boolean;
  opened?: { after: string | null; until: string };
  sort?: 'oldest' | 'newest' | 'participant' | 'site';
}

type Joined = ExpressionBuilder<Tables, 'query' | 'participant'>;

/** In SQL what `isFor` says of one query. */
function waitsFor(eb: Joined, { user, roles, siteRoles, manages }: Waiting) {
  const at = (sites: readonly string[] | null) =>
    sites === null
      ? eb.val(1).$castTo<number>()
      : sites.length === 0
        ? eb.val(0).$castTo<number>()
        : eb
            .case()
            .when('participant.site', 'in', [...sites])
            .then(1)
            .else(0)
            .end();
  const yes = (sites: readonly string[] | null) => eb(at(sites), '=', 1);
  const nobody = eb('query.owner_id', 'is', null);
  const open = eb.or([
    eb('query.owner_id', '=', user),
    ...roles.map(({ role, sites }) => eb.and([nobody, eb('query.owner_role', '=', role), yes(sites)])),
    ...roles
      .filter(({ role }) => siteRoles.includes(role))
      .map(({ sites }) => eb.and([nobody, eb('query.owner_role', 'is', null), yes(sites)])),
  ]);
  const answered = eb.or([
    eb.and([eb('query.automatic', '=', 0), eb('query.opened_by', '=', user)]),
    yes(manages),
  ]);
  return eb.or([
    eb.and([eb('query.status', '=', 'open'), open]),
    eb.and([eb('query.status', '=', 'answered'), answered]),
  ]);
}

function filtered(db: Connection, study: string, filter: QueryFilter, states = true) {
  let query = withParticipant(db, study);
  if (filter.sites) query = query.where('participant.site', 'in', [...filter.sites]);
  if (filter.site) query = query.where('participant.site', '=', filter.site);
  if (filter.participant) query = query.where('participant.code', '=', filter.participant);
  if (filter.visit) query = query.where('query.visit', '=', filter.visit);
  if (filter.instrument) query = query.where('query.instrument', '=', filter.instrument);
  if (filter.automatic !== undefined) query = query.where('query.automatic', '=', filter.automatic ? 1 : 0);
  if (filter.opened) {
    query = query.where('query.opened_at', '<=', filter.opened.until);
    if (filter.opened.after !== null) query = query.where('query.opened_at', '>', filter.opened.after);
  }
  const { owner } = filter;
  if (owner === 'site')
    query = query.where('query.owner_id', 'is', null).where('query.owner_role', 'is', null);
  else if (owner && 'waiting' in owner)
    query = query.where((eb) => waitsFor(eb as unknown as Joined, owner.waiting));
  else if (owner && 'person' in owner) query = query.where('query.owner_id', '=', owner.person);
  else if (owner)
    query = query.where('query.owner_id', 'is', null).where('query.owner_role', '=', owner.role);
  if (!states || filter.status === 'all') return query;
  return filter.status === 'unresolved'
    ? query.where('query.status', 'not in', resolved)
    : query.where('query.status', '=', filter.status);
}

export async function listQueries(
  db: Connection,
  study: string,
  filter: QueryFilter,
  page?: { page: number; size: number },
): Promise<QueryRecord[]> {
  let query = filtered(db, study, filter);
  if (filter.sort === 'participant') query = query.orderBy('participant.code');
  if (filter.sort === 'site') query = query.orderBy('participant.site');
  const way = filter.sort === 'newest' ? 'desc' : 'asc';
  query = query.orderBy('query.opened_at', way).orderBy('query.number', way);
  if (page) query = query.limit(page.size).offset((page.page - 1) * page.size);
  return query.execute();
}

/** How many there are in each state, under the filter but its state. */
export async function countByStatus(
  db: Connection,
  study: string,
  filter: QueryFilter,
): Promise<Record<'open' | 'answered' | 'closed' | 'cancelled', number>> {
  const rows = await filtered(db, study, filter, false)
    .clearSelect()
    .select(['query.status', (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy('query.status')
    .execute();
  const of = (status: string) => Number(rows.find((row) => row.status === status)?.n ?? 0);
  return { open: of('open'), answered: of('answered'), closed: of('closed'), cancelled: of('cancelled') };
}

/** State, opening and closing of every query at the sites. */
export async function timesOfQueries(db: Connection, study: string, sites: ReadonlySet<string> | null) {
  return filtered(db, study, { sites, status: 'all' })
    .clearSelect()
    .select(['participant.site', 'query.status', 'query.opened_at', 'query.closed_at'])
    .execute();
}

const unresolvedOfOne = prepared((db, { study, participant }: { study: string; participant: string }) =>
  withParticipant(db, study)
    .where('query.status', 'not in', resolved)
    .where('query.participant_id', '=', participant)
    .orderBy('query.opened_at'),
);

/** Queries that are neither closed nor cancelled, the oldest first; of some participants or of all. */
export async function unresolvedQueries(db: Connection, study: string, participants?: readonly string[]) {
  let query = withParticipant(db, study).where('query.status', 'not in', resolved);
  if (participants) {
    const [participant] = participants;
    if (participant === undefined) return [];
    if (participants.length === 1) return (await unresolvedOfOne(db, { study, participant })).rows;
    query = query.where('query.participant_id', 'in', participants);
  }
  return query.orderBy('query.opened_at').execute();
}

/** What automatic checks have asked about one form, in the order in which they asked. */
export async function automaticQueries(
  db: Connection,
  participant: string,
  place: { visit: string; instrument: string },
) {
  return db
    .selectFrom('query')
    .selectAll()
    .where('participant_id', '=', participant)
    .where('visit', '=', place.visit)
    .where('instrument', '=', place.instrument)
    .where('automatic', '=', 1)
    .orderBy('number')
    .execute();
}

export async function highestQueryNumber(db: Connection, study: string): Promise<number> {
  const { n } = await db
    .selectFrom('query')
    .select((eb) => eb.fn.max('number').as('n'))
    .where('study_id', '=', study)
    .executeTakeFirstOrThrow();
  return Number(n ?? 0);
}

export type NewQuery = Insertable<Tables['query']>;
export async function insertQuery(db: Connection, row: NewQuery): Promise<void> {
  await db.insertInto('query').values(row).execute();
}

export async function insertMessage(db: Connection, row: Insertable<Tables['query_message']>): Promise<void> {
  await db.insertInto('query_message').values(row).execute();
}

export async function messagesOf(db: Connection, queries: readonly string[]) {
  if (queries.length === 0) return [];
  return db
    .selectFrom('query_message')
    .selectAll()
    .where('query_id', 'in', queries)
    .orderBy('sent_at')
    .execute();
}

type Change = Partial<Pick<QueryRecord, 'status' | 'closed_at' | 'closed_by' | 'owner_id' | 'owner_role'>>;

/** Moves the query to its next version if it is still at `version`; false when someone else was faster. */
export async function updateQuery(
  db: Connection,
  id: string,
  version: number,
  change: Change,
): Promise<boolean> {
  const result = await db
    .updateTable('query')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
