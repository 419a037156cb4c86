import { appendAudit } from '../audit/append.ts';
import { conflict, notValid } from '../errors.ts';
import { refuseLocked } from '../locks/refuse.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { judgeEligibility } from '../studies/rules.ts';
import type { ParticipantStatus } from './contract.ts';
import { expectVersion, findParticipant } from './find.ts';
import { contradictions, problemsOfEligibility } from './rules.ts';
import { advance, readEligibility, writeEligibility } from './store.ts';

const before: readonly string[] = ['screening', 'excluded', 'eligible'] satisfies ParticipantStatus[];

/** Records each criterion; the participant becomes eligible, or excluded when one speaks against it. */
export async function confirmEligibility(
  services: Services,
  caller: Caller,
  code: string,
  input: { version: number; answers: Record<string, boolean> },
) {
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    const here = callerAt(caller, participant.site);
    const { study } = here;
    const issues = problemsOfEligibility(study.document, input.answers);
    if (issues.length > 0) throw notValid('Each criterion needs an answer. Nothing was saved.', issues);
    const eligible = judgeEligibility(study.document, input.answers).eligible;
    const status: ParticipantStatus = eligible ? 'eligible' : 'excluded';
    expectVersion(participant, input.version);
    if (!before.includes(participant.status))
      throw conflict(
        `${code} is past eligibility (${participant.status}). The criteria stay as they were recorded.`,
      );
    const against = contradictions(study.document, JSON.parse(participant.screening), input.answers);
    if (against.length > 0)
      throw notValid('The screening answers say otherwise. Nothing was saved.', against);
    const earlier = await readEligibility(tx, participant.id);
    const at = services.now().toISOString();
    await writeEligibility(tx, {
      participant_id: participant.id,
      answers: JSON.stringify(input.answers),
      eligible: eligible ? 1 : 0,
      confirmed_at: at,
      confirmed_by: caller.user.id,
      study_version: study.version,
    });
    await advance(tx, participant.id, participant.version, {
      status,
      exclusion_reason: eligible ? null : 'eligibility',
    });
    await appendAudit(tx, here, at, {
      action: 'participants.eligibility',
      subject: `participant:${code}`,
      before: { status: participant.status, answers: earlier ? JSON.parse(earlier.answers) : null },
      after: { status, answers: input.answers },
    });
    return { version: participant.version + 1, status };
  });
}
