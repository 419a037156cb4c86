import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { findDigests, insertDigest } from '../participants/digests/store.ts';
import { findParticipant } from '../participants/find.ts';
import { digestsOf } from '../participants/identity.ts';
import type { Caller, Services } from '../services.ts';
import { today } from '../visits/today.ts';
import { openBox, sealIdentity } from './box.ts';
import { type Identity, identity as schema } from './contract.ts';
import { keyringOf } from './keys.ts';
import { changedFields } from './rules.ts';
import { digestsOfParticipant, insertRecord, readRecord, replaceTerms, updateRecord } from './store.ts';
import { termsOf } from './terms.ts';

/** Seals who a participant is. The trail gets the names of the fields that changed, never what stands in them. */
export async function saveIdentity(
  services: Services,
  caller: Caller,
  code: string,
  { version, identity }: { version: number; identity: Identity },
): Promise<{ version: number }> {
  check(services, caller, identity);
  const ring = keyringOf(services.config);
  const { study } = caller;
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    const record = await readRecord(tx, participant.id);
    if ((record?.version ?? 0) !== version)
      throw conflict(
        'Somebody changed this identity a moment ago. Nothing of yours was saved; show it again.',
        {
          version: record?.version ?? 0,
        },
      );
    if (record?.erased_at)
      throw conflict(
        'This identity was erased for good. Nothing was saved; no new one is kept in its place.',
      );
    const before = record?.box
      ? openBox(ring, participant.id, record.version, {
          key_name: record.key_name!,
          sealed_key: record.sealed_key!,
          box: record.box,
        })
      : schema.parse({});
    const changed = changedFields(before, identity);
    if (record && changed.length === 0) return { version };
    await keepFromTwice(tx, services, caller, participant, identity);
    const at = services.now().toISOString();
    const next = version + 1;
    const row = {
      ...sealIdentity(ring.current, participant.id, next, identity),
      version: next,
      written_at: at,
      written_by: caller.user.id,
    };
    if (record) await updateRecord(tx, participant.id, version, row);
    else await insertRecord(tx, { participant_id: participant.id, study_id: study.id, ...row });
    await replaceTerms(tx, study.id, participant.id, termsOf(ring.current, study.id, identity));
    await appendAudit(tx, caller, at, {
      action: 'identity.save',
      subject: `participant:${code}`,
      changesData: false,
      after: { version: next, fields: changed },
    });
    return { version: next };
  });
}

function check(services: Services, { study }: Caller, { birthDate, nationalIdentifier }: Identity): void {
  if (birthDate !== null && birthDate > today(services))
    throw notValid('The date of birth is in the future. Nothing was saved.', [
      { path: 'identity.birthDate', message: 'In the future' },
    ]);
  if (nationalIdentifier !== '' && study.document.identities?.nationalIdentifier === undefined)
    throw notValid('This study keeps no national identifier. Nothing was saved.', [
      { path: 'identity.nationalIdentifier', message: 'Not kept in this study' },
    ]);
}

/** The same identifier on another participant is the same person; its digest is kept as at registration. */
async function keepFromTwice(
  tx: Transaction,
  services: Services,
  { study }: Caller,
  participant: { id: string; code: string },
  { nationalIdentifier }: Identity,
): Promise<void> {
  if (nationalIdentifier === '') return;
  const digests = digestsOf(services.config, study.id, { identifier: nationalIdentifier });
  const own = await digestsOfParticipant(tx, participant.id);
  const found = await findDigests(
    tx,
    study.id,
    digests.map(({ digest }) => digest),
  );
  const other = found.find(({ code }) => code !== participant.code);
  if (other)
    throw conflict(
      'Another participant has this identifier. Nothing was saved; check whom it belongs to before going on.',
    );
  for (const digest of digests)
    if (!own.includes(digest.digest))
      await insertDigest(tx, { study_id: study.id, participant_id: participant.id, ...digest });
}
