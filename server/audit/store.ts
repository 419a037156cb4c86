import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { Connection } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
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

const entryInserted = prepared((db, row: AuditRow) =>
  db.insertInto('audit').values({
    study_id: row.study_id,
    seq: row.seq,
    at: row.at,
    user_id: row.user_id,
    user_name: row.user_name,
    role: row.role,
    action: row.action,
    subject: row.subject,
    before: row.before,
    after: row.after,
    reason: row.reason,
    study_version: row.study_version,
    previous_hash: row.previous_hash,
    hash: row.hash,
  }),
);

/** Rows of one statement; both databases take many thousands of values in one. */
const TOGETHER = 200;

export async function insertEntries(db: Connection, entries: readonly AuditRow[]): Promise<void> {
  const [only] = entries;
  if (only && entries.length === 1) {
    await entryInserted(db, only);
    return;
  }
  for (let start = 0; start < entries.length; start += TOGETHER)
    await db
      .insertInto('audit')
      .values(entries.slice(start, start + TOGETHER))
      .execute();
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
  /** Part of the name of whoever did it. */
  person?: string;
  role?: string;
  /** Code of a participant: the person and everything of theirs. */
  participant?: string;
  /** Instants: from the first, before the second. */
  from?: string;
  before?: string;
  /** Words of the subject, the values or the reason. */
  text?: string;
}

/** Whether the filter leaves nothing out. */
export const isWhole = (filter: AuditFilter): boolean =>
  Object.values(filter).every((value) => value === undefined);

export async function listEntries(
  db: Connection,
  study: string,
  filter: AuditFilter,
  unseen: Unseen,
  { page, size }: { page: number; size: number },
): Promise<{ rows: AuditRow[]; total: number }> {
  const query = filtered(db, study, filter, unseen);
  const { total } = await query
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { rows, total: Number(total) };
}

/** Oldest first, those after the number that came last; null: from the first, whatever its number. */
export async function entriesAfter(
  db: Connection,
  study: string,
  filter: AuditFilter,
  unseen: Unseen,
  after: number | null,
  size: number,
): Promise<AuditRow[]> {
  return filtered(db, study, filter, unseen)
    .selectAll()
    .$if(after !== null, (query) => query.where('seq', '>', after))
    .orderBy('seq')
    .limit(size)
    .execute();
}

/** How many entries with numbers up to this one the caller may read: the number that a blinded reader sees. */
export async function countUpTo(db: Connection, study: string, unseen: Unseen, seq: number): Promise<number> {
  const { n } = await seen(db, study, unseen)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('seq', '<=', seq)
    .executeTakeFirstOrThrow();
  return Number(n);
}

function filtered(db: Connection, study: string, filter: AuditFilter, unseen: Unseen) {
  let query = seen(db, study, unseen);
  if (filter.subject?.endsWith('*'))
    query = query.where(sql<boolean>`subject like ${beginning(filter.subject.slice(0, -1))} escape '!'`);
  else if (filter.subject) query = query.where('subject', '=', filter.subject);
  if (filter.action) query = query.where('action', '=', filter.action);
  if (filter.person) query = query.where(holding(['user_name'], filter.person));
  if (filter.role)
    query = query.where(
      sql<boolean>`' ' || coalesce(role, '') || ' ' like ${`% ${plain(filter.role)} %`} escape '!'`,
    );
  if (filter.participant) query = query.where(ofParticipant(filter.participant));
  if (filter.from) query = query.where('at', '>=', filter.from);
  if (filter.before) query = query.where('at', '<', filter.before);
  if (filter.text)
    query = query.where(holding(['subject', 'before', 'after', 'reason', 'action'], filter.text));
  return query;
}

/** Whether one of the columns holds the words, in capitals or not. */
function holding(columns: readonly string[], words: string) {
  const part = `%${plain(words.toLowerCase())}%`;
  return sql<boolean>`(${sql.join(
    columns.map((column) => sql`lower(coalesce(${sql.ref(column)}, '')) like ${part} escape '!'`),
    sql` or `,
  )})`;
}

const ofParticipant = (code: string) => (eb: ExpressionBuilder<Tables, 'audit'>) =>
  eb.or([
    eb('subject', '=', `participant:${code}`),
    eb('subject', 'like', `form:${code}/%`),
    eb('subject', 'like', `visit:${code}/%`),
    eb('subject', 'like', `query:${code}/%`),
  ]);

const plain = (text: string): string => text.replaceAll(/[!%_]/g, '!$&');

/** A pattern of what begins with the text, whatever characters are in it. */
const beginning = (text: string): string => `${plain(text)}%`;

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

/** The trail of one participant, without the looks at who they are: those are for whoever reads the whole trail. */
export async function participantEntries(
  db: Connection,
  study: string,
  code: string,
  unseen: Unseen,
): Promise<AuditRow[]> {
  return seen(db, study, unseen)
    .selectAll()
    .where(ofParticipant(code))
    .where('action', 'not like', 'identity.%')
    .orderBy('seq', 'desc')
    .limit(500)
    .execute();
}
