import { appendAudit } from '../audit/append.ts';
import { notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { today } from '../visits/today.ts';
import { findParticipant } from './find.ts';
import { insertContact } from './store.ts';

export interface Contact {
  key: string;
  on: string;
  outcome: 'reached' | 'not-reached' | 'declined' | 'other';
  note: string;
}

/** Logs an attempt to reach the participant. */
export async function logContact(
  services: Services,
  caller: Caller,
  code: string,
  input: Contact,
): Promise<{ id: string }> {
  if (input.on > today(services)) throw notValid('The day of the contact is in the future.');
  return once(
    services,
    {
      user: caller.user,
      study: caller.study.id,
      endpoint: 'contacts.log',
      key: input.key,
      payload: { code, ...input },
    },
    async (tx) => {
      const participant = await findParticipant(tx, caller, code);
      await refuseLocked(tx, caller, { participant });
      const here = callerAt(caller, participant.site);
      const id = crypto.randomUUID();
      const at = services.now().toISOString();
      await insertContact(tx, {
        id,
        participant_id: participant.id,
        on_day: input.on,
        outcome: input.outcome,
        note: input.note,
        logged_at: at,
        logged_by: caller.user.id,
        study_version: here.study.version,
      });
      await appendAudit(tx, here, at, {
        action: 'contacts.log',
        subject: `participant:${code}`,
        after: { on: input.on, outcome: input.outcome, note: input.note },
      });
      return { id };
    },
  );
}
