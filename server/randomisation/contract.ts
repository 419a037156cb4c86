import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import {
  idempotencyKey,
  instant,
  pageQuery,
  participantCode,
  participantParams,
  studyParams,
} from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

export const readiness = z.strictObject({
  ready: z.boolean(),
  checks: z.array(
    z.strictObject({
      id: z.enum(['eligibility', 'consent', 'baseline', 'queries', 'not-randomised']),
      met: z.boolean(),
      text: z.string(),
    }),
  ),
  fixes: z.array(z.strictObject({ label: z.string(), value: z.string() })).describe('What becomes fixed.'),
  method: z.string().describe('The allocation rule in words.'),
  designHash: z.string(),
});
export type Readiness = z.infer<typeof readiness>;

export const checkReadiness = endpoint({
  id: 'randomisation.check',
  method: 'get',
  path: '/api/studies/:study/participants/:participant/readiness',
  summary: 'Whether the participant can be randomised, or what is still open',
  access: 'participants.enrol',
  params: participantParams,
  reply: readiness,
});

/** What a blinded role gets: its contract has no arm field at all. */
export const blindedSlip = z.strictObject({
  masked: z.literal(true),
  participant: participantCode,
  number: z.int().describe('Sequence number of the allocation in the study.'),
  at: instant,
  by: z.string(),
});
export const openSlip = z.strictObject({
  masked: z.literal(false),
  participant: participantCode,
  number: z.int(),
  at: instant,
  by: z.string(),
  arm: z.strictObject({ id: identifier, short: z.string(), name: z.string() }),
  entryHash: z.string(),
});
export const slip = z.discriminatedUnion('masked', [blindedSlip, openSlip]);
export type Slip = z.infer<typeof slip>;

export const randomise = endpoint({
  id: 'randomisation.allocate',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/allocation',
  summary: 'Randomise the participant; the same key always returns the same result',
  access: 'participants.randomise',
  params: participantParams,
  body: z.strictObject({
    key: idempotencyKey,
    confirm: participantCode.describe('The participant ID, typed again.'),
  }),
  reply: slip,
});

export const revealArm = endpoint({
  id: 'randomisation.reveal',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/allocation/reveal',
  summary: 'Show the arm on the screen; the look is logged',
  access: 'allocation.reveal',
  params: participantParams,
  reply: openSlip,
});

export const allocationLog = endpoint({
  id: 'randomisation.log',
  method: 'get',
  path: '/api/studies/:study/allocations',
  summary: 'The allocation log; for a blinded role without arms and strata',
  access: 'allocation.log',
  params: studyParams,
  query: z.strictObject(pageQuery),
  reply: z.strictObject({
    total: z.int(),
    entries: z.array(
      z.union([
        z.strictObject({ number: z.int(), participant: participantCode, site: identifier, at: instant }),
        z.strictObject({
          number: z.int(),
          participant: participantCode,
          site: identifier,
          at: instant,
          arm: identifier,
          stratum: z.string(),
          hash: z.string(),
        }),
      ]),
    ),
  }),
});
