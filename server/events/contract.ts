import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { day, idempotencyKey, instant, participantParams, reason, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import { followUpParts } from './rules.ts';

export const followUpPart = z.enum(followUpParts);
export type FollowUpPart = z.infer<typeof followUpPart>;

export const askedBy = z.enum(['participant', 'investigator', 'sponsor']);

/** Where the follow-up of one participant stands, and how it came to that. */
export const followUpView = z.strictObject({
  number: z.int().describe('Of the last change; send it back with the next one. 0: everything goes on.'),
  stopped: z.array(z.strictObject({ part: followUpPart, since: day })),
  changes: z.array(
    z.strictObject({
      number: z.int(),
      on: day,
      stops: z.array(followUpPart).describe('What newly stopped.'),
      resumes: z.array(followUpPart).describe('What went on again.'),
      askedBy: askedBy.nullable(),
      reason: identifier.nullable(),
      detail: z.string(),
      by: z.string(),
      at: instant,
    }),
  ),
});
export type FollowUpView = z.infer<typeof followUpView>;

export const changeFollowUp = endpoint({
  id: 'events.follow-up',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/follow-up',
  summary: 'Record which follow-up stops and which goes on: a withdrawal, or its reversal',
  access: 'events.record',
  params: participantParams,
  body: z.strictObject({
    key: idempotencyKey,
    number: z.int().describe('Of the change that it is made on.'),
    on: day,
    stops: z
      .array(followUpPart)
      .max(5)
      .describe('All that is stopped from that day on; an empty list: nothing.'),
    askedBy,
    reason: identifier.nullable().describe('One of the protocol’s reasons; needed when something stops.'),
    detail: z.string().trim().max(500).describe('Needed when something goes on again.'),
    event: identifier
      .nullable()
      .default(null)
      .describe('When treatment stops: also records this event of the protocol, on the same day.'),
  }),
  reply: z.strictObject({ number: z.int() }),
});

const eventParams = studyParams.extend({ event: z.string().min(1).max(60) });
const saved = z.strictObject({ id: z.string(), version: z.int() });

export const correctEvent = endpoint({
  id: 'events.correct',
  method: 'put',
  path: '/api/studies/:study/events/:event',
  summary: 'Correct the days or the detail of an event, with a reason; earlier versions are kept',
  access: 'events.record',
  params: eventParams,
  body: z.strictObject({
    version: z.int(),
    reason,
    on: day,
    until: day.nullable(),
    detail: z.string().trim().max(500),
  }),
  reply: saved,
});

export const strikeEvent = endpoint({
  id: 'events.strike',
  method: 'post',
  path: '/api/studies/:study/events/:event/strike',
  summary: 'Mark an event as entered in error; it stays on record, struck through',
  access: 'events.record',
  params: eventParams,
  body: z.strictObject({ version: z.int(), reason }),
  reply: saved,
});

export const eventVersions = endpoint({
  id: 'events.versions',
  method: 'get',
  path: '/api/studies/:study/events/:event/versions',
  summary: 'Every version of an event, newest first, with who, when and why',
  access: 'participants.read',
  params: eventParams,
  reply: z.strictObject({
    versions: z.array(
      z.strictObject({
        version: z.int(),
        at: instant,
        by: z.string(),
        reason: z.string().nullable(),
        struck: z.boolean(),
        on: day,
        until: day.nullable(),
        detail: z.string(),
      }),
    ),
  }),
});
