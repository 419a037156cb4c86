import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { studyParams } from '../../http/wire.ts';
import { roleName } from '../../studies/document.ts';

/** Six digits of the app, or a backup code. */
export const code = z.string().trim().min(6).max(20);
const password = z.string().min(1).max(128);

export const beginFactor = endpoint({
  id: 'factor.begin',
  method: 'post',
  path: '/api/account/second-factor',
  summary: 'A new secret for one’s authenticator app; it counts once a code of it was sent',
  access: 'signed-in',
  body: z.strictObject({ password }),
  reply: z.strictObject({
    secret: z.string().describe('Base 32, to be typed where no camera is.'),
    address: z.string().describe('What the QR code carries: otpauth://totp/…'),
  }),
});

export const confirmFactor = endpoint({
  id: 'factor.confirm',
  method: 'post',
  path: '/api/account/second-factor/confirmation',
  summary:
    'Turn the second factor on with a first code; the reply is the only time that backup codes are shown',
  access: 'signed-in',
  body: z.strictObject({ code }),
  reply: z.strictObject({ backupCodes: z.array(z.string()) }),
});

export const endFactor = endpoint({
  id: 'factor.end',
  method: 'post',
  path: '/api/account/second-factor/end',
  summary: 'Turn the second factor off, with password and code',
  access: 'signed-in',
  body: z.strictObject({ password, code: code.optional() }),
  reply: z.strictObject({ off: z.literal(true) }),
});

export const renewBackupCodes = endpoint({
  id: 'factor.backup-codes',
  method: 'post',
  path: '/api/account/second-factor/backup-codes',
  summary: 'Ten new backup codes; those before work no more',
  access: 'signed-in',
  body: z.strictObject({ password, code: code.optional() }),
  reply: z.strictObject({ backupCodes: z.array(z.string()) }),
});

export const resetFactor = endpoint({
  id: 'people.reset-factor',
  method: 'delete',
  path: '/api/studies/:study/people/:person/second-factor',
  summary: 'Take away the second factor of somebody who lost it; every session of the account ends',
  access: 'people.manage',
  params: studyParams.extend({ person: z.string() }),
  reply: z.strictObject({ reset: z.literal(true) }),
});

export const requireFactor = endpoint({
  id: 'people.require-factor',
  method: 'put',
  path: '/api/studies/:study/second-factor-roles',
  summary: 'Say which roles of the study are let in with a second factor only',
  access: 'people.manage',
  params: studyParams,
  body: z.strictObject({ roles: z.array(roleName).max(20) }),
  reply: z.strictObject({ roles: z.array(roleName) }),
});
