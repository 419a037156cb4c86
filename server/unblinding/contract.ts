import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { instant, participantCode, participantParams, reason, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

export const requestUnblinding = endpoint({
  id: 'unblinding.request',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/unblinding',
  summary: 'First step of an emergency unblinding: a reason, on record before anything is shown',
  access: 'unblinding.open',
  params: participantParams,
  body: z.strictObject({ confirm: participantCode.describe('The participant ID, typed again.'), reason }),
  reply: z.strictObject({ id: z.string(), expiresAt: instant }),
});

export const openUnblinding = endpoint({
  id: 'unblinding.open',
  method: 'post',
  path: '/api/studies/:study/unblindings/:unblinding/opening',
  summary: 'Second step: the arm of this one participant; nothing of any other, and no place in a block',
  access: 'unblinding.open',
  params: studyParams.extend({ unblinding: z.string() }),
  reply: z.strictObject({
    participant: participantCode,
    arm: z.strictObject({ id: identifier, short: z.string(), name: z.string() }),
    openedAt: instant,
  }),
});

export const listUnblindings = endpoint({
  id: 'unblinding.list',
  method: 'get',
  path: '/api/studies/:study/unblindings',
  summary: 'Who was unblinded, by whom, when and why; newest first, without arms',
  access: 'unblinding.read',
  params: studyParams,
  reply: z.strictObject({
    rows: z.array(
      z.strictObject({
        id: z.string(),
        participant: participantCode,
        site: identifier,
        reason: z.string(),
        requestedBy: z.string(),
        requestedAt: instant,
        openedAt: instant.nullable(),
      }),
    ),
  }),
});
