import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idempotencyKey, instant, pageQuery, participantCode, reason, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import { roleName } from '../studies/document.ts';
import { place } from './place.ts';

export const queryStatus = z.enum(['open', 'answered', 'closed', 'cancelled']);
export type QueryStatus = z.infer<typeof queryStatus>;

export const messageAct = z.enum(['reply', 'assign', 'close', 'reopen', 'cancel']);
export type MessageAct = z.infer<typeof messageAct>;

/** What a caller may do with one query. */
export const queryAct = z.enum(['reply', 'assign', 'close', 'reopen', 'cancel']);
export type QueryAct = z.infer<typeof queryAct>;

const text = z.string().trim().min(1).max(1000);
const version = z.int().positive().describe('The version that the caller saw; a stale one is a conflict.');

export const owner = z
  .union([z.strictObject({ person: z.string().min(1).max(64) }), z.strictObject({ role: roleName })])
  .nullable()
  .describe('Who is to answer: a person, a role at the site, or anyone of the site.');
export type Owner = z.infer<typeof owner>;

export const queryView = z.strictObject({
  id: z.string(),
  number: z.int(),
  version: z.int(),
  participant: participantCode,
  site: identifier,
  ...place,
  status: queryStatus,
  automatic: z.boolean(),
  text: z.string(),
  openedAt: instant,
  openedBy: z.string(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  days: z.int().nonnegative().describe('Whole days that it has been open, or was until it was closed.'),
  owner: z.strictObject({
    person: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    role: roleName.nullable().describe('Null with no person either: anyone of the site.'),
  }),
  forMe: z.boolean().describe('Whether it waits for the caller: to answer it, or to look at the answer.'),
  acts: z.array(queryAct).describe('What the caller may do with it now.'),
  messages: z.array(
    z.strictObject({
      at: instant,
      by: z.string(),
      text: z.string(),
      act: messageAct,
      automatic: z.boolean(),
    }),
  ),
  value: z.string().nullable().describe('The current answer of the item in words.'),
});
export type QueryView = z.infer<typeof queryView>;

const filters = {
  status: z.enum([...queryStatus.options, 'unresolved', 'all']).default('unresolved'),
  participant: participantCode.optional(),
  site: identifier.optional(),
  visit: identifier.optional(),
  instrument: identifier.optional(),
  owner: z
    .union([z.enum(['me', 'site']), z.string().regex(/^(person|role):[\w-]{1,64}$/)])
    .optional()
    .describe('me: what waits for the caller; site: what nobody in particular owns; person:ID or role:NAME.'),
  opened: z.enum(['automatic', 'manual']).optional(),
  age: z
    .enum(['new', 'ageing', 'old', 'overdue'])
    .optional()
    .describe('new: under 7 days; ageing: 7 to 13; old: 14 to 27; overdue: 28 and more.'),
  sort: z.enum(['oldest', 'newest', 'participant', 'site']).default('oldest'),
};

const counts = z.strictObject({ open: z.int(), answered: z.int(), closed: z.int(), cancelled: z.int() });

export const listQueries = endpoint({
  id: 'queries.list',
  method: 'get',
  path: '/api/studies/:study/queries',
  summary: 'Queries at the sites of the caller, oldest first',
  access: 'queries.read',
  params: studyParams,
  query: z.strictObject({ ...pageQuery, ...filters }),
  reply: z.strictObject({
    rows: z.array(queryView),
    total: z.int(),
    counts: counts.describe('By state, under the same filters but the state.'),
  }),
});
export type QueryQuestion = z.output<NonNullable<typeof listQueries.query>>;

export const exportQueries = endpoint({
  id: 'queries.export',
  method: 'get',
  path: '/api/studies/:study/exports/queries.csv',
  summary: 'Queries with their threads as CSV: one row for each message, the question first',
  access: 'queries.read',
  params: studyParams,
  query: z.strictObject(filters),
  produces: 'text/csv',
});

export const ageingOfQueries = endpoint({
  id: 'queries.ageing',
  method: 'get',
  path: '/api/studies/:study/queries-by-age',
  summary: 'How long the queries of each site have waited',
  access: 'queries.read',
  params: studyParams,
  reply: z.strictObject({
    sites: z.array(
      z.strictObject({
        site: identifier,
        unresolved: z.int(),
        new: z.int().describe('Under 7 days'),
        ageing: z.int().describe('7 to 13 days'),
        old: z.int().describe('14 to 27 days'),
        overdue: z.int().describe('28 days and more'),
        closed: z.int(),
        medianDays: z.number().nullable().describe('Median days from opening to closing, of those closed.'),
      }),
    ),
  }),
});

export const queryPeople = endpoint({
  id: 'queries.people',
  method: 'get',
  path: '/api/studies/:study/query-owners',
  summary: 'Who can own a query: people who answer queries, with their roles and sites',
  access: 'queries.assign',
  params: studyParams,
  reply: z.strictObject({
    people: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        role: roleName,
        site: identifier.nullable().describe('Null: all sites.'),
      }),
    ),
  }),
});

