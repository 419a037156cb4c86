import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idempotencyKey, instant, partialDay, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import {
  addsTo,
  corrects,
  freeText,
  recordParams,
  recordStamp,
  recordsQuery,
  strikes,
  tellsVersions,
} from '../records/contract.ts';

/** What makes an adverse event serious: ICH E2A, section II.B. */
export const seriousness = z.enum([
  'death',
  'life-threatening',
  'hospitalisation',
  'disability',
  'congenital-anomaly',
  'other-important',
]);
export type Seriousness = z.infer<typeof seriousness>;

export const harmContent = z.strictObject({
  term: freeText(200).min(3).describe('What happened, as the investigator calls it.'),
  onset: partialDay.describe('A part of the day may be unknown.'),
  end: partialDay.nullable(),
  ongoing: z.boolean(),
  serious: z.array(seriousness).max(6).describe('Criteria that it meets; an empty list: not serious.'),
  awareAt: instant
    .nullable()
    .describe('When the site became aware of a serious adverse event: its 24 hours run from here.'),
  severity: z.int().min(1).max(5).describe('1 mild, 2 moderate, 3 severe, 4 life-threatening, 5 fatal.'),
  relatedness: z
    .enum(['unrelated', 'unlikely', 'possible', 'probable', 'definite'])
    .describe('To what the participant gets in the study, whichever that is.'),
  expectedness: z.enum(['not-judged', 'expected', 'unexpected']).describe('Judged by an investigator only.'),
  action: z
    .enum(['none', 'reduced', 'interrupted', 'stopped', 'not-applicable', 'unknown'])
    .describe('What was done with the study treatment.'),
  outcome: z.enum(['recovered', 'recovering', 'not-recovered', 'sequelae', 'fatal', 'unknown']),
  narrative: freeText(4000).default(''),
});
export type HarmContent = z.infer<typeof harmContent>;

const family = {
  id: 'harms',
  what: 'an adverse event',
  content: harmContent,
  read: 'harms.read',
  write: 'harms.record',
} as const;

export const harmClock = z.strictObject({
  awareAt: instant,
  due: instant.describe('24 hours after the site became aware.'),
  state: z.enum(['running', 'overdue', 'reported']),
  late: z.boolean().describe('Not reported by then; a late report stays late.'),
});
export type HarmClock = z.infer<typeof harmClock>;

export const harmView = z.strictObject({
  ...recordStamp,
  content: harmContent,
  clock: harmClock.nullable().describe('For a serious one.'),
  unexpectedReaction: z
    .boolean()
    .describe('Serious, at least possibly related, and judged unexpected: a suspected SUSAR.'),
  reports: z.array(
    z.strictObject({
      number: z.int().describe('1: the first report; later ones follow up.'),
      at: instant.describe('Made by the server.'),
      by: z.string(),
      version: z.int().describe('The version of the adverse event that was reported.'),
      late: z.boolean(),
      note: z.string(),
    }),
  ),
});
export type HarmView = z.infer<typeof harmView>;

export const listHarms = endpoint({
  id: 'harms.list',
  method: 'get',
  path: '/api/studies/:study/harms',
  summary: 'Adverse events with the clock of the serious ones, newest first',
  access: 'harms.read',
  params: studyParams,
  query: recordsQuery,
  reply: z.strictObject({ now: instant, rows: z.array(harmView) }),
});

const counts = z.strictObject({
  participants: z.int().describe('Randomised.'),
  affected: z.int().describe('With at least one.'),
  events: z.int(),
  seriousAffected: z.int(),
  seriousEvents: z.int(),
  relatedAffected: z.int().describe('With at least one that is possibly, probably or definitely related.'),
  deaths: z.int(),
});
export const summariseHarms = endpoint({
  id: 'harms.summary',
  method: 'get',
  path: '/api/studies/:study/harms/summary',
  summary: 'Harms as CONSORT 2025 item 27 asks for them: by arm, or pooled for a blinded role',
  access: 'harms.read',
  params: studyParams,
  query: recordsQuery.pick({ site: true }),
  reply: z.strictObject({
    pooled: z.boolean(),
    arms: z.array(z.strictObject({ arm: identifier.nullable(), label: z.string(), ...counts.shape })),
    terms: z
      .array(
        z.strictObject({
          term: z.string(),
          affected: z.array(z.int()).describe('Participants, in the order of `arms`.'),
          events: z.array(z.int()),
        }),
      )
      .describe('By term, the most frequent first.'),
  }),
});
export type HarmSummary = z.infer<NonNullable<(typeof summariseHarms)['reply']>>;

export const addHarm = addsTo(family);
export const correctHarm = corrects(family);
export const strikeHarm = strikes(family);
export const harmVersions = tellsVersions(family);

export const reportHarm = endpoint({
  id: 'harms.report',
  method: 'post',
  path: '/api/studies/:study/harms/:record/reports',
  summary:
    'Note that a serious adverse event was reported to the sponsor now; the first report stops the clock',
  access: 'harms.record',
  params: recordParams,
  body: z.strictObject({
    key: idempotencyKey,
    version: z.int().describe('The version that was reported.'),
    note: freeText(1000).default('').describe('How, and to whom; for a follow-up, what is new.'),
  }),
  reply: z.strictObject({ number: z.int(), at: instant, late: z.boolean() }),
});
