import { reaches } from '../access/rules.ts';
import type { Connection } from '../db/database.ts';
import { conflict, notFound } from '../errors.ts';
import type { Caller } from '../services.ts';
import { type ParticipantRecord, participantByCode } from './store.ts';

/** The participant, if it is at one of the caller's sites; a foreign one is as good as not there. */
export async function findParticipant(
  db: Connection,
  caller: Caller,
  code: string,
): Promise<ParticipantRecord> {
  const participant = await participantByCode(db, caller.study.id, code);
  if (!participant || !reaches(caller.sites, participant.site)) throw notFound(`Participant ${code}`);
  return participant;
}

/** Refuses a change that was made on an older state of the participant. */
export function expectVersion(participant: ParticipantRecord, version: number): void {
  if (participant.version !== version)
    throw conflict(
      `${participant.code} was changed by someone else a moment ago. Nothing of yours was saved; look at the current state and try again.`,
      { version: participant.version, status: participant.status },
    );
}
