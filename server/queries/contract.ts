import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idempotencyKey, instant, pageQuery, participantCode, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

export const queryStatus = z.enum(['open', 'answered', 'closed']);

export const queryView = z.strictObject({
  id: z.string(),
  number: z.int(),
  participant: participantCode,
  site: identifier,
  visit: identifier.nullable(),
  instrument: identifier.nullable(),
  item: identifier.nullable(),
  status: queryStatus,
  automatic: z.boolean(),
  text: z.string(),
  openedAt: instant,
  openedBy: z.string(),
  messages: z.array(z.strictObject({ at: instant, by: z.string(), text: z.string() })),
  value: z.string().nullable().describe('The current answer of the item in words.'),
});
export type QueryView = z.infer<typeof queryView>;

export const listQueries = endpoint({
  id: 'queries.list',
  method: 'get',
  path: '/api/studies/:study/queries',
  summary: 'Queries at the sites of the caller, oldest first',
  access: 'queries.read',
  params: studyParams,
  query: z.strictObject({
    ...pageQuery,
    status: z.enum(['open', 'answered', 'closed', 'unresolved']).default('unresolved'),
    participant: participantCode.optional(),
  }),
  reply: z.strictObject({ rows: z.array(queryView), total: z.int() }),
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
  }),
  reply: queryView,
});

export const replyToQuery = endpoint({
  id: 'queries.reply',
  method: 'post',
  path: '/api/studies/:study/queries/:query/messages',
  summary: 'Reply in the thread; a reply of the site marks the query answered',
  access: 'queries.reply',
  params: studyParams.extend({ query: z.string() }),
  body: z.strictObject({ key: idempotencyKey, text: z.string().trim().min(1).max(1000) }),
  reply: queryView,
});

export const closeQuery = endpoint({
  id: 'queries.close',
  method: 'post',
  path: '/api/studies/:study/queries/:query/closure',
  summary: 'Close a query',
  access: 'queries.close',
  params: studyParams.extend({ query: z.string() }),
  reply: queryView,
});
