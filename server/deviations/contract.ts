import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { day, idempotencyKey, instant, participantCode, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import {
  corrects,
  freeText,
  recordParams,
  recordStamp,
  recordsQuery,
  strikes,
  tellsVersions,
} from '../records/contract.ts';

export const deviationContent = z.strictObject({
  category: identifier.describe('One of the protocol’s categories, or of the usual set.'),
  severity: z
    .enum(['minor', 'major'])
    .describe(
      'Major: may touch a participant’s rights, safety or well-being, or the reliability of the data.',
    ),
  on: day,
  description: freeText(2000).min(3),
  action: freeText(2000).default('').describe('What was done about it, and so that it doesn’t happen again.'),
});
const review = z.strictObject({ by: z.string(), at: instant, note: z.string() });
export const deviationOnRecord = deviationContent.extend({
  review: review.nullable().describe('A later correction takes the review away.'),
});
export type DeviationContent = z.infer<typeof deviationOnRecord>;

const family = {
  id: 'deviations',
  what: 'a protocol deviation',
  content: deviationContent,
  read: 'deviations.read',
  write: 'deviations.record',
} as const;

export const deviationView = z.strictObject({ ...recordStamp, content: deviationOnRecord });
export type DeviationView = z.infer<typeof deviationView>;

export const derivedDeviation = z.strictObject({
  participant: participantCode,
  site: identifier,
  kind: z.enum(['out-of-window', 'ineligible', 'consent-expired', 'recorded-event']),
  severity: z.enum(['minor', 'major']),
  on: day,
  description: z.string(),
});
export type DerivedDeviation = z.infer<typeof derivedDeviation>;

export const listDeviations = endpoint({
  id: 'deviations.list',
  method: 'get',
  path: '/api/studies/:study/deviations',
  summary: 'Deviations that people recorded, and those that follow from the data',
  access: 'deviations.read',
  params: studyParams,
  query: recordsQuery,
  reply: z.strictObject({
    recorded: z.array(deviationView),
    kept: z.boolean().describe('Recorded ones are kept from a blinded role whom they could tell arms.'),
    derived: z.array(derivedDeviation).describe('Derived anew each time; they are stored nowhere.'),
  }),
});

export const addDeviation = endpoint({
  id: 'deviations.add',
  method: 'post',
  path: '/api/studies/:study/deviations',
  summary: 'Record a protocol deviation of a participant, or of a site as a whole',
  access: 'deviations.record',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    site: identifier,
    participant: participantCode.nullable(),
    content: deviationContent,
  }),
  reply: z.strictObject({ id: z.string(), version: z.int() }),
});
export const correctDeviation = corrects(family);
export const strikeDeviation = strikes(family);
export const deviationVersions = tellsVersions({ ...family, content: deviationOnRecord });

export const reviewDeviation = endpoint({
  id: 'deviations.review',
  method: 'post',
  path: '/api/studies/:study/deviations/:record/review',
  summary: 'Note that the deviation was reviewed',
  access: 'deviations.review',
  params: recordParams,
  body: z.strictObject({ version: z.int(), note: freeText(1000).default('') }),
  reply: z.strictObject({ id: z.string(), version: z.int() }),
});
