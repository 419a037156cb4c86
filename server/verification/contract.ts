import { z } from 'zod';
import { formParams } from '../forms/contract.ts';
import { endpoint } from '../http/endpoint.ts';
import { idempotencyKey, instant, participantCode, participantParams, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

export const fieldState = z.enum(['unverified', 'verified', 'stale']);
export type FieldState = z.infer<typeof fieldState>;

const progress = { due: z.int(), verified: z.int(), stale: z.int() };

export const verificationRow = z.strictObject({
  participant: participantCode,
  site: identifier,
  visit: identifier.nullable().describe('Null with no instrument: the consent.'),
  instrument: identifier.nullable(),
  fields: z.int().describe('How many fields the plan asks for.'),
  ...progress,
  complete: z.boolean().describe('Whether the form is complete, so that it can be verified.'),
});
export type VerificationRow = z.infer<typeof verificationRow>;

export const readVerification = endpoint({
  id: 'verification.list',
  method: 'get',
  path: '/api/studies/:study/verification',
  summary: 'What the sampling plan asks to be verified against the source, and progress by site',
  access: 'verification.read',
  params: studyParams,
  query: z.strictObject({ site: identifier.optional() }),
  reply: z.strictObject({
    rules: z.array(z.strictObject({ id: identifier, label: z.string() })).describe('Of the sampling plan.'),
    sites: z.array(z.strictObject({ site: identifier, fields: z.int(), ...progress })),
    rows: z.array(verificationRow).describe('Forms with something due first.'),
  }),
});

export const formVerification = z.strictObject({
  participant: participantCode,
  visit: identifier,
  instrument: identifier,
  version: z.int(),
  complete: z.boolean(),
  mayMark: z.boolean(),
  fields: z.array(
    z.strictObject({
      field: z.string().describe('An item, or @date for the date of assessment.'),
      label: z.string(),
      answer: z.string().nullable(),
      state: fieldState,
      required: z.boolean(),
      at: instant.nullable(),
      by: z.string().nullable(),
    }),
  ),
});
export type FormVerification = z.infer<typeof formVerification>;

const path = '/api/studies/:study/participants/:participant/visits/:visit/forms/:instrument/verification';

export const readFormVerification = endpoint({
  id: 'verification.form',
  method: 'get',
  path,
  summary: 'Field by field what was verified against the source',
  access: 'verification.read',
  params: formParams,
  reply: formVerification,
});

export const markVerified = endpoint({
  id: 'verification.mark',
  method: 'post',
  path,
  summary: 'Mark fields, or the whole form, as verified against the source, or take that back',
  access: 'verification.mark',
  params: formParams,
  body: z.strictObject({
    key: idempotencyKey,
    version: z.int().positive().describe('The version that was compared; a stale one is a conflict.'),
    fields: z.array(z.string().max(64)).min(1).max(500).nullable().describe('Null: the whole form.'),
    verified: z.boolean().default(true),
  }),
  reply: formVerification,
});

export const markConsent = endpoint({
  id: 'verification.consent',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/consent/verification',
  summary: 'Mark the signed consent form as verified against the source, or take that back',
  access: 'verification.mark',
  params: participantParams,
  body: z.strictObject({ key: idempotencyKey, verified: z.boolean().default(true) }),
  reply: z.strictObject({ participant: participantCode, state: fieldState }),
});
