import { appendAudit } from '../audit/append.ts';
import type { Caller, Services } from '../services.ts';
import { openBox, sealIdentity } from './box.ts';
import { keyringOf } from './keys.ts';
import { countUnderOtherKeys, replaceTerms, underOtherKeys, updateRecord } from './store.ts';
import { termsOf } from './terms.ts';

/** Records of one transaction: a run that is interrupted goes on where it stopped. */
const BATCH = 100;

/**
 * Seals every identity of the study that is under another key again under the one in use. Until it is done, and after
 * an interruption, records under the earlier keys of the environment stay readable. Each batch is on the audit trail.
 * @returns how many records were sealed again
 */
export async function rotateIdentities(
  services: Services,
  caller: Caller,
  onProgress: (done: number, left: number) => void = () => {},
): Promise<number> {
  const ring = keyringOf(services.config);
  const { study } = caller;
  let done = 0;
  for (;;) {
    const rotated = await services.db.write(async (tx) => {
      const records = await underOtherKeys(tx, study.id, ring.current.name, BATCH);
      for (const record of records) {
        const { participant_id: participant, version } = record;
        const identity = openBox(ring, participant, version, record);
        await updateRecord(
          tx,
          participant,
          version,
          sealIdentity(ring.current, participant, version, identity),
        );
        await replaceTerms(tx, study.id, participant, termsOf(ring.current, study.id, identity));
      }
      if (records.length > 0)
        await appendAudit(tx, caller, services.now().toISOString(), {
          action: 'identity.rotate',
          subject: `study:${study.id}`,
          changesData: false,
          after: { records: records.length, key: ring.current.name },
        });
      return records.length;
    });
    if (rotated === 0) return done;
    done += rotated;
    onProgress(done, await countUnderOtherKeys(services.db.read, study.id, ring.current.name));
  }
}
