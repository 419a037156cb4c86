import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import {
  idempotencyKey,
  instant,
  pageQuery,
  participantCode,
  participantParams,
  reason,
  studyParams,
} from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

export const readiness = z.strictObject({
  ready: z.boolean(),
  checks: z.array(
    z.strictObject({
      id: z
        .enum(['eligibility', 'consent', 'baseline', 'stratum', 'queries', 'not-randomised'])
        .describe('The stratum is named only where it can’t be told.'),
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

/** What everyone in the trial may know of the allocation procedure; the sequence itself isn’t in it. */
export const readDesign = endpoint({
  id: 'randomisation.design',
  method: 'get',
  path: '/api/studies/:study/allocation-design',
  summary:
    'The design in force, its hash and commitment, earlier epochs, and CONSORT items 17a, 17b, 18 and 19',
  access: 'allocation.design',
  params: studyParams,
  reply: z.strictObject({
    method: z.string(),
    epochs: z.array(
      z.strictObject({
        epoch: z.int(),
        designHash: z.string(),
        commitment: z.string(),
        activatedAt: instant,
        beacon: z.strictObject({ name: z.string(), value: z.string().nullable() }).nullable(),
      }),
    ),
    revealedAt: instant.nullable(),
    allocations: z.int(),
    consort: z.array(z.strictObject({ item: z.string(), title: z.string(), text: z.string() })),
    listUse: z
      .array(z.strictObject({ stratum: z.string(), used: z.int(), lines: z.int(), level: z.string() }))
      .nullable()
      .describe('How far an uploaded list is used up; null for other procedures and for blinded roles.'),
    simulation: z
      .unknown()
      .nullable()
      .describe('The design for the simulator; null where the study allocates from a list.'),
  }),
});

export const exportAllocations = endpoint({
  id: 'randomisation.export',
  method: 'get',
  path: '/api/studies/:study/allocations/log.json',
  summary:
    'The allocation log for the verifier: the chain for a blinded role, opened for others, with the secret once it is revealed',
  access: 'allocation.log',
  params: studyParams,
  produces: 'application/json',
});

export const correctStratum = endpoint({
  id: 'randomisation.correct',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/allocation/correction',
  summary:
    'Put a screening answer right after randomisation: the allocation stands, later minimisation uses the true level',
  access: 'allocation.correct',
  params: participantParams,
  body: z.strictObject({
    version: z.int(),
    values: z.record(identifier, z.union([z.string(), z.number()])),
    reason,
  }),
  reply: z.strictObject({ version: z.int() }),
});

export const printEmergencyList = endpoint({
  id: 'randomisation.emergency-list',
  method: 'post',
  path: '/api/studies/:study/allocations/emergency-list',
  summary: 'Envelopes for an outage, to be printed and sealed; taking the list is logged',
  access: 'allocation.emergency-list',
  params: studyParams,
  body: z.strictObject({ count: z.int().min(1).max(500) }),
  reply: z.strictObject({
    epoch: z.int(),
    envelopes: z.array(
      z.strictObject({
        number: z.int(),
        code: z.string(),
        arm: z.strictObject({ id: identifier, short: z.string(), name: z.string() }),
        usedFor: participantCode.nullable(),
      }),
    ),
  }),
});

export const enterEnvelope = endpoint({
  id: 'randomisation.envelope',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/allocation/envelope',
  summary:
    'Enter an allocation that was made from an emergency envelope while the service could not be reached',
  access: 'participants.randomise',
  params: participantParams,
  body: z.strictObject({
    key: idempotencyKey,
    confirm: participantCode,
    code: z.string().trim().toUpperCase().length(10).describe('The one-time code in the envelope.'),
    openedAt: instant.describe('When the envelope was opened.'),
  }),
  reply: slip,
});

export const enterBeacon = endpoint({
  id: 'randomisation.beacon',
  method: 'post',
  path: '/api/studies/:study/allocation-design/beacon',
  summary: 'Enter the public value that the design named in advance',
  access: 'allocation.close',
  params: studyParams,
  body: z.strictObject({
    value: z.string().regex(/^([0-9a-f]{2}){16,64}$/, '16 to 64 bytes in hexadecimal'),
  }),
  reply: z.strictObject({ enteredAt: instant }),
});

export const revealSecret = endpoint({
  id: 'randomisation.reveal-secret',
  method: 'post',
  path: '/api/studies/:study/allocations/reveal',
  summary: 'Close randomisation for good and reveal the secret, so that anyone can verify every allocation',
  access: 'allocation.close',
  params: studyParams,
  body: z.strictObject({ confirm: identifier.describe('The study’s id, typed again.'), reason }),
  reply: z.strictObject({ revealedAt: instant }),
});
