import { appendAudit } from '../audit/append.ts';
import { conflict, notValid } from '../errors.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { expectVersion, findParticipant } from '../participants/find.ts';
import { advance } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { today } from '../visits/today.ts';
import { readConsent, writeConsent } from './store.ts';

/** Records which version of the consent form was signed, and when. Only an eligible person consents. */
export async function recordConsent(
  services: Services,
  caller: Caller,
  code: string,
  input: { version: number; consentVersion: string; signedOn: string },
) {
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    const here = callerAt(caller, participant.site);
    const form = here.study.document.consent.versions.find((one) => one.version === input.consentVersion);
    if (!form) throw notValid(`The protocol has no consent form of version “${input.consentVersion}”.`);
    if (input.signedOn > today(services)) throw notValid('The day of signing is in the future.');
    if (input.signedOn < form.approved)
      throw notValid(
        `Version ${form.version} of the consent form was approved on ${form.approved}, after the day of signing.`,
      );
    expectVersion(participant, input.version);
    if (participant.status !== 'eligible' && participant.status !== 'consented')
      throw conflict(`Consent is recorded for an eligible person; ${code} is ${participant.status}.`);
    if (input.signedOn < participant.screened_on)
      throw notValid(`Consent can’t be signed before the day of screening, ${participant.screened_on}.`);
    const earlier = await readConsent(tx, participant.id);
    const at = services.now().toISOString();
    await writeConsent(tx, {
      participant_id: participant.id,
      consent_version: input.consentVersion,
      signed_on: input.signedOn,
      recorded_at: at,
      recorded_by: caller.user.id,
      study_version: here.study.version,
    });
    await advance(tx, participant.id, participant.version, { status: 'consented' });
    await appendAudit(tx, here, at, {
      action: 'consent.record',
      subject: `participant:${code}`,
      before: earlier && { version: earlier.consent_version, signedOn: earlier.signed_on },
      after: { version: input.consentVersion, signedOn: input.signedOn },
    });
    return { version: participant.version + 1, status: 'consented' as const };
  });
}
