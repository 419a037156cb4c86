import type { Insertable } from 'kysely';
import type { Connection, Transaction } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

/** Newest first, without their contents. */
export async function snapshotsOf(db: Connection, study: string) {
  return db
    .selectFrom('board_snapshot')
    .select(['number', 'sha256', 'note', 'cut_off', 'participants', 'study_version', 'code_version'])
    .select(['prepared_at', 'preparer_name'])
    .where('study_id', '=', study)
    .orderBy('number', 'desc')
    .execute();
}

export async function findSnapshot(db: Connection, study: string, number: number) {
  return db
    .selectFrom('board_snapshot')
    .selectAll()
    .where('study_id', '=', study)
    .where('number', '=', number)
    .executeTakeFirst();
}

/** The number that the study’s next snapshot has. */
export async function nextNumber(tx: Transaction, study: string): Promise<number> {
  const { last } = await tx
    .selectFrom('board_snapshot')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('study_id', '=', study)
    .executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

export async function insertSnapshot(
  tx: Transaction,
  row: Insertable<Tables['board_snapshot']>,
): Promise<void> {
  await tx.insertInto('board_snapshot').values(row).execute();
}

/** Until when the session may open closed reports of the study; undefined: it never confirmed. */
export async function confirmedUntil(
  db: Connection,
  { study, user, session }: { study: string; user: string; session: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('board_confirmation')
    .select((eb) => eb.fn.max('until').as('until'))
    .where('session_id', '=', session)
    .where('study_id', '=', study)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return row?.until ?? undefined;
}

export async function insertConfirmation(
  tx: Transaction,
  row: Insertable<Tables['board_confirmation']>,
): Promise<void> {
  await tx.insertInto('board_confirmation').values(row).execute();
}

/** Entries of the audit trail about the board: who opened what, newest first. */
export async function boardEntries(db: Connection, study: string, actions: readonly string[]) {
  return db
    .selectFrom('audit')
    .select(['at', 'user_name', 'role', 'action', 'subject', 'reason', 'after', 'hash'])
    .where('study_id', '=', study)
    .where('action', 'in', [...actions])
    .orderBy('seq', 'desc')
    .limit(1000)
    .execute();
}

export async function insertUnmasking(
  tx: Transaction,
  row: Insertable<Tables['board_unmasking']>,
): Promise<void> {
  await tx.insertInto('board_unmasking').values(row).execute();
}

export async function insertUnmaskingOpened(
  tx: Transaction,
  row: Insertable<Tables['board_unmasking_opened']>,
): Promise<void> {
  await tx.insertInto('board_unmasking_opened').values(row).execute();
}

export async function findUnmasking(db: Connection, study: string, id: string) {
  return db
    .selectFrom('board_unmasking')
    .leftJoin('board_unmasking_opened', 'board_unmasking_opened.unmasking_id', 'board_unmasking.id')
    .selectAll('board_unmasking')
    .select('opened_at')
    .where('study_id', '=', study)
    .where('id', '=', id)
    .executeTakeFirst();
}
