import type { Connection } from '../db/database.ts';
import { placementsOf } from '../randomisation/store.ts';
import type { Services } from '../services.ts';
import type { Anchors } from '../visits/rules.ts';
import { dayOf } from '../visits/today.ts';
import type { ParticipantRecord } from './store.ts';

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
