import { type Insertable, type Selectable, sql } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type AuditRow = Selectable<Tables['audit']>;

/** Where the study's chain ends (nothing yet: null) and when its data last changed, in one query. */
export async function chainEnd(
  db: Connection,
  study: string,
): Promise<{ seq: number | null; hash: string | null; changed_at: string }> {
  return db
    .selectFrom('study')
    .leftJoin('audit', (join) =>
      join.onRef('audit.study_id', '=', 'study.id').on('audit.seq', '=', (eb) =>
        eb
          .selectFrom('audit as every')
          .select((of) => of.fn.max('every.seq').as('last'))
          .where('every.study_id', '=', study),
      ),
    )
    .select(['audit.seq', 'audit.hash', 'study.changed_at'])
    .where('study.id', '=', study)
    .executeTakeFirstOrThrow();
}

export async function insertEntry(db: Connection, entry: Insertable<Tables['audit']>): Promise<void> {
  await db.insertInto('audit').values(entry).execute();
}

/** Entries that a caller may not read. */
export interface Unseen {
  /** Only these sites' participants, by the code that begins their IDs; null: all. */
  siteCodes: readonly string[] | null;
  /** Actions, or whole families of them, such as `groups.*`. */
  actions: readonly string[];
}

export interface AuditFilter {
  /** Exact subject, or its beginning where it ends with `*`. */
  subject?: string;
  action?: string;
  page: number;
  size: number;
}

export async function listEntries(
  db: Connection,
  study: string,
  filter: AuditFilter,
  unseen: Unseen,
): Promise<{ rows: AuditRow[]; total: number }> {
  let query = seen(db, study, unseen);
  if (filter.subject?.endsWith('*'))
    query = query.where(sql<boolean>`subject like ${beginning(filter.subject.slice(0, -1))} escape '!'`);
  else if (filter.subject) query = query.where('subject', '=', filter.subject);
  if (filter.action) query = query.where('action', '=', filter.action);
  const { total } = await query
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute();
  return { rows, total: Number(total) };
}

/** A pattern of what begins with the text, whatever characters are in it. */
const beginning = (text: string): string => `${text.replaceAll(/[!%_]/g, '!$&')}%`;

const ofParticipants = ['participant', 'form', 'visit', 'query'];

function seen(db: Connection, study: string, { siteCodes, actions }: Unseen) {
  let query = db.selectFrom('audit').where('study_id', '=', study);
  for (const action of actions)
    query = action.endsWith('.*')
      ? query.where('action', 'not like', `${action.slice(0, -1)}%`)
      : query.where('action', '!=', action);
  if (siteCodes === null) return query;
  return query.where((eb) =>
    eb.or([
      eb('subject', '=', `study:${study}`),
      ...siteCodes.flatMap((code) =>
        ofParticipants.map((kind) => eb('subject', 'like', `${kind}:${code}-%`)),
      ),
    ]),
  );
}

/** The trail of one participant: the participant itself and everything of theirs. */
export async function participantEntries(
  db: Connection,
  study: string,
  code: string,
  unseen: Unseen,
): Promise<AuditRow[]> {
  return seen(db, study, unseen)
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('subject', '=', `participant:${code}`),
        eb('subject', 'like', `form:${code}/%`),
        eb('subject', 'like', `visit:${code}/%`),
        eb('subject', 'like', `query:${code}/%`),
      ]),
    )
    .orderBy('seq', 'desc')
    .limit(500)
    .execute();
}
