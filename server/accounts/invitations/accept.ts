import { allows } from '../../access/table.ts';
import { appendAudit } from '../../audit/append.ts';
import { conflict, notAllowed, Refused } from '../../errors.ts';
import type { Services, User } from '../../services.ts';
import type { RoleName } from '../../studies/document.ts';
import { currentStudy } from '../../studies/store.ts';
import type { Study } from '../../studies/study.ts';
import { beginAttempt } from '../attempts/count.ts';
import { createAccount } from '../createAccount.ts';
import { logAccount } from '../log/append.ts';
import { hashOfToken } from '../oneTimeLink.ts';
import { refuseWeakPassword } from '../password.ts';
import { activeMemberships, findUser, insertMembership } from '../store.ts';
import { closeInvitation, type InvitationRow, invitationOf } from './store.ts';

const USED = 'This invitation was used a moment ago. Sign in.';

/** The invitation of the link, if it can still be accepted. @throws Refused (not-found) that doesn't say why not */
async function invited(services: Services, token: string): Promise<{ row: InvitationRow; study: Study }> {
  const db = services.db.read;
  const row = await invitationOf(db, hashOfToken(token));
  const study = row ? await currentStudy(db, row.study_id) : null;
  const open = row && !row.accepted_at && !row.revoked_at && row.expires_at > services.now().toISOString();
  // Whoever may no longer add people lets nobody in by a link of before.
  const inviter = open ? await activeMemberships(db, row.made_by, row.study_id) : [];
  if (!open || !study || !inviter.some(({ role }) => allows('people.manage', [role])))
    throw new Refused(
      'not-found',
      'This link is no open invitation: it was used, taken back or renewed, or is older than seven days. Ask whoever invited you for a new one.',
    );
  return { row, study };
}

/** What the holder of the link is invited to. */
export async function readInvitation(services: Services, token: string) {
  const { row, study } = await invited(services, token);
  return {
    study: study.document.short,
    role: row.role as RoleName,
    site: study.document.sites.find(({ id }) => id === row.site)?.name ?? null,
    name: row.name,
    email: row.email,
    hasAccount: (await findUser(services.db.read, row.email)) !== null,
    expiresAt: row.expires_at,
  };
}

/** Makes the account and gives the role. */
export async function acceptInvitation(
  services: Services,
  input: { token: string; name: string; password: string },
  address: string,
) {
  const { row, study } = await invited(services, input.token);
  await beginAttempt(services, { email: `invitation ${row.id}`, address });
  if (await findUser(services.db.read, row.email))
    throw conflict('There is an account of this e-mail. Sign in to accept the invitation.');
  const person = { name: input.name, email: row.email, password: input.password };
  refuseWeakPassword(input.password, person);
  let user: User;
  try {
    user = await createAccount(services, person);
  } catch (error) {
    if (await findUser(services.db.read, row.email)) throw conflict(USED);
    throw error;
  }
  return join(services, row, study, user, address);
}

/** Gives the role to whoever is signed in, if the invitation is theirs. */
export async function joinByInvitation(services: Services, user: User, token: string, address: string) {
  const { row, study } = await invited(services, token);
  if (row.email !== user.email.toLowerCase())
    throw notAllowed(
      `The invitation is for ${row.email}, and you are signed in as ${user.email}. Sign out, and open the link again.`,
    );
  return join(services, row, study, user, address);
}

async function join(
  services: Services,
  { id, role, site, made_by }: InvitationRow,
  study: Study,
  user: User,
  address: string,
) {
  const at = services.now().toISOString();
  await services.db.write(async (tx) => {
    if (!(await closeInvitation(tx, id, 'accepted', at, user.id))) throw conflict(USED);
    const held = await activeMemberships(tx, user.id, study.id);
    const given = { role: role as RoleName, site };
    if (!held.some((one) => one.role === role && one.site === site))
      await insertMembership(tx, {
        id: crypto.randomUUID(),
        study: study.id,
        userId: user.id,
        ...given,
        at,
        by: made_by,
      });
    await appendAudit(tx, { user, study, roles: [given.role] }, at, {
      action: 'people.accept',
      subject: `person:${user.id}`,
      after: { name: user.name, email: user.email, ...given },
      changesData: false,
    });
    const event = { by: user, about: user, study: study.id, detail: given, address };
    await logAccount(tx, at, { action: 'invitation.accepted', ...event });
  });
  return { email: user.email, study: study.id };
}
