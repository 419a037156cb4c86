import { nextEpoch } from '../../randomisation/epoch.ts';
import { designHash } from '../../randomisation/index.ts';
import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notFound } from '../errors.ts';
import { activateDesign, checkedDesign } from '../randomisation/activate.ts';
import { currentDesign } from '../randomisation/designs/store.ts';
import { openDesign } from '../randomisation/engine.ts';
import { stateOf } from '../randomisation/follow.ts';
import type { Services } from '../services.ts';
import { commandLine, type NewStudy } from './add.ts';
import { refusedAmendment } from './amendment.rules.ts';
import { canonicalHash } from './canonical.ts';
import type { StudyDocument } from './document.ts';
import { currentStudy, insertVersion, recordedVersions } from './store.ts';

/** A new epoch of the allocation; null where it goes on as it was. */
export type Epoch = { number: number; commitment: string; retired: number } | null;

export interface Amended {
  hash: string;
  epoch: Epoch;
}

/**
 * Puts an amended document into force as the study's next version at every site at once. A changed allocation begins a
 * new epoch: its own hash, secret and commitment; blocks that were open are retired and logged, never taken up again.
 * Data collected before keep the version they were collected under.
 * @throws Refused (conflict) when the version isn't higher, or arms or sites that have participants are dropped
 */
export async function amendStudy(services: Services, { document, instruments }: NewStudy): Promise<Amended> {
  return services.db.write(async (tx) => {
    await transactionLock(tx, `allocations ${document.id}`);
    const before = await currentStudy(tx, document.id);
    if (!before) throw notFound(`The study “${document.id}”`);
    const [highest] = await recordedVersions(tx, document.id);
    const refused = refusedAmendment(before.document, document, highest!.version);
    if (refused) throw conflict(refused);
    const at = services.now().toISOString();
    const hash = canonicalHash(document);
    await insertVersion(tx, { id: document.id, document, instruments, hash, at, by: null });
    const epoch = await beginEpoch(services, tx, document, at);
    const study = (await currentStudy(tx, document.id))!;
    await appendAudit(tx, { user: commandLine, study, roles: [] }, at, {
      action: 'studies.amend',
      subject: `study:${document.id}`,
      before: { version: before.version, hash: before.hash },
      after: { version: document.version, hash, epoch },
    });
    return { hash, epoch };
  });
}

/** A new epoch where the design changed, or the public value that the seed waits for. */
export async function beginEpoch(
  services: Services,
  tx: Transaction,
  document: StudyDocument,
  at: string,
): Promise<Epoch> {
  const design = checkedDesign(document);
  const inForce = await currentDesign(tx, document.id);
  if (designHash(design) === inForce?.design_hash && (document.allocation.beacon ?? null) === inForce.beacon)
    return null;
  const before = await openDesign(tx, document.id);
  const { retired } = nextEpoch(design, (await stateOf(tx, before)).state);
  const number = before.epoch + 1;
  const { commitment } = await activateDesign(tx, services.config, document, at, { epoch: number, retired });
  return { number, commitment, retired: retired.length };
}
