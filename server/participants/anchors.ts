import { reaches } from '../access/rules.ts';
import type { Connection } from '../db/database.ts';
import { notFound } from '../errors.ts';
import { placementsOf } from '../randomisation/store.ts';
import type { Caller, Services } from '../services.ts';
import type { Anchors } from '../visits/rules.ts';
import { dayOf } from '../visits/today.ts';
import { type ParticipantRecord, participantWithPlacement } from './store.ts';

/** The days that the participant's windows count from. */
export async function anchorsOf(
  services: Pick<Services, 'config'>,
  db: Connection,
  participant: Pick<ParticipantRecord, 'id' | 'screened_on'>,
): Promise<Anchors> {
  const [placement] = await placementsOf(db, [participant.id]);
  return {
    screenedOn: participant.screened_on,
    randomisedOn: placement ? dayOf(services, new Date(placement.allocated_at)) : null,
  };
}

/**
 * The participant with those days, in one query.
 *
 * @throws Refused (not found) where there is none at one of the caller's sites
 */
export async function findWithAnchors(
  services: Pick<Services, 'config'>,
  db: Connection,
  caller: Caller,
  code: string,
): Promise<{ participant: ParticipantRecord; anchors: Anchors }> {
  const found = await participantWithPlacement(db, caller.study.id, code);
  if (!found || !reaches(caller.sites, found.site)) throw notFound(`Participant ${code}`);
  const { allocated_at, ...participant } = found;
  return {
    participant,
    anchors: {
      screenedOn: participant.screened_on,
      randomisedOn: allocated_at === null ? null : dayOf(services, new Date(allocated_at)),
    },
  };
}
