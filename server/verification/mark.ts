import { appendAudit } from '../audit/append.ts';
import { readConsent } from '../consent/store.ts';
import { conflict, notValid } from '../errors.ts';
import { findPlace, studyOfForm } from '../forms/place.ts';
import type { FormAddress } from '../forms/read.ts';
import { findForm } from '../forms/store.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import type { FormVerification } from './contract.ts';
import { fieldsOf } from './fields.ts';
import { formVerification } from './read.ts';
import { insertMarks } from './store.ts';

export interface Marking {
  key: string;
  version: number;
  /** Null: the whole form. */
  fields: string[] | null;
  verified: boolean;
}

/** Marks fields of a complete form as compared with the source, or takes that back. Marks are kept for ever. */
export async function markVerified(
  services: Services,
  caller: Caller,
  address: FormAddress,
  { key, ...input }: Marking,
): Promise<FormVerification> {
  const { study, user } = caller;
  const payload = { ...address, ...input };
  await once(services, { user, study: study.id, endpoint: 'verification.mark', key, payload }, async (tx) => {
    const participant = await findParticipant(tx, caller, address.participant);
    const { visit, instrument: id } = address;
    await refuseLocked(tx, caller, { participant, visit, instrument: id }, 'answer');
    const form = await findForm(tx, participant.id, visit, id);
    const under = studyOfForm(study, participant, form);
    const { instrument } = await findPlace(tx, under, participant, { visit, instrument: id });
    const known = new Set(fieldsOf(instrument).map(({ field }) => field));
    const unknown = input.fields?.find((field) => !known.has(field));
    if (unknown !== undefined)
      throw notValid(`${instrument.short} has no field “${unknown}”. Nothing was marked.`);
    if (form?.status !== 'complete')
      throw conflict('Only a complete form is verified against the source. Nothing was marked.');
    if (form.version !== input.version)
      throw conflict('The form has changed since you opened it. Nothing was marked; compare it again.');
    const at = services.now().toISOString();
    const items = input.fields === null ? [null] : [...new Set(input.fields)];
    await insertMarks(
      tx,
      study.id,
      items.map((item) => ({
        participant_id: participant.id,
        form_id: form.id,
        item,
        version: form.version,
        verified: input.verified ? (1 as const) : (0 as const),
        marked_at: at,
        marked_by: user.id,
      })),
    );
    await appendAudit(tx, caller, at, {
      action: input.verified ? 'verification.mark' : 'verification.take-back',
      subject: `form:${address.participant}/${visit}/${id}`,
      after: { version: form.version, fields: input.fields ?? 'all' },
    });
    return { marked: items.length };
  });
  return formVerification(services.db.read, caller, address);
}

/** The same for the signed consent form. */
export async function markConsent(
  services: Services,
  caller: Caller,
  code: string,
  { key, verified }: { key: string; verified: boolean },
): Promise<{ participant: string; state: 'verified' | 'unverified' }> {
  const { study, user } = caller;
  const act = { user, study: study.id, endpoint: 'verification.consent', key, payload: { code, verified } };
  return once(services, act, async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant }, 'answer');
    const consent = await readConsent(tx, participant.id);
    if (!consent) throw conflict(`No consent of ${code} is recorded. Nothing was marked.`);
    const at = services.now().toISOString();
    await insertMarks(tx, study.id, [
      {
        participant_id: participant.id,
        form_id: null,
        item: null,
        version: 1,
        verified: verified ? 1 : 0,
        marked_at: at,
        marked_by: user.id,
      },
    ]);
    await appendAudit(tx, caller, at, {
      action: verified ? 'verification.mark' : 'verification.take-back',
      subject: `participant:${code}`,
      after: { consent: consent.consent_version, signedOn: consent.signed_on },
    });
    return { participant: code, state: verified ? ('verified' as const) : ('unverified' as const) };
  });
}
