import { notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import { insert } from '../records/add.ts';
import { refuseKept } from '../records/kind.ts';
import type { Caller, Services } from '../services.ts';
import { session } from './kind.ts';

export interface SessionSheet {
  key: string;
  on: string;
  minutes: number | null;
  therapist: string | null;
  group: string | null;
  participants: { participant: string; number: number; attended: boolean; missedReason: string }[];
}

/** One session: everyone who was to come, attended or missed; all of them are recorded, or nobody. */
export async function recordSession(
  services: Services,
  caller: Caller,
  input: SessionSheet,
): Promise<{ sheet: string; records: number }> {
  refuseKept(caller, session);
  const { key, on, minutes, therapist, group, participants } = input;
  if (new Set(participants.map(({ participant }) => participant)).size < participants.length)
    throw notValid('A participant is on the sheet twice. Nothing was saved.');
  if (group === null && participants.length > 1)
    throw notValid('A session of several participants is a group’s. Nothing was saved.');
  const act = { user: caller.user, study: caller.study.id, endpoint: 'sessions.record', key };
  return once(services, { ...act, payload: input }, async (tx) => {
    const sheet = crypto.randomUUID();
    for (const { participant: code, number, attended, missedReason } of participants) {
      const participant = await findParticipant(tx, caller, code);
      await refuseLocked(tx, caller, { participant });
      const content = {
        number,
        on,
        attendance: attended ? ('attended' as const) : ('missed' as const),
        missedReason: attended ? '' : missedReason,
        minutes: attended ? minutes : null,
        therapist,
        group,
      };
      await insert(services, tx, caller, session, participant, content, sheet);
    }
    return { sheet, records: participants.length };
  });
}
