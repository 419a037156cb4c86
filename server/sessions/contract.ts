import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { day, idempotencyKey, participantCode, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import {
  corrects,
  freeText,
  recordStamp,
  recordsQuery,
  strikes,
  tellsVersions,
} from '../records/contract.ts';

const thing = z.string().min(1).max(60);
export const sessionContent = z.strictObject({
  number: z.int().min(1).max(500).describe('Counted for each participant from 1.'),
  on: day,
  attendance: z.enum(['attended', 'missed']),
  missedReason: freeText(300).describe('Why it was missed; empty for one that was attended.'),
  minutes: z.int().min(1).max(600).nullable().describe('How long it was; null for one that was missed.'),
  therapist: thing.nullable(),
  group: thing.nullable().describe('Null for individual therapy.'),
});
export type SessionContent = z.infer<typeof sessionContent>;

const family = {
  id: 'sessions',
  what: 'a therapy session',
  content: sessionContent,
  read: 'sessions.read',
  write: 'sessions.record',
} as const;

export const fidelityContent = z.strictObject({
  rater: freeText(80).min(2).describe('Somebody else than the session’s therapist.'),
  on: day.describe('Of the rating.'),
  ratings: z.record(identifier, z.int()).describe('Scale of the protocol → rating.'),
  note: freeText(1000).default(''),
});
export type FidelityContent = z.infer<typeof fidelityContent>;
const fidelityFamily = {
  id: 'fidelity',
  what: 'a fidelity rating of a session',
  content: fidelityContent,
  read: 'sessions.read',
  write: 'sessions.rate',
} as const;

export const sessionView = z.strictObject({
  ...recordStamp,
  content: sessionContent,
  sheet: z.string().describe('The session itself: the same for everyone of a group who was to come.'),
  therapistName: z.string().nullable(),
  groupName: z.string().nullable(),
});
export type SessionView = z.infer<typeof sessionView>;
export const fidelityView = z.strictObject({ ...recordStamp, sheet: z.string(), content: fidelityContent });
export type FidelityView = z.infer<typeof fidelityView>;

export const listSessions = endpoint({
  id: 'sessions.list',
  method: 'get',
  path: '/api/studies/:study/sessions',
  summary: 'Therapy sessions with who came, and their fidelity ratings, the latest session first',
  access: 'sessions.read',
  params: studyParams,
  query: recordsQuery,
  reply: z.strictObject({ rows: z.array(sessionView), fidelity: z.array(fidelityView) }),
});

export const recordSession = endpoint({
  id: 'sessions.record',
  method: 'post',
  path: '/api/studies/:study/sessions',
  summary: 'Record a session of one participant, or of a whole group in one sheet',
  access: 'sessions.record',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    on: day,
    minutes: z.int().min(1).max(600).nullable(),
    therapist: thing.nullable(),
    group: thing.nullable(),
    participants: z
      .array(
        z.strictObject({
          participant: participantCode,
          number: z.int().min(1).max(500),
          attended: z.boolean(),
          missedReason: freeText(300).default(''),
        }),
      )
      .min(1)
      .max(40),
  }),
  reply: z.strictObject({ sheet: z.string(), records: z.int() }),
});

export const correctSession = corrects(family);
export const strikeSession = strikes(family);
export const sessionVersions = tellsVersions(family);

export const rateSession = endpoint({
  id: 'fidelity.add',
  method: 'post',
  path: '/api/studies/:study/sessions/:sheet/fidelity',
  summary: 'Rate how closely a session kept to its manual',
  access: 'sessions.rate',
  params: studyParams.extend({ sheet: thing }),
  body: z.strictObject({ key: idempotencyKey, content: fidelityContent }),
  reply: z.strictObject({ id: z.string(), version: z.int() }),
});
export const correctFidelity = corrects(fidelityFamily);
export const strikeFidelity = strikes(fidelityFamily);
export const fidelityVersions = tellsVersions({
  ...fidelityFamily,
  content: fidelityContent.extend({ sheet: thing }),
});

export const summariseSessions = endpoint({
  id: 'sessions.summary',
  method: 'get',
  path: '/api/studies/:study/sessions/summary',
  summary: 'Sessions attended in each arm that has sessions, and their fidelity: CONSORT 2025 item 24a',
  access: 'sessions.read',
  params: studyParams,
  query: recordsQuery.pick({ site: true }),
  reply: z.strictObject({
    arms: z.array(
      z.strictObject({
        arm: identifier,
        label: z.string(),
        participants: z.int().describe('Allocated to it.'),
        attendedAny: z.int(),
        attended: z.int().describe('Sessions attended, of everyone.'),
        missed: z.int(),
        mean: z.number().nullable().describe('Sessions attended, of everyone allocated, none counting as 0.'),
        sd: z.number().nullable(),
        median: z.number().nullable(),
        most: z.int().nullable(),
        rated: z.int().describe('Sessions with a fidelity rating.'),
        sessions: z.int(),
        ratings: z.array(
          z.strictObject({
            scale: identifier,
            label: z.string(),
            n: z.int(),
            mean: z.number().nullable(),
            adequate: z
              .int()
              .nullable()
              .describe('Ratings that are adequate; null where the protocol sets no bar.'),
          }),
        ),
      }),
    ),
  }),
});
export type SessionSummary = z.infer<NonNullable<(typeof summariseSessions)['reply']>>;
