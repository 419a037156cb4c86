import type { Connection } from '../db/database.ts';

/** Whether each participant was judged eligible, and which consent form was signed when. */
export async function judgedAndConsented(db: Connection, study: string) {
  return db
    .selectFrom('participant')
    .leftJoin('eligibility', 'eligibility.participant_id', 'participant.id')
    .leftJoin('consent', 'consent.participant_id', 'participant.id')
    .select([
      'participant.id',
      'eligibility.eligible',
      'consent.consent_version as consentVersion',
      'consent.signed_on as signedOn',
    ])
    .where('participant.study_id', '=', study)
    .execute();
}
