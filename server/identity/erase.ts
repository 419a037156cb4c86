import { appendAudit } from '../audit/append.ts';
import { conflict, notValid } from '../errors.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import { deleteDigests, readRecord, replaceTerms, updateRecord } from './store.ts';

/**
 * Erases an identity for good: the record's own key, the box and every digest by which the person could be found go.
 * The research data, under the participant's ID, stay.
 */
export async function eraseIdentity(
  services: Services,
  caller: Caller,
  code: string,
  { version, confirm, reason }: { version: number; confirm: string; reason: string },
): Promise<{ version: number; erasedAt: string }> {
  if (confirm !== code)
    throw notValid('The typed participant ID isn’t this one. Nothing was erased.', [
      { path: 'confirm', message: `Type ${code}` },
    ]);
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    const record = await readRecord(tx, participant.id);
    if (!record?.box) throw conflict(`No identity of ${code} is kept. Nothing was changed.`);
    const at = services.now().toISOString();
    const next = record.version + 1;
    const erased = await updateRecord(tx, participant.id, version, {
      key_name: null,
      sealed_key: null,
      box: null,
      version: next,
      erased_at: at,
      erased_by: caller.user.id,
    });
    if (!erased)
      throw conflict('Somebody changed this identity a moment ago. Nothing was erased; show it again.', {
        version: record.version,
      });
    await replaceTerms(tx, caller.study.id, participant.id, []);
    await deleteDigests(tx, participant.id);
    await appendAudit(tx, caller, at, {
      action: 'identity.erase',
      subject: `participant:${code}`,
      changesData: false,
      reason,
    });
    return { version: next, erasedAt: at };
  });
}
