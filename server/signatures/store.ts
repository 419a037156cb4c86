import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type SignatureRecord = Selectable<Tables['signature']> & { code: string; site: string };
export interface SignedForm {
  signature_id: string;
  form_id: string;
  version: number;
  hash: string;
  visit: string;
  instrument: string;
}

/** Signatures of the study or of one participant, newest first. */
export async function signaturesOf(
  db: Connection,
  study: string,
  participant?: string,
): Promise<SignatureRecord[]> {
  let query = db
    .selectFrom('signature')
    .innerJoin('participant', 'participant.id', 'signature.participant_id')
    .selectAll('signature')
    .select(['participant.code', 'participant.site'])
    .where('signature.study_id', '=', study);
  if (participant) query = query.where('signature.participant_id', '=', participant);
  return query.orderBy('signed_at', 'desc').orderBy('signature.id').execute();
}

export async function signedFormsOf(
  db: Connection,
  study: string,
  participant?: string,
): Promise<SignedForm[]> {
  let query = db
    .selectFrom('signature_form')
    .innerJoin('signature', 'signature.id', 'signature_form.signature_id')
    .innerJoin('form', 'form.id', 'signature_form.form_id')
    .selectAll('signature_form')
    .select(['form.visit', 'form.instrument'])
    .where('signature.study_id', '=', study);
  if (participant) query = query.where('signature.participant_id', '=', participant);
  return query.execute();
}

/** What is compared with signatures: every form of the participants, without its answers. */
export async function formStates(db: Connection, study: string, participant?: string) {
  let query = db
    .selectFrom('form')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .select([
      'form.id',
      'form.participant_id',
      'form.visit',
      'form.instrument',
      'form.version',
      'form.status',
      'form.study_version',
      'participant.code',
    ])
    .where('participant.study_id', '=', study);
  if (participant) query = query.where('form.participant_id', '=', participant);
  return query.execute();
}

export async function insertSignature(
  db: Connection,
  signature: Insertable<Tables['signature']>,
  forms: Insertable<Tables['signature_form']>[],
): Promise<void> {
  await db.insertInto('signature').values(signature).execute();
  await db.insertInto('signature_form').values(forms).execute();
}

/** Versions of some forms, to compute their hashes or to tell who changed them. */
export async function versionsOfForms(db: Connection, forms: readonly string[]) {
  if (forms.length === 0) return [];
  return db
    .selectFrom('form_version')
    .selectAll()
    .where('form_id', 'in', forms)
    .orderBy('form_id')
    .orderBy('version')
    .execute();
}
