import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import {
  day,
  instant,
  pageQuery,
  participantCode,
  participantParams,
  reason,
  studyParams,
} from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import { LOOK_PURPOSES } from './purposes.rules.ts';

const words = (most: number) => z.string().trim().max(most);

export const lookPurpose = z.enum(LOOK_PURPOSES);
export type LookPurpose = z.infer<typeof lookPurpose>;

/** Who a participant is. An empty field is one that nobody has filled in. */
export const identity = z.strictObject({
  name: words(120).default(''),
  birthDate: day.nullable().default(null),
  nationalIdentifier: words(40).default('').describe('Only where the study’s document asks for it.'),
  telephone: words(40).default(''),
  email: z.union([z.literal(''), z.email().max(120)]).default(''),
  address: words(300).default(''),
  contactTimes: words(200).default('').describe('When to call.'),
  nextOfKin: words(300).default('').describe('Somebody to reach instead, and how.'),
});
export type Identity = z.output<typeof identity>;
export type IdentityField = keyof Identity;

export const listIdentities = endpoint({
  id: 'identity.list',
  method: 'get',
  path: '/api/studies/:study/identities',
  summary: 'Participants of the custodian’s sites, and whether an identity is kept; no identities',
  access: 'identity.list',
  params: studyParams,
  query: z.strictObject({
    ...pageQuery,
    find: z.string().max(40).optional().describe('Part of a participant ID.'),
    kept: z.enum(['yes', 'no', 'erased']).optional(),
  }),
  reply: z.strictObject({
    total: z.int(),
    rows: z.array(
      z.strictObject({
        participant: participantCode,
        site: identifier,
        kept: z.enum(['yes', 'no', 'erased']),
        writtenAt: instant.nullable(),
        erasedAt: instant.nullable(),
      }),
    ),
  }),
});

export const openIdentity = endpoint({
  id: 'identity.open',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/identity/looks',
  summary: 'Show who a participant is, for a purpose; each look is on the audit trail',
  access: 'identity.read',
  params: participantParams,
  body: z.strictObject({
    purpose: lookPurpose,
    note: words(200).default('').describe('Needed for the purpose “other”. Never a name.'),
  }),
  reply: z.strictObject({
    version: z.int().describe('0: nothing is kept yet.'),
    identity: identity.partial().describe('A coordinator gets name and contact details only.'),
    mayEdit: z.boolean(),
    erasedAt: instant.nullable(),
    writtenAt: instant.nullable(),
  }),
});

export const saveIdentity = endpoint({
  id: 'identity.save',
  method: 'put',
  path: '/api/studies/:study/participants/:participant/identity',
  summary: 'Keep who a participant is, sealed apart from the research data',
  access: 'identity.edit',
  params: participantParams,
  body: z.strictObject({
    version: z.int().nonnegative().describe('The version that was shown; 0 for the first.'),
    identity,
  }),
  reply: z.strictObject({ version: z.int() }),
});

export const findIdentity = endpoint({
  id: 'identity.find',
  method: 'post',
  path: '/api/studies/:study/identities/search',
  summary: 'Find whose whole name, telephone, e-mail or national identifier this is; gives participant IDs',
  access: 'identity.find',
  params: studyParams,
  body: z.strictObject({
    by: z.enum(['name', 'telephone', 'email', 'nationalIdentifier']),
    text: z.string().trim().min(2).max(120),
  }),
  reply: z.strictObject({
    rows: z.array(z.strictObject({ participant: participantCode, site: identifier })),
  }),
});

export const exportContacts = endpoint({
  id: 'identity.contacts',
  method: 'post',
  path: '/api/studies/:study/exports/contacts.csv',
  summary:
    'The contacts list of the custodian’s sites as CSV, with a reason; every other export is pseudonymous',
  access: 'identity.export',
  params: studyParams,
  body: z.strictObject({ reason }),
  produces: 'text/csv',
});

export const eraseIdentity = endpoint({
  id: 'identity.erase',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/identity/erasure',
  summary: 'Destroy the key of a participant’s identity for good; the research data stay',
  access: 'identity.erase',
  params: participantParams,
  body: z.strictObject({
    version: z.int().nonnegative(),
    confirm: participantCode.describe('The participant’s ID, typed.'),
    reason,
  }),
  reply: z.strictObject({ version: z.int(), erasedAt: instant }),
});
