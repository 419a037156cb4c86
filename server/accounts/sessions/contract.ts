import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { instant } from '../../http/wire.ts';
import { languages } from '../../language/language.rules.ts';

export const readAccount = endpoint({
  id: 'account.read',
  method: 'get',
  path: '/api/account',
  summary: 'One’s own account: second factor, and everywhere that one is signed in',
  access: 'signed-in',
  reply: z.strictObject({
    secondFactor: z.strictObject({
      on: z.boolean(),
      since: instant.nullable(),
      backupCodesLeft: z.int(),
    }),
    sessions: z.array(
      z.strictObject({
        id: z.string(),
        device: z.string().describe('Browser and system, as far as the browser says.'),
        startedAt: instant,
        seenAt: instant.describe('Of the last request, to the minute.'),
        current: z.boolean(),
      }),
    ),
  }),
});

export const chooseLanguage = endpoint({
  id: 'account.language',
  method: 'put',
  path: '/api/account/language',
  summary: 'Keep the language that one reads the interface in; refusals and mail come in it too',
  access: 'signed-in',
  body: z.strictObject({ language: z.enum(languages) }),
  reply: z.strictObject({ language: z.enum(languages) }),
});

export const endSession = endpoint({
  id: 'account.end-session',
  method: 'delete',
  path: '/api/account/sessions/:session',
  summary: 'End one of one’s own sessions, at once',
  access: 'signed-in',
  params: z.strictObject({ session: z.string() }),
  reply: z.strictObject({ ended: z.int() }),
});

export const endOtherSessions = endpoint({
  id: 'account.end-other-sessions',
  method: 'delete',
  path: '/api/account/sessions',
  summary: 'End every session of one’s own but this one, at once',
  access: 'signed-in',
  reply: z.strictObject({ ended: z.int() }),
});
