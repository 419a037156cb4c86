import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { advance, type ParticipantRecord } from '../participants/store.ts';
import type { Caller } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import type { FormRecord } from './store.ts';

/**
 * When every form of the last visit is complete, the participant has completed the study.
 *
 * @param forms of the participant, as they are now
 */
export async function completeParticipant(
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  forms: readonly FormRecord[],
  at: string,
): Promise<void> {
  const last = studyAt(caller.study, participant.site).document.visits.at(-1)!;
  if (participant.status !== 'randomised' || last.baseline) return;
  const done = last.instruments.every((instrument) =>
    forms.some(
      (form) => form.visit === last.id && form.instrument === instrument && form.status === 'complete',
    ),
  );
  if (!done) return;
  await advance(tx, participant.id, participant.version, { status: 'completed' });
  await appendAudit(tx, caller, at, {
    action: 'participants.complete',
    subject: `participant:${participant.code}`,
    before: { status: participant.status },
    after: { status: 'completed' },
  });
}
