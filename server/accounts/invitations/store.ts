import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../../db/database.ts';
import type { Tables } from '../../db/schema.ts';

export type InvitationRow = Selectable<Tables['invitation']>;

export async function insertInvitation(db: Connection, row: Insertable<Tables['invitation']>): Promise<void> {
  await db.insertInto('invitation').values(row).execute();
}

export async function listInvitations(db: Connection, study: string): Promise<InvitationRow[]> {
  return db
    .selectFrom('invitation')
    .selectAll()
    .where('study_id', '=', study)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute();
}

export async function findInvitation(
  db: Connection,
  study: string,
  id: string,
): Promise<InvitationRow | undefined> {
  return db
    .selectFrom('invitation')
    .selectAll()
    .where('study_id', '=', study)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function invitationOf(db: Connection, tokenHash: string): Promise<InvitationRow | undefined> {
  return db.selectFrom('invitation').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
}

/** The invitation to the same role that can still be accepted. */
export async function openInvitation(
  db: Connection,
  { study, email, role, site }: { study: string; email: string; role: string; site: string | null },
  now: string,
): Promise<InvitationRow | undefined> {
  return db
    .selectFrom('invitation')
    .selectAll()
    .where('study_id', '=', study)
    .where('email', '=', email)
    .where('role', '=', role)
    .where('site', site === null ? 'is' : '=', site)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

export async function renewInvitation(
  db: Connection,
  id: string,
  link: { hash: string; at: string; expiresAt: string },
): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ token_hash: link.hash, sent_at: link.at, expires_at: link.expiresAt })
    .where('id', '=', id)
    .execute();
}

/** False when it was accepted or taken back already. */
export async function closeInvitation(
  db: Connection,
  id: string,
  how: 'accepted' | 'revoked',
  at: string,
  by: string,
): Promise<boolean> {
  const result = await db
    .updateTable('invitation')
    .set(how === 'accepted' ? { accepted_at: at, accepted_by: by } : { revoked_at: at, revoked_by: by })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
