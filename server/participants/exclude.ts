import { appendAudit } from '../audit/append.ts';
import { conflict, notValid } from '../errors.ts';
import { refuseLocked } from '../locks/refuse.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { expectVersion, findParticipant } from './find.ts';
import { advance } from './store.ts';

/** Closes a screened person as not enrolled, with one of the protocol's reasons. */
export async function excludeParticipant(
  services: Services,
  caller: Caller,
  code: string,
  input: { version: number; reason: string },
) {
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    const here = callerAt(caller, participant.site);
    const reasons = here.study.document.screening.exclusionReasons;
    if (!reasons.some((reason) => reason.id === input.reason))
      throw notValid(`The protocol has no exclusion reason “${input.reason}”.`);
    expectVersion(participant, input.version);
    if (!['screening', 'eligible', 'consented'].includes(participant.status))
      throw conflict(`${code} is ${participant.status} and can’t be closed as not enrolled.`);
    const at = services.now().toISOString();
    await advance(tx, participant.id, participant.version, {
      status: 'excluded',
      exclusion_reason: input.reason,
    });
    await appendAudit(tx, here, at, {
      action: 'participants.exclude',
      subject: `participant:${code}`,
      before: { status: participant.status },
      after: { status: 'excluded', reason: input.reason },
    });
    return { version: participant.version + 1, status: 'excluded' as const };
  });
}
