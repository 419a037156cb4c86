import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Connection } from '../../db/database.ts';
import type { Tables } from '../../db/schema.ts';
import type { StudyDocument } from '../../studies/document.ts';
import type { EntryState } from '../contract.ts';
import { LOTS } from '../wanted.ts';

/** Sites; null is every site. */
type Sites = ReadonlySet<string> | null;

export interface Scope {
  study: string;
  wanted: NonNullable<StudyDocument['doubleEntry']>;
  sites: Sites;
}

/** Somebody and where they may enter again, and decide. */
export interface Asker {
  user: string;
  enters: Sites;
  adjudicates: Sites;
}

type Joined = Pick<Tables, 'form' | 'participant' | 'form_version' | 'second_entry_version'> & {
  entry: Partial<Tables['second_entry']> & Pick<Tables['second_entry'], 'id' | 'status' | 'settled_at'>;
};
type Builder = ExpressionBuilder<Joined, 'form' | 'participant' | 'entry'>;

/** As `stateOf` in rules.ts. */
const state = sql<EntryState>`case
  when entry.id is null then 'waiting'
  when entry.status <> 'complete' then 'started'
  when entry.settled_at is null then 'differs'
  when exists (select 1 from second_entry_decision decided where decided.entry_id = entry.id) then 'adjudicated'
  else 'agrees' end`;

/** How many forms are in each state. */
export async function countStates(db: Connection, scope: Scope): Promise<Record<EntryState, number>> {
  const rows = await forms(db, scope)
    .select([state.as('state'), (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy(state)
    .execute();
  const counts = { waiting: 0, started: 0, differs: 0, agrees: 0, adjudicated: 0 };
  for (const row of rows) counts[row.state] = Number(row.n);
  return counts;
}

/** How many forms wait for somebody: to be entered by them, or decided. */
export async function countFor(db: Connection, scope: Scope, asker: Asker): Promise<number> {
  const { n } = await forms(db, scope)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where((eb) => isFor(eb as unknown as Builder, asker))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/**
 * A page of forms with how far their second entry is, without answers, the longest waiting first.
 *
 * @param of the states that are shown, or whom they wait for
 */
export async function pageOfStates(
  db: Connection,
  scope: Scope,
  of: { states: readonly EntryState[] } | { asker: Asker },
  asker: Asker,
  { page, size }: { page: number; size: number },
) {
  const query = forms(db, scope)
    .select((eb) => [
      'form.visit',
      'form.instrument',
      'form.saved_at',
      'participant.code',
      'participant.site',
      'entry.id as entry_id',
      'entry.saved_at as entry_at',
      'entry.saved_by as entry_by',
      state.as('state'),
      number(mayEnter(eb as unknown as Builder, asker)).as('may_enter'),
      number(mayAdjudicate(eb as unknown as Builder, asker)).as('may_adjudicate'),
    ])
    .where((eb) =>
      'asker' in of ? isFor(eb as unknown as Builder, of.asker) : eb(state, 'in', [...of.states]),
    );
  return query
    .orderBy('form.saved_at')
    .orderBy('form.id')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
}

/** Complete forms that are to be entered twice, each with its second entry where there is one. */
function forms(db: Connection, { study, wanted: { instruments, visits, sample }, sites }: Scope) {
  let query = db
    .selectFrom('form')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .leftJoin('second_entry as entry', (join) =>
      join
        .onRef('entry.participant_id', '=', 'form.participant_id')
        .onRef('entry.visit', '=', 'form.visit')
        .onRef('entry.instrument', '=', 'form.instrument'),
    )
    .where('participant.study_id', '=', study)
    .where('form.status', '=', 'complete');
  if (instruments) query = query.where('form.instrument', 'in', instruments);
  if (visits) query = query.where('form.visit', 'in', visits);
  if (sample < 1) query = query.where('form.lot', '<=', Math.ceil(sample * LOTS) - 1);
  if (sites) query = query.where('participant.site', 'in', [...sites]);
  return query;
}

const number = (condition: Expression<SqlBool>) => sql<number>`case when ${condition} then 1 else 0 end`;

const isFor = (eb: Builder, asker: Asker) => eb.or([mayEnter(eb, asker), mayAdjudicate(eb, asker)]);

const mayEnter = (eb: Builder, { user, enters }: Asker) =>
  eb.and([within(eb, enters), eb(state, 'in', ['waiting', 'started']), eb.not(savedFirst(eb, user))]);

const mayAdjudicate = (eb: Builder, { user, adjudicates }: Asker) =>
  eb.and([
    within(eb, adjudicates),
    eb(state, '=', 'differs'),
    eb.not(savedFirst(eb, user)),
    eb.not(savedSecond(eb, user)),
  ]);

const within = (eb: Builder, sites: Sites) =>
  sites === null
    ? sql<SqlBool>`1 = 1`
    : sites.size === 0
      ? sql<SqlBool>`1 = 0`
      : eb('participant.site', 'in', [...sites]);

const savedFirst = (eb: Builder, user: string) =>
  eb.exists(
    eb
      .selectFrom('form_version')
      .select('form_version.version')
      .whereRef('form_version.form_id', '=', 'form.id')
      .where('form_version.saved_by', '=', user),
  );

const savedSecond = (eb: Builder, user: string) =>
  eb.exists(
    eb
      .selectFrom('second_entry_version')
      .select('second_entry_version.version')
      .whereRef('second_entry_version.entry_id', '=', 'entry.id')
      .where('second_entry_version.saved_by', '=', user),
  );
