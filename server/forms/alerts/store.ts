import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import type { Tables } from '../../db/schema.ts';

export type AlertRecord = Selectable<Tables['safety_alert']>;

export async function insertAlert(db: Connection, alert: Insertable<Tables['safety_alert']>): Promise<void> {
  await db.insertInto('safety_alert').values(alert).execute();
}

const alertsOfForm = prepared((db, { form }: { form: string }) =>
  db.selectFrom('safety_alert').selectAll().where('form_id', '=', form).orderBy('opened_at'),
);

export async function alertsOf(db: Connection, form: string): Promise<AlertRecord[]> {
  return (await alertsOfForm(db, { form })).rows;
}

/** Alerts that nobody has recorded an answer to, with where they are. */
export async function openAlerts(db: Connection, study: string) {
  return (
    db
      .selectFrom('safety_alert')
      // Crossed, so that SQLite begins with the few alerts that are open and not with everybody's forms.
      .crossJoin('form')
      .crossJoin('participant')
      .whereRef('form.id', '=', 'safety_alert.form_id')
      .whereRef('participant.id', '=', 'form.participant_id')
      .select([
        'safety_alert.id',
        'safety_alert.item',
        'safety_alert.value',
        'safety_alert.opened_at',
        'form.visit',
        'form.instrument',
        'participant.code',
        'participant.site',
      ])
      .where('participant.study_id', '=', study)
      .where('safety_alert.resolved_at', 'is', null)
      .orderBy('safety_alert.opened_at')
      .execute()
  );
}

export async function findAlert(db: Connection, study: string, id: string) {
  return db
    .selectFrom('safety_alert')
    .innerJoin('form', 'form.id', 'safety_alert.form_id')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .select([
      'safety_alert.id',
      'safety_alert.item',
      'form.participant_id',
      'safety_alert.resolved_at',
      'safety_alert.resolved_by',
      'safety_alert.resolution',
      'form.visit',
      'form.instrument',
      'participant.code',
      'participant.site',
    ])
    .where('participant.study_id', '=', study)
    .where('safety_alert.id', '=', id)
    .executeTakeFirst();
}

export async function resolveAlert(
  db: Connection,
  id: string,
  resolution: { at: string; by: string; what: string },
): Promise<boolean> {
  const result = await db
    .updateTable('safety_alert')
    .set({ resolved_at: resolution.at, resolved_by: resolution.by, resolution: resolution.what })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
