import type { Insertable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export async function insertMail(db: Connection, row: Insertable<Tables['mail_outbox']>): Promise<void> {
  await db.insertInto('mail_outbox').values(row).execute();
}

export interface DueMail {
  id: string;
  recipient: string;
  subject: string;
  body: string;
  tries: number;
}

/** Mail that is due, oldest first. */
export async function dueMail(db: Connection, now: string, most: number): Promise<DueMail[]> {
  const rows = await db
    .selectFrom('mail_outbox')
    .select(['id', 'recipient', 'subject', 'body', 'tries'])
    .where('next_at', '<=', now)
    .where('body', 'is not', null)
    .orderBy('queued_at')
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...row, body: row.body! }));
}

/** Takes the mail for this server process until `until`; false when another took it. */
export async function claimMail(db: Connection, id: string, now: string, until: string): Promise<boolean> {
  const result = await db
    .updateTable('mail_outbox')
    .set((eb) => ({ next_at: until, tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .where('next_at', '<=', now)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** It is with the mail server: its text, which can hold a one-time link, isn't kept. */
export async function markSent(db: Connection, id: string, at: string): Promise<void> {
  await db
    .updateTable('mail_outbox')
    .set({ sent_at: at, next_at: null, body: null, last_error: null })
    .where('id', '=', id)
    .execute();
}

/** @param next when to try again; null: never */
export async function markFailed(
  db: Connection,
  id: string,
  error: string,
  next: string | null,
): Promise<void> {
  await db
    .updateTable('mail_outbox')
    .set({ next_at: next, last_error: error })
    .where('id', '=', id)
    .execute();
}
