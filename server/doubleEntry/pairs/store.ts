import type { Connection } from '../../db/database.ts';

/** Both entries of forms, each as it is now. */
export async function bothEntries(db: Connection, entries: readonly string[]) {
  if (entries.length === 0) return [];
  return db
    .selectFrom('second_entry')
    .innerJoin('form', (join) =>
      join
        .onRef('form.participant_id', '=', 'second_entry.participant_id')
        .onRef('form.visit', '=', 'second_entry.visit')
        .onRef('form.instrument', '=', 'second_entry.instrument'),
    )
    .select([
      'second_entry.id',
      'form.instrument',
      'form.study_version',
      'form.assessed_on as first_on',
      'form.answers as first_answers',
      'second_entry.assessed_on as second_on',
      'second_entry.answers as second_answers',
    ])
    .where('second_entry.id', 'in', entries)
    .execute();
}

/** Both entries of every form that was entered twice, the first as it was when they were compared. */
export async function comparedEntries(db: Connection, study: string, sites: ReadonlySet<string> | null) {
  let query = db
    .selectFrom('second_entry')
    .innerJoin('participant', 'participant.id', 'second_entry.participant_id')
    .innerJoin('form', (join) =>
      join
        .onRef('form.participant_id', '=', 'second_entry.participant_id')
        .onRef('form.visit', '=', 'second_entry.visit')
        .onRef('form.instrument', '=', 'second_entry.instrument'),
    )
    .innerJoin('form_version', (join) =>
      join
        .onRef('form_version.form_id', '=', 'form.id')
        .onRef('form_version.version', '=', 'second_entry.first_version'),
    )
    .select([
      'second_entry.id',
      'form.instrument',
      'form.study_version',
      'form_version.assessed_on as first_on',
      'form_version.answers as first_answers',
      'second_entry.assessed_on as second_on',
      'second_entry.answers as second_answers',
    ])
    .where('participant.study_id', '=', study)
    .where('second_entry.status', '=', 'complete');
  if (sites) query = query.where('participant.site', 'in', [...sites]);
  return query.execute();
}
