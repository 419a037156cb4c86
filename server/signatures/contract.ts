import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idempotencyKey, instant, participantCode, participantParams, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

const signedPart = {
  visit: identifier.nullable().describe('Null: the whole casebook.'),
  instrument: identifier.nullable().describe('Null: every form of the visit.'),
};

export const signatureView = z.strictObject({
  id: z.string(),
  participant: participantCode,
  ...signedPart,
  meaning: z.string(),
  name: z.string().describe('The printed name of whoever signed.'),
  role: z.string(),
  at: instant,
  forms: z.array(
    z.strictObject({
      visit: identifier,
      instrument: identifier,
      version: z.int(),
      hash: z.string().describe('SHA-256 of the version in canonical form.'),
    }),
  ),
  hash: z.string().describe('SHA-256 over the signed versions, name, meaning and time.'),
  intact: z.boolean().describe('Whether the stored versions still have the signed hashes, computed now.'),
  void: z
    .strictObject({
      at: instant,
      by: z.string(),
      visit: identifier,
      instrument: identifier,
      version: z.int(),
    })
    .nullable()
    .describe('The first change after it was signed; null while the signature is valid.'),
});
export type SignatureView = z.infer<typeof signatureView>;

export const participantSignatures = endpoint({
  id: 'signatures.participant',
  method: 'get',
  path: '/api/studies/:study/participants/:participant/signatures',
  summary: 'Signatures of a participant’s forms, valid and void, newest first',
  access: 'forms.read',
  params: participantParams,
  reply: z.strictObject({
    meanings: z.array(z.strictObject({ id: identifier, label: z.string() })),
    maySign: z.boolean(),
    signatures: z.array(signatureView),
  }),
});

export const listSignatures = endpoint({
  id: 'signatures.list',
  method: 'get',
  path: '/api/studies/:study/signatures',
  summary: 'Casebooks to sign, and signatures that a later change has made void',
  access: 'signatures.read',
  params: studyParams,
  reply: z.strictObject({
    toSign: z.array(
      z.strictObject({
        participant: participantCode,
        site: identifier,
        complete: z.int().describe('Complete forms…'),
        signed: z.int().describe('…and those that stand under a valid signature.'),
        open: z.int().describe('Forms that were begun and aren’t complete.'),
      }),
    ),
    void: z.array(signatureView).describe('Void, and not signed again by anyone since.'),
    valid: z.int(),
  }),
});

export const sign = endpoint({
  id: 'signatures.sign',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/signatures',
  summary: 'Sign a form, a visit’s forms or a casebook; whoever signs proves again who they are',
  access: 'signatures.sign',
  params: participantParams,
  body: z.strictObject({
    key: idempotencyKey,
    visit: identifier.optional(),
    instrument: identifier.optional(),
    meaning: identifier.describe('One of the meanings that the protocol names.'),
    forms: z
      .array(z.strictObject({ visit: identifier, instrument: identifier, version: z.int().positive() }))
      .min(1)
      .max(500)
      .describe('The versions that were on the screen; if one has changed since, nothing is signed.'),
    password: z.string().min(1).max(128),
    code: z.string().max(12).optional().describe('From the authenticator, where the account has one.'),
  }),
  reply: signatureView,
});
