import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import {
  idempotencyKey,
  instant,
  participantCode,
  participantParams,
  reason,
  studyParams,
} from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

const belowStudy = [
  z.strictObject({ level: z.literal('site'), site: identifier }),
  z.strictObject({ level: z.literal('participant'), participant: participantCode }),
  z.strictObject({ level: z.literal('visit'), participant: participantCode, visit: identifier }),
  z.strictObject({
    level: z.literal('form'),
    participant: participantCode,
    visit: identifier,
    instrument: identifier,
  }),
] as const;

/** What is frozen or locked: everything at it and under it. */
export const scope = z.discriminatedUnion('level', [
  z.strictObject({ level: z.literal('study') }),
  ...belowStudy,
]);
export type Scope = z.infer<typeof scope>;

export const holdView = z.strictObject({
  id: z.string(),
  kind: z
    .enum(['frozen', 'locked'])
    .describe('Frozen: data can’t be changed, queries can be answered. Locked: nothing can be written.'),
  scope,
  label: z.string().describe('What is held, in words.'),
  reason: z.string(),
  leftOpen: z
    .array(z.strictObject({ label: z.string(), count: z.int() }))
    .describe('What was still open when it was locked all the same.'),
  at: instant,
  by: z.string(),
  lifted: z.strictObject({ at: instant, by: z.string(), reason: z.string() }).nullable(),
});
export type HoldView = z.infer<typeof holdView>;

export const studyLocked = z
  .strictObject({ at: instant, by: z.string() })
  .nullable()
  .describe('Since when the whole study is locked, and by whom; null while data can still change.');

export const listHolds = endpoint({
  id: 'locks.list',
  method: 'get',
  path: '/api/studies/:study/locks',
  summary: 'Freezes and locks: those in force and those that were lifted, newest first',
  access: 'locks.read',
  params: studyParams,
  reply: z.strictObject({ holds: z.array(holdView) }),
});

export const participantHolds = endpoint({
  id: 'locks.participant',
  method: 'get',
  path: '/api/studies/:study/participants/:participant/locks',
  summary: 'What is frozen or locked of a participant now, also by the site or the study',
  access: 'forms.read',
  params: participantParams,
  reply: z.strictObject({ holds: z.array(holdView) }),
});

export const readinessCheck = z.strictObject({
  check: z.string(),
  label: z.string(),
  count: z.int(),
  where: z
    .array(
      z.strictObject({
        participant: participantCode,
        visit: identifier.nullable(),
        instrument: identifier.nullable(),
        note: z.string(),
      }),
    )
    .describe('The first fifty.'),
});
export type ReadinessCheck = z.infer<typeof readinessCheck>;

export const lockReadiness = endpoint({
  id: 'locks.readiness',
  method: 'get',
  path: '/api/studies/:study/locks/readiness',
  summary: 'What stands against locking the study, a site or a participant',
  access: 'locks.read',
  params: studyParams,
  query: z.strictObject({ site: identifier.optional(), participant: participantCode.optional() }),
  reply: z.strictObject({
    participants: z.int(),
    open: z.int().describe('Sum of the counts.'),
    checks: z.array(readinessCheck),
  }),
});

const placing = { key: idempotencyKey, reason };
const override = reason
  .optional()
  .describe('Why it is locked although something is still open; kept with the lock and in the audit trail.');

export const freezeData = endpoint({
  id: 'locks.freeze',
  method: 'post',
  path: '/api/studies/:study/freezes',
  summary: 'Freeze: data can’t be changed any more, queries can still be answered',
  access: 'locks.freeze',
  params: studyParams,
  body: z.strictObject({ ...placing, scope }),
  reply: holdView,
});

export const lockData = endpoint({
  id: 'locks.lock',
  method: 'post',
  path: '/api/studies/:study/locks',
  summary: 'Lock a site, participant, visit or form: nothing at it or under it can be written',
  access: 'locks.lock',
  params: studyParams,
  body: z.strictObject({ ...placing, scope: z.discriminatedUnion('level', [...belowStudy]), override }),
  reply: holdView,
});

export const lockStudy = endpoint({
  id: 'locks.lock-study',
  method: 'post',
  path: '/api/studies/:study/locks/study',
  summary: 'Lock the whole study',
  access: 'locks.lock-study',
  params: studyParams,
  body: z.strictObject({ ...placing, override }),
  reply: holdView,
});

const lifting = { params: studyParams.extend({ hold: z.string() }), body: z.strictObject({ reason }) };

export const unfreezeData = endpoint({
  id: 'locks.unfreeze',
  method: 'post',
  path: '/api/studies/:study/freezes/:hold/lifting',
  summary: 'Unfreeze, with a reason',
  access: 'locks.freeze',
  ...lifting,
  reply: holdView,
});

export const unlockData = endpoint({
  id: 'locks.unlock',
  method: 'post',
  path: '/api/studies/:study/locks/:hold/lifting',
  summary: 'Unlock, with a reason',
  access: 'locks.unlock',
  ...lifting,
  reply: holdView,
});
