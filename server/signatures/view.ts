import { mayAt } from '../access/mayAt.ts';
import { reaches } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { groupBy } from '../grouped.ts';
import { findParticipant } from '../participants/find.ts';
import { allParticipants } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import type { SignatureView } from './contract.ts';
import { versionHash } from './hash.ts';
import { covers, meaningsOf, signedForms, unseenBy } from './rules.ts';
import {
  formStates,
  type SignatureRecord,
  type SignedForm,
  signaturesOf,
  signedFormsOf,
  versionsOfForms,
} from './store.ts';

type FormRow = Awaited<ReturnType<typeof formStates>>[number];

/** Signatures with the forms that each stands under, and every form as it is now. */
export interface Signed {
  signatures: { record: SignatureRecord; forms: SignedForm[] }[];
  forms: FormRow[];
}

export async function readSigned(db: Connection, study: string, participant?: string): Promise<Signed> {
  const records = await signaturesOf(db, study, participant);
  const signed = groupBy(await signedFormsOf(db, study, participant), (one) => one.signature_id);
  return {
    signatures: records.map((record) => ({ record, forms: signed.get(record.id) ?? [] })),
    forms: await formStates(db, study, participant),
  };
}

/** As the rules judge it. */
export const signedState = ({ record, forms }: Signed['signatures'][number]) => ({
  visit: record.visit,
  instrument: record.instrument,
  forms: forms.map(({ form_id, version }) => ({ id: form_id, version })),
});

export async function participantSignatures(services: Services, caller: Caller, code: string) {
  const db = services.db.read;
  const participant = await findParticipant(db, caller, code);
  const signed = await readSigned(db, caller.study.id, participant.id);
  return {
    meanings: meaningsOf(studyAt(caller.study, participant.site).document),
    maySign: await mayAt(db, caller, 'signatures.sign', participant.site),
    signatures: await viewSignatures(db, signed),
  };
}

/** @param chosen those to show; void or not is judged by all forms in `signed` */
export async function viewSignatures(
  db: Connection,
  signed: Signed,
  chosen = signed.signatures,
): Promise<SignatureView[]> {
  const voids = chosen.map((one) => unseenBy(signedState(one), formsOf(signed, one)));
  const versions = await versionsOfForms(db, [
    ...new Set([
      ...chosen.flatMap(({ forms }) => forms.map(({ form_id }) => form_id)),
      ...voids.flat().map(({ form }) => form.id),
    ]),
  ]);
  const names = await userNames(
    db,
    versions.map(({ saved_by }) => saved_by),
  );
  const version = (form: string, number: number) =>
    versions.find((one) => one.form_id === form && one.version === number);
  return chosen.map((one, index) => {
    const { record, forms } = one;
    const [first] = voids[index]!.map(({ form, version: number }) => ({
      form,
      row: version(form.id, number)!,
    })).sort((a, b) => a.row.saved_at.localeCompare(b.row.saved_at));
    return {
      id: record.id,
      participant: record.code,
      visit: record.visit,
      instrument: record.instrument,
      meaning: record.meaning,
      name: record.printed_name,
      role: record.role,
      at: record.signed_at,
      forms: forms.map(({ visit, instrument, version: number, hash }) => ({
        visit,
        instrument,
        version: number,
        hash,
      })),
      hash: record.content_hash,
      intact: forms.every((form) => {
        const row = version(form.form_id, form.version);
        return row !== undefined && versionHash(row) === form.hash;
      }),
      void: first
        ? {
            at: first.row.saved_at,
            by: names.get(first.row.saved_by) ?? first.row.saved_by,
            visit: first.form.visit,
            instrument: first.form.instrument,
            version: first.row.version,
          }
        : null,
    };
  });
}

const formsOf = ({ forms }: Signed, { record }: Signed['signatures'][number]) =>
  forms.filter((form) => form.participant_id === record.participant_id);

/** Casebooks with complete forms that no valid signature covers, and void signatures that nobody has renewed. */
export async function listSignatures(services: Services, caller: Caller) {
  const db = services.db.read;
  const all = await readSigned(db, caller.study.id);
  const signatures = all.signatures.filter(({ record }) => reaches(caller.sites, record.site));
  const signed = { signatures, forms: all.forms };
  const byPerson = groupBy(signatures, ({ record }) => record.participant_id);
  const forms = groupBy(all.forms, (form) => form.participant_id);
  const valid = (one: Signed['signatures'][number]) =>
    unseenBy(signedState(one), forms.get(one.record.participant_id) ?? []).length === 0;
  const stale = signatures.filter(
    (one) =>
      !valid(one) &&
      !signatures.some(
        (later) =>
          later.record.participant_id === one.record.participant_id &&
          later.record.signed_at > one.record.signed_at &&
          one.forms.every((form) => covers(later.record, { ...form, id: form.form_id })),
      ),
  );
  const people = await allParticipants(db, caller.study.id, caller.sites);
  return {
    toSign: people
      .map(({ id, code, site }) => {
        const own = forms.get(id) ?? [];
        const under = signedForms((byPerson.get(id) ?? []).map(signedState), own);
        const complete = own.filter(({ status }) => status === 'complete');
        return {
          participant: code,
          site,
          complete: complete.length,
          signed: complete.filter((form) => under.has(form.id)).length,
          open: own.length - complete.length,
        };
      })
      .filter(({ complete, signed: done }) => complete > done),
    void: await viewSignatures(db, signed, stale),
    valid: signatures.filter(valid).length,
  };
}
