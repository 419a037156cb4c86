import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { day, participantParams } from '../http/wire.ts';
import { participantStatus } from '../participants/contract.ts';

export const recordConsent = endpoint({
  id: 'consent.record',
  method: 'put',
  path: '/api/studies/:study/participants/:participant/consent',
  summary: 'Record which version of the consent form was signed, and when',
  access: 'participants.enrol',
  params: participantParams,
  body: z.strictObject({ version: z.int(), consentVersion: z.string(), signedOn: day }),
  reply: z.strictObject({ version: z.int(), status: participantStatus }),
});
