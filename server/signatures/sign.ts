import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseAnyLocked, refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import type { SignatureView } from './contract.ts';
import { signatureHash, versionHash } from './hash.ts';
import { covers, meaningsOf } from './rules.ts';
import { formStates, insertSignature, versionsOfForms } from './store.ts';
import { readSigned, viewSignatures } from './view.ts';

export interface Signing {
  key: string;
  visit?: string;
  instrument?: string;
  meaning: string;
  forms: { visit: string; instrument: string; version: number }[];
}

/**
 * Signs a form, a visit's forms or a casebook, bound to the hash of each form's version. The caller has proved who they
 * are (`reauthenticate`). Only complete forms are signed, and only as they were on the screen; a visit only when every
 * form that the protocol asks for there is complete; nothing where one of the forms is locked.
 */
export async function signForms(
  services: Services,
  caller: Caller,
  code: string,
  input: Signing,
): Promise<SignatureView> {
  const { study, user } = caller;
  if (input.instrument !== undefined && input.visit === undefined)
    throw notValid('A form needs its visit. Nothing was signed.');
  const { key, ...rest } = input;
  const payload = { code, ...rest };
  const act = { user, study: study.id, endpoint: 'signatures.sign', key, payload };
  const id = await once(services, act, async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(
      tx,
      caller,
      { participant, visit: input.visit, instrument: input.instrument },
      'answer',
    );
    const here = callerAt(caller, participant.site);
    const meaning = meaningsOf(here.study.document).find(({ id }) => id === input.meaning);
    if (!meaning) throw notValid(`The protocol has no meaning “${input.meaning}”. Nothing was signed.`);
    const forms = await formsToSign(tx, here, participant, input);
    await refuseAnyLocked(tx, caller, participant, input.forms);
    const at = services.now().toISOString();
    const made = crypto.randomUUID();
    const role = caller.roles.join(' ');
    const said = {
      participant: code,
      name: user.name,
      user: user.id,
      role,
      meaning: meaning.label,
      at,
      forms,
    };
    await insertSignature(
      tx,
      {
        id: made,
        study_id: study.id,
        participant_id: participant.id,
        visit: input.visit ?? null,
        instrument: input.instrument ?? null,
        meaning: meaning.label,
        printed_name: user.name,
        role,
        content_hash: signatureHash(said),
        signed_at: at,
        signed_by: user.id,
      },
      forms.map(({ form, version, hash }) => ({ signature_id: made, form_id: form, version, hash })),
    );
    const place = [code, input.visit, input.instrument].filter((part) => part !== undefined);
    await appendAudit(tx, caller, at, {
      action: 'signatures.sign',
      subject: `${(['participant', 'visit', 'form'] as const)[place.length - 1]}:${place.join('/')}`,
      after: { meaning: meaning.label, name: user.name, forms: input.forms, hash: signatureHash(said) },
    });
    return made;
  });
  const db = services.db.read;
  const person = await findParticipant(db, caller, code);
  const signed = await readSigned(db, study.id, person.id);
  const [view] = await viewSignatures(
    db,
    signed,
    signed.signatures.filter(({ record }) => record.id === id),
  );
  return view!;
}

/** Every form within what is signed, at the version that was on the screen. */
async function formsToSign(tx: Transaction, caller: Caller, participant: ParticipantRecord, input: Signing) {
  const part = { visit: input.visit ?? null, instrument: input.instrument ?? null };
  const now = (await formStates(tx, caller.study.id, participant.id)).filter((form) => covers(part, form));
  const name = (form: { visit: string; instrument: string }) =>
    `${caller.study.instruments.get(form.instrument)?.short ?? form.instrument}, ${caller.study.document.visits.find(({ id }) => id === form.visit)?.label ?? form.visit}`;
  const asked = input.instrument === undefined ? caller.study.document.visits : [];
  const lacking = (asked.find(({ id }) => id === input.visit)?.instruments ?? [])
    .filter((instrument) => !now.some((form) => form.instrument === instrument))
    .map((instrument) => ({ visit: input.visit!, instrument }));
  const open = [...now.filter(({ status }) => status !== 'complete'), ...lacking];
  if (open.length > 0)
    throw conflict(
      `Only complete forms are signed; ${open.map(name).join(' and ')} ${open.length === 1 ? 'isn’t' : 'aren’t'}. Nothing was signed.`,
    );
  if (now.length === 0) throw conflict('There is no complete form to sign. Nothing was signed.');
  const same =
    now.length === input.forms.length &&
    now.every((form) =>
      input.forms.some(
        (seen) =>
          seen.visit === form.visit && seen.instrument === form.instrument && seen.version === form.version,
      ),
    );
  if (!same)
    throw conflict(
      'A form has changed since you opened this page. Nothing was signed; look at the forms again.',
    );
  const versions = await versionsOfForms(
    tx,
    now.map(({ id }) => id),
  );
  return now.map(({ id, version }) => {
    const row = versions.find((one) => one.form_id === id && one.version === version)!;
    return { form: id, version, hash: versionHash(row) };
  });
}
