import type { Transaction } from '../db/database.ts';
import { conflict } from '../errors.ts';
import { refuseWithoutData } from '../events/refuseData.ts';
import type { Situation } from './situation.ts';

/**
 * Every reason for which nobody may write at this place now, whoever asks. It is asked once for each write to a form
 * (a save, an uploaded file), in the write's own transaction and before anything is written.
 *
 * @throws Refused (conflict)
 */
export async function refuseWrite(
  _tx: Transaction,
  { participant, anchors, place }: Situation,
): Promise<void> {
  const { status, code } = participant;
  refuseWithoutData(participant);
  if (status === 'screening' || status === 'eligible')
    throw conflict(`${code} has not consented yet. Record the consent first; nothing was saved.`);
  if (status === 'excluded') throw conflict(`${code} was not enrolled. Nothing was saved.`);
  if (!place.visit.baseline && anchors.randomisedOn === null)
    throw conflict(
      `${code} has not been randomised yet, so ${place.visit.label} can’t be entered. Nothing was saved.`,
    );
}
