import { appendAudit } from '../../audit/append.ts';
import type { Transaction } from '../../db/database.ts';
import { conflict, notFound, notValid } from '../../errors.ts';
import { deliverSoon } from '../../mail/deliver.ts';
import { queueMail } from '../../mail/queue.ts';
import { dayIn, documentIn } from '../../mail/words.ts';
import type { Caller, Services } from '../../services.ts';
import type { RoleName } from '../../studies/document.ts';
import { logAccount } from '../log/append.ts';
import type { AccountDeed } from '../log/contract.ts';
import { linkOf, newToken, pathOf } from '../oneTimeLink.ts';
import { activeMemberships, findUser, languageOfAccount } from '../store.ts';
import {
  closeInvitation,
  findInvitation,
  type InvitationRow,
  insertInvitation,
  listInvitations as list,
  openInvitation,
  renewInvitation,
} from './store.ts';

const DAYS = 7;
const PAGE = 'invitation';

interface Invited {
  name: string;
  email: string;
  role: RoleName;
  site: string | null;
}

/** Invites by mail, or by a link to hand over where the server sends none. Whether there is an account isn't said. */
export async function invite(services: Services, caller: Caller, input: Invited) {
  const { study } = caller;
  const invited = { ...input, email: input.email.toLowerCase() };
  if (invited.site !== null && !study.document.sites.some(({ id }) => id === invited.site))
    throw notValid(`The study has no site “${invited.site}”.`);
  const { token, hash } = newToken();
  const { at, expiresAt } = period(services);
  const id = crypto.randomUUID();
  await services.db.write(async (tx) => {
    await refuseNeedless(tx, caller, invited, at);
    const row: InvitationRow = {
      id,
      study_id: study.id,
      ...invited,
      token_hash: hash,
      made_at: at,
      made_by: caller.user.id,
      sent_at: at,
      expires_at: expiresAt,
      accepted_at: null,
      accepted_by: null,
      revoked_at: null,
      revoked_by: null,
    };
    await insertInvitation(tx, row);
    await send(tx, services, caller, row, token);
    await note(tx, caller, at, 'people.invite', 'invitation.made', row);
  });
  return sent(services, id, expiresAt, token);
}

/** A new link for seven days; the one before works no more. */
export async function inviteAgain(services: Services, caller: Caller, id: string) {
  const { token, hash } = newToken();
  const { at, expiresAt } = period(services);
  await services.db.write(async (tx) => {
    const row = await stillOpen(tx, caller, id);
    await refuseNeedless(tx, caller, row, at);
    await renewInvitation(tx, id, { hash, at, expiresAt });
    await send(tx, services, caller, { ...row, expires_at: expiresAt }, token);
    await note(tx, caller, at, 'people.invite-again', 'invitation.sent-again', row);
  });
  return sent(services, id, expiresAt, token);
}

export async function revokeInvitation(services: Services, caller: Caller, id: string) {
  const at = services.now().toISOString();
  await services.db.write(async (tx) => {
    const row = await stillOpen(tx, caller, id);
    await closeInvitation(tx, id, 'revoked', at, caller.user.id);
    await note(tx, caller, at, 'people.revoke-invitation', 'invitation.revoked', row);
  });
  return { revokedAt: at };
}

export async function listInvitations(services: Services, caller: Caller) {
  const now = services.now().toISOString();
  const rows = await list(services.db.read, caller.study.id);
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      role: row.role as RoleName,
      site: row.site,
      sentAt: row.sent_at,
      expiresAt: row.expires_at,
      state: row.accepted_at
        ? ('accepted' as const)
        : row.revoked_at
          ? ('revoked' as const)
          : row.expires_at <= now
            ? ('expired' as const)
            : ('open' as const),
    })),
  };
}

/** Nobody is asked twice, nor to a role that they hold by now. @param invited with the invitation's own id, where it has one */
async function refuseNeedless(
  tx: Transaction,
  { study }: Caller,
  { id, email, role, site }: Pick<InvitationRow, 'email' | 'role' | 'site'> & { id?: string },
  now: string,
): Promise<void> {
  const other = await openInvitation(tx, { study: study.id, email, role, site }, now);
  if (other && other.id !== id)
    throw conflict(`${email} is invited to this role already. Send that invitation again instead.`);
  const user = await findUser(tx, email);
  const held = user ? await activeMemberships(tx, user.id, study.id) : [];
  if (held.some((one) => one.role === role && one.site === site))
    throw conflict(`${user!.name} holds this role already.`);
}

async function stillOpen(tx: Transaction, caller: Caller, id: string): Promise<InvitationRow> {
  const row = await findInvitation(tx, caller.study.id, id);
  if (!row) throw notFound('The invitation');
  if (row.accepted_at) throw conflict('The invitation was accepted already.');
  if (row.revoked_at) throw conflict('The invitation was taken back already.');
  return row;
}

function period(services: Services): { at: string; expiresAt: string } {
  const now = services.now();
  return {
    at: now.toISOString(),
    expiresAt: new Date(now.getTime() + DAYS * 86_400_000).toISOString(),
  };
}

function sent(services: Services, id: string, expiresAt: string, token: string) {
  deliverSoon(services);
  return { id, expiresAt, link: services.config.mail === null ? pathOf(PAGE, token) : null };
}

async function note(
  tx: Transaction,
  caller: Caller,
  at: string,
  action: string,
  deed: AccountDeed,
  { id, name, email, role, site }: InvitationRow,
): Promise<void> {
  const detail = { name, email, role, site };
  await appendAudit(tx, caller, at, {
    action,
    subject: `invitation:${id}`,
    after: detail,
    changesData: false,
  });
  await logAccount(tx, at, {
    action: deed,
    by: caller.user,
    about: { id: null, name },
    study: caller.study.id,
    detail,
  });
}

async function send(
  tx: Transaction,
  services: Services,
  { user, study }: Caller,
  { name, email, role, site, expires_at }: InvitationRow,
  token: string,
): Promise<void> {
  // Who has no account yet is written to as the person who invites.
  const language = (await languageOfAccount(tx, email)) ?? user.language ?? 'en';
  const { short, code, sites } = documentIn(language, study);
  const as = role.replaceAll('-', ' ');
  const where = sites.find(({ id }) => id === site)?.name ?? site;
  await queueMail(tx, services, {
    to: email,
    language,
    subject: `Invitation to the study ${short}`,
    paragraphs: [
      `Dear ${name},`,
      where === null
        ? `${user.name} invites you to the study “${short}” (${code}) as ${as}.`
        : `${user.name} invites you to the study “${short}” (${code}) as ${as} at ${where}.`,
      `Open this link to accept. It works once, until ${dayIn(language, expires_at)}:`,
      linkOf(services.config, PAGE, token),
      'If you don’t know what this is about, you need do nothing.',
    ],
  });
}
