import { notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { appendEvent } from '../participants/event.ts';
import { findParticipant } from '../participants/find.ts';
import { insert, mayHave, type Saved } from '../records/add.ts';
import { refuseKept } from '../records/kind.ts';
import type { Caller, Services } from '../services.ts';
import type { MedicationContent } from './contract.ts';
import { medication } from './kind.ts';

/** Records a medication, and with it the protocol's event that it is: both or neither. */
export async function addMedication(
  services: Services,
  caller: Caller,
  code: string,
  input: { key: string; content: MedicationContent; recordEventOn: string | null },
): Promise<Saved & { event: string | null }> {
  refuseKept(caller, medication);
  const { key, content, recordEventOn: on } = input;
  const { event } = content;
  if (on !== null && event === null)
    throw notValid('Say which of the protocol’s events it is. Nothing was saved.');
  const act = { user: caller.user, study: caller.study.id, endpoint: 'medication.add', key };
  return once(services, { ...act, payload: { code, ...input } }, async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    mayHave(participant, medication);
    const saved = await insert(services, tx, caller, medication, participant, content);
    if (on === null || event === null) return { ...saved, event: null };
    const made = await appendEvent(services, tx, caller, participant, { event, on, detail: content.drug });
    return { ...saved, event: made.id };
  });
}
