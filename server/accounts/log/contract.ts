import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { instant, pageQuery, studyParams } from '../../http/wire.ts';

/** Everything that the account log can hold. */
export const accountDeed = z.enum([
  'account.made',
  'account.disabled',
  'account.enabled',
  'session.opened',
  'session.refused',
  'session.closed',
  'session.ended',
  'language.chosen',
  'identity.confirmed',
  'identity.refused',
  'password.changed',
  'password.reset',
  'password.link-asked',
  'password.link-used',
  'factor.on',
  'factor.off',
  'factor.reset',
  'factor.codes-made',
  'factor.required',
  'role.granted',
  'role.revoked',
  'invitation.made',
  'invitation.sent-again',
  'invitation.revoked',
  'invitation.accepted',
]);
export type AccountDeed = z.infer<typeof accountDeed>;

const filter = {
  action: accountDeed.optional(),
  person: z.string().max(254).optional().describe('Part of the name of who did it or whom it is about.'),
};

export const listAccountLog = endpoint({
  id: 'accounts.log',
  method: 'get',
  path: '/api/studies/:study/account-log',
  summary: 'Accounts, roles, sign-ins and second factors of the study’s people: what was done, newest first',
  access: 'accounts.log',
  params: studyParams,
  query: z.strictObject({ ...pageQuery, ...filter }),
  reply: z.strictObject({
    rows: z.array(
      z.strictObject({
        seq: z.int(),
        at: instant,
        action: accountDeed,
        by: z.string(),
        about: z.string().nullable(),
        detail: z.unknown().nullable(),
        address: z.string().nullable().describe('Network address that the request came from.'),
        hash: z.string(),
      }),
    ),
    total: z.int(),
  }),
});

export const exportAccountLog = endpoint({
  id: 'accounts.log-csv',
  method: 'get',
  path: '/api/studies/:study/account-log.csv',
  summary: 'The account log as CSV, oldest first',
  access: 'accounts.log',
  params: studyParams,
  query: z.strictObject(filter),
  produces: 'text/csv',
});