export const openQuery = endpoint({
  id: 'queries.open',
  method: 'post',
  path: '/api/studies/:study/queries',
  summary: 'Ask the site about an answer, a form or a participant',
  access: 'queries.open',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    participant: participantCode,
    visit: identifier.optional(),
    instrument: identifier.optional(),
    item: identifier.optional(),
    text: z.string().trim().min(3).max(1000),
    owner: owner.optional(),
  }),
  reply: queryView,
});

const ofQuery = studyParams.extend({ query: z.string() });

export const replyToQuery = endpoint({
  id: 'queries.reply',
  method: 'post',
  path: '/api/studies/:study/queries/:query/messages',
  summary: 'Reply in the thread; a reply of the site marks the query answered',
  access: 'queries.reply',
  params: ofQuery,
  body: z.strictObject({ key: idempotencyKey, text }),
  reply: queryView,
});

export const assignQuery = endpoint({
  id: 'queries.assign',
  method: 'post',
  path: '/api/studies/:study/queries/:query/owner',
  summary: 'Give a query to a person, a role at the site or anyone of the site',
  access: 'queries.assign',
  params: ofQuery,
  body: z.strictObject({ key: idempotencyKey, version, owner }),
  reply: queryView,
});

export const closeQuery = endpoint({
  id: 'queries.close',
  method: 'post',
  path: '/api/studies/:study/queries/:query/closure',
  summary: 'Close a query: monitors their own, data managers all',
  access: 'queries.close',
  params: ofQuery,
  body: z.strictObject({ key: idempotencyKey, version, text: text.optional() }),
  reply: queryView,
});

export const reopenQuery = endpoint({
  id: 'queries.reopen',
  method: 'post',
  path: '/api/studies/:study/queries/:query/reopening',
  summary: 'Reopen a closed query with a reason: whoever closed it, or a data manager',
  access: 'queries.close',
  params: ofQuery,
  body: z.strictObject({ key: idempotencyKey, version, reason }),
  reply: queryView,
});

export const cancelQuery = endpoint({
  id: 'queries.cancel',
  method: 'post',
  path: '/api/studies/:study/queries/:query/cancellation',
  summary: 'Cancel a query that was opened in error, with a reason: whoever opened it, or a data manager',
  access: 'queries.close',
  params: ofQuery,
  body: z.strictObject({ key: idempotencyKey, version, reason }),
  reply: queryView,
});

export const bulkQueries = endpoint({
  id: 'queries.bulk',
  method: 'post',
  path: '/api/studies/:study/queries-in-bulk',
  summary: 'Close, assign or reply to several queries at once: all of them or none',
  access: 'queries.bulk',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    act: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('close'), text: text.optional() }),
      z.strictObject({ do: z.literal('reply'), text }),
      z.strictObject({ do: z.literal('assign'), owner }),
    ]),
    queries: z
      .array(z.strictObject({ id: z.string().min(1).max(64), version }))
      .min(1)
      .max(200),
  }),
  reply: z.strictObject({
    rows: z.array(z.strictObject({ id: z.string(), number: z.int(), status: queryStatus, version: z.int() })),
  }),
});
export type BulkAct = z.output<NonNullable<typeof bulkQueries.body>>['act'];
