import type { Insertable, Selectable } from 'kysely';
import type { Connection, Transaction } from '../../db/database.ts';
import type { Tables } from '../../db/schema.ts';

export type RunRecord = Selectable<Tables['analysis_run']> &
  Partial<Pick<Selectable<Tables['analysis_outcome']>, 'ended_at' | 'failure' | 'results_sha256'>> & {
    status: string | null;
  };
export type MarkRecord = Selectable<Tables['analysis_mark']>;

const runs = (db: Connection, study: string) =>
  db
    .selectFrom('analysis_run')
    .leftJoin('analysis_outcome', 'analysis_outcome.run_id', 'analysis_run.id')
    .selectAll('analysis_run')
    .select(['status', 'ended_at', 'failure', 'results_sha256'])
    .where('study_id', '=', study);

/** Newest first, without their results. */
export async function runsOf(db: Connection, study: string): Promise<RunRecord[]> {
  return runs(db, study).orderBy('number', 'desc').execute() as Promise<RunRecord[]>;
}

export async function findRun(db: Connection, study: string, id: string): Promise<RunRecord | undefined> {
  return runs(db, study).where('id', '=', id).executeTakeFirst() as Promise<RunRecord | undefined>;
}

export async function resultsOf(db: Connection, run: string): Promise<string | null> {
  const row = await db
    .selectFrom('analysis_outcome')
    .select('results')
    .where('run_id', '=', run)
    .executeTakeFirst();
  return row?.results ?? null;
}

export async function marksOf(db: Connection, study: string): Promise<MarkRecord[]> {
  return db
    .selectFrom('analysis_mark')
    .innerJoin('analysis_run', 'analysis_run.id', 'analysis_mark.run_id')
    .selectAll('analysis_mark')
    .where('study_id', '=', study)
    .orderBy('version')
    .execute();
}

/** The number that the study's next run has. */
export async function nextNumber(tx: Transaction, study: string): Promise<number> {
  const { last } = await tx
    .selectFrom('analysis_run')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('study_id', '=', study)
    .executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

/** Keeps a file once, however often it is taken. */
export async function keepMaterial(
  tx: Transaction,
  row: Insertable<Tables['analysis_material']>,
): Promise<void> {
  await tx
    .insertInto('analysis_material')
    .values(row)
    .onConflict((conflict) => conflict.columns(['study_id', 'sha256']).doNothing())
    .execute();
}

export async function readMaterial(db: Connection, study: string, sha256: string): Promise<string> {
  const { content } = await db
    .selectFrom('analysis_material')
    .select('content')
    .where('study_id', '=', study)
    .where('sha256', '=', sha256)
    .executeTakeFirstOrThrow();
  return content;
}

export async function insertRun(tx: Transaction, row: Insertable<Tables['analysis_run']>): Promise<void> {
  await tx.insertInto('analysis_run').values(row).execute();
}

export async function insertOutcome(
  tx: Transaction,
  row: Insertable<Tables['analysis_outcome']>,
): Promise<void> {
  await tx.insertInto('analysis_outcome').values(row).execute();
}

export async function insertMark(tx: Transaction, row: Insertable<Tables['analysis_mark']>): Promise<void> {
  await tx.insertInto('analysis_mark').values(row).execute();
}
