import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { instant, studyParams } from '../../http/wire.ts';
import { identifier } from '../../instruments/document.ts';
import { roleName } from '../../studies/document.ts';

const personName = z.string().trim().min(2).max(80);
const token = z.string().min(1).max(200);
const one = studyParams.extend({ invitation: z.string() });

const sent = z.strictObject({
  id: z.string(),
  expiresAt: instant,
  link: z
    .string()
    .nullable()
    .describe('Path of the one-time link, to be handed over, where the server sends no mail; shown once.'),
});

export const invite = endpoint({
  id: 'people.invite',
  method: 'post',
  path: '/api/studies/:study/invitations',
  summary: 'Invite a person to a role by a link that works once, for seven days',
  access: 'people.manage',
  params: studyParams,
  body: z.strictObject({
    name: personName,
    email: z.email().max(254),
    role: roleName,
    site: identifier.nullable().default(null),
  }),
  reply: sent,
});

export const listInvitations = endpoint({
  id: 'people.invitations',
  method: 'get',
  path: '/api/studies/:study/invitations',
  summary: 'Invitations of the study, newest first, without their links',
  access: 'people.read',
  params: studyParams,
  reply: z.strictObject({
    rows: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        role: roleName,
        site: identifier.nullable(),
        sentAt: instant,
        expiresAt: instant,
        state: z.enum(['open', 'expired', 'accepted', 'revoked']),
      }),
    ),
  }),
});

export const inviteAgain = endpoint({
  id: 'people.invite-again',
  method: 'post',
  path: '/api/studies/:study/invitations/:invitation/sending',
  summary: 'Send an invitation again with a new link for seven days; the link before works no more',
  access: 'people.manage',
  params: one,
  reply: sent,
});

export const revokeInvitation = endpoint({
  id: 'people.revoke-invitation',
  method: 'delete',
  path: '/api/studies/:study/invitations/:invitation',
  summary: 'Take an invitation back: its link works no more',
  access: 'people.manage',
  params: one,
  reply: z.strictObject({ revokedAt: instant }),
});

export const readInvitation = endpoint({
  id: 'invitation.read',
  method: 'post',
  path: '/api/invitation',
  summary: 'What the holder of an invitation’s link is invited to',
  access: 'public',
  body: z.strictObject({ token }),
  reply: z.strictObject({
    study: z.string(),
    role: roleName,
    site: z.string().nullable(),
    name: z.string(),
    email: z.string(),
    hasAccount: z.boolean().describe('Then the invitation is accepted signed in, and no password is set.'),
    expiresAt: instant,
  }),
});

export const acceptInvitation = endpoint({
  id: 'invitation.accept',
  method: 'post',
  path: '/api/invitation/account',
  summary: 'Accept an invitation and make one’s account',
  access: 'public',
  body: z.strictObject({ token, name: personName, password: z.string().min(12).max(128) }),
  reply: z.strictObject({ email: z.string(), study: identifier }),
});

export const joinByInvitation = endpoint({
  id: 'invitation.join',
  method: 'post',
  path: '/api/invitation/membership',
  summary: 'Accept an invitation with the account that one is signed in to',
  access: 'signed-in',
  body: z.strictObject({ token }),
  reply: z.strictObject({ email: z.string(), study: identifier }),
});
