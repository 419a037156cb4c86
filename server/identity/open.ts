import { appendAudit } from '../audit/append.ts';
import { notAllowed, notValid } from '../errors.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import { openBox } from './box.ts';
import type { LookPurpose } from './contract.ts';
import { keyringOf } from './keys.ts';
import { fieldsFor, shown } from './rules.ts';
import { readRecord } from './store.ts';

/** Opens a participant's identity for a purpose. The look is on the trail before anything is shown; the identity isn't. */
export async function openIdentity(
  services: Services,
  caller: Caller,
  code: string,
  { purpose, note }: { purpose: LookPurpose; note: string },
) {
  const fields = fieldsFor(caller.study.document, caller.roles);
  if (fields.length === 0)
    throw notAllowed(
      `Your role (${caller.roles.join(', ')}) doesn’t include identities in this study. Ask the identity custodian.`,
    );
  if (purpose === 'other' && note === '')
    throw notValid('Say what the identity is needed for.', [{ path: 'note', message: 'Needed' }]);
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    const record = await readRecord(tx, participant.id);
    await appendAudit(tx, caller, services.now().toISOString(), {
      action: 'identity.open',
      subject: `participant:${code}`,
      changesData: false,
      after: { purpose, fields: [...fields] },
      reason: note || null,
    });
    const kept = record?.box
      ? shown(
          openBox(keyringOf(services.config), participant.id, record.version, {
            key_name: record.key_name!,
            sealed_key: record.sealed_key!,
            box: record.box,
          }),
          fields,
        )
      : {};
    return {
      version: record?.version ?? 0,
      identity: kept,
      mayEdit: caller.roles.includes('identity-custodian'),
      erasedAt: record?.erased_at ?? null,
      writtenAt: record?.box ? record.written_at : null,
    };
  });
}
