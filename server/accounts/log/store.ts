import { type Insertable, type Selectable, sql } from 'kysely';
import type { Connection } from '../../db/database.ts';
import type { Tables } from '../../db/schema.ts';
import type { AccountDeed } from './contract.ts';

export type LoggedRow = Selectable<Tables['account_log']>;

export async function lastLogged(db: Connection): Promise<{ seq: number; hash: string } | undefined> {
  return db
    .selectFrom('account_log')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertLogged(db: Connection, row: Insertable<Tables['account_log']>): Promise<void> {
  await db.insertInto('account_log').values(row).execute();
}

export interface LogFilter {
  /** Null: the whole server, for its owner. */
  study: string | null;
  action?: AccountDeed;
  person?: string;
}

/** What is of the study itself, and what is of the accounts of those who have or had a role in it. */
function filtered(db: Connection, { study, action, person }: LogFilter) {
  let query = db.selectFrom('account_log');
  if (study !== null)
    query = query.where((eb) =>
      eb.or([
        eb('study_id', '=', study),
        eb.and([
          eb('study_id', 'is', null),
          eb(
            'subject_id',
            'in',
            eb.selectFrom('membership').select('user_id').where('membership.study_id', '=', study),
          ),
        ]),
      ]),
    );
  if (action) query = query.where('action', '=', action);
  if (person) {
    const part = `%${person.toLowerCase().replaceAll(/[!%_]/g, '!$&')}%`;
    query = query.where(
      sql<boolean>`(lower(actor_name) like ${part} escape '!' or lower(subject_name) like ${part} escape '!')`,
    );
  }
  return query;
}

export async function listLogged(
  db: Connection,
  filter: LogFilter,
  { page, size }: { page: number; size: number },
): Promise<{ rows: LoggedRow[]; total: number }> {
  const { total } = await filtered(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await filtered(db, filter)
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { rows, total: Number(total) };
}

/** Oldest first, a page after the number that came last. */
export async function loggedAfter(
  db: Connection,
  filter: LogFilter,
  seq: number,
  size: number,
): Promise<LoggedRow[]> {
  return filtered(db, filter).selectAll().where('seq', '>', seq).orderBy('seq').limit(size).execute();
}
