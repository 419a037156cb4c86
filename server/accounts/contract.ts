import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { instant, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import { languages } from '../language/language.rules.ts';
import { roleName } from '../studies/document.ts';
import { code } from './factor/contract.ts';

export const membership = z.strictObject({
  id: z.string(),
  study: identifier,
  role: roleName,
  site: identifier.nullable().describe('Null: every site of the study.'),
});

export const session = z.strictObject({
  user: z.strictObject({
    id: z.string(),
    name: z.string(),
    initials: z.string(),
    email: z.string(),
    language: z.enum(languages).nullable().describe('Null until the person chose one.'),
  }),
  memberships: z.array(membership),
  studies: z.array(
    z.strictObject({
      id: identifier,
      code: z.string(),
      short: z.string(),
      version: z.int(),
      synthetic: z.boolean(),
      blinded: z.boolean().describe('Whether the caller is blinded in this study.'),
      actions: z.array(z.string()).describe('What the caller may do, by the access table.'),
    }),
  ),
  secondFactor: z.strictObject({
    on: z.boolean(),
    neededBy: z.array(z.string()).describe('Studies that let the caller in with a second factor only.'),
  }),
  expiresAt: instant,
});
export type Session = z.infer<typeof session>;

const password = z.string().min(12).max(128);
const personName = z.string().trim().min(2).max(80);

export const readSession = endpoint({
  id: 'session.read',
  method: 'get',
  path: '/api/session',
  summary: 'Who is signed in, with roles, studies and what may be done in each',
  access: 'signed-in',
  reply: session,
});

export const signIn = endpoint({
  id: 'session.open',
  method: 'post',
  path: '/api/auth/sign-in/email',
  summary: 'Sign in; the cookie of the reply is the session',
  access: 'public',
  body: z.strictObject({
    email: z.string().trim().min(1).max(254),
    password: z.string().min(1).max(128),
    code: code.optional().describe('Of the authenticator app, or a backup code, once it is asked for.'),
  }),
  reply: z.strictObject({
    user: z
      .strictObject({ id: z.string(), name: z.string(), email: z.string() })
      .nullable()
      .describe('Null: the password is right, and nothing is open until the code is sent too.'),
    next: z.enum(['code']).nullable(),
  }),
});

export const signOut = endpoint({
  id: 'session.close',
  method: 'post',
  path: '/api/auth/sign-out',
  summary: 'Sign out: the session ends on the server, at once',
  access: 'public',
  reply: z.strictObject({ signedOut: z.literal(true) }),
});

export const changePassword = endpoint({
  id: 'password.change',
  method: 'post',
  path: '/api/auth/change-password',
  summary: 'Change one’s own password; every other session of the account ends',
  access: 'signed-in',
  body: z.strictObject({ current: z.string().min(1).max(128), new: password }),
  reply: z.strictObject({ changed: z.literal(true) }),
});

export const readSetup = endpoint({
  id: 'setup.read',
  method: 'get',
  path: '/api/setup',
  summary:
    'Whether the owner account is still to be made, and the demonstration sign-ins where there are any',
  access: 'public',
  reply: z.strictObject({
    open: z.boolean(),
    demo: z
      .array(z.strictObject({ role: z.string(), email: z.string(), password: z.string() }))
      .nullable()
      .describe('Sign-ins of the demonstration server; null on any other.'),
    mail: z.boolean().describe('Whether the server sends mail: then a forgotten password is renewed by it.'),
  }),
});

export const runSetup = endpoint({
  id: 'setup.run',
  method: 'post',
  path: '/api/setup',
  summary: 'Make the owner account with the one-time link that the server printed',
  access: 'public',
  body: z.strictObject({ token: z.string().min(1), name: personName, email: z.email(), password }),
  reply: z.strictObject({ email: z.email() }),
});

const listedPerson = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.email(),
  secondFactor: z.boolean(),
  disabled: z.boolean(),
  memberships: z.array(membership.extend({ grantedAt: instant, revokedAt: instant.nullable() })),
});

export const listPeople = endpoint({
  id: 'people.list',
  method: 'get',
  path: '/api/studies/:study/people',
  summary: 'People of the study with their roles and sites',
  access: 'people.read',
  params: studyParams,
  reply: z.strictObject({
    people: z.array(listedPerson),
    rolesWithFactor: z.array(roleName).describe('Roles that need a second factor.'),
  }),
});

export const addPerson = endpoint({
  id: 'people.add',
  method: 'post',
  path: '/api/studies/:study/people',
  summary: 'Give a person a role in the study; makes the account where there is none yet',
  access: 'people.manage',
  params: studyParams,
  body: z.strictObject({
    name: personName,
    email: z.email(),
    role: roleName,
    site: identifier.nullable().default(null),
    password: password.optional().describe('Only for a new account.'),
  }),
  reply: z.strictObject({ id: z.string(), membership }),
});

export const resetPassword = endpoint({
  id: 'people.password',
  method: 'post',
  path: '/api/studies/:study/people/:person/password',
  summary: 'Set a forgotten password anew; every session of the account ends',
  access: 'people.manage',
  params: studyParams.extend({ person: z.string() }),
  body: z.strictObject({ password }),
  reply: z.strictObject({ reset: z.literal(true) }),
});

export const revokeMembership = endpoint({
  id: 'people.revoke',
  method: 'delete',
  path: '/api/studies/:study/people/memberships/:membership',
  summary: 'Take a role away, at once',
  access: 'people.manage',
  params: studyParams.extend({ membership: z.string() }),
  reply: z.strictObject({ revokedAt: instant }),
});

const personParams = studyParams.extend({ person: z.string() });

export const disablePerson = endpoint({
  id: 'people.disable',
  method: 'post',
  path: '/api/studies/:study/people/:person/disabling',
  summary: 'Disable an account: it is signed out everywhere at once, and can’t be signed in to',
  access: 'people.manage',
  params: personParams,
  reply: z.strictObject({ disabled: z.boolean() }),
});

export const enablePerson = endpoint({
  id: 'people.enable',
  method: 'post',
  path: '/api/studies/:study/people/:person/enabling',
  summary: 'Enable a disabled account again',
  access: 'people.manage',
  params: personParams,
  reply: z.strictObject({ disabled: z.boolean() }),
});
