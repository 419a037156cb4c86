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
import { canonicalHash } from './canonical.ts';
import type { StudyDocument } from './document.ts';
import { currentStudy, insertVersion } from './store.ts';

export interface Amended {
  hash: string;
  /** The new epoch, where the allocation changed; null where it goes on as it was. */
  epoch: { number: number; commitment: string; retired: number } | null;
}

/**
 * Puts an amended document into force as the study's next version. A changed allocation begins a new epoch: its own
 * hash, secret and commitment; blocks that were open are retired and logged, never taken up again. Data collected
 * before keep the version they were collected under.
 * @throws Refused (conflict) when the version isn't higher, or arms or sites that have participants are dropped
 */
export async function amendStudy(services: Services, { document, instruments }: NewStudy): Promise<Amended> {
  return services.db.write(async (tx) => {
    await transactionLock(tx, `allocations ${document.id}`);
    const before = await currentStudy(tx, document.id);
    if (!before) throw notFound(`The study “${document.id}”`);
    if (document.version <= before.version)
      throw conflict(
        `Version ${before.version} is in force; an amendment has a higher number than that, not ${document.version}.`,
      );
    const gone = before.document.sites.filter((site) => !document.sites.some((one) => one.id === site.id));
    if (gone.length > 0)
      throw conflict(
        `The amendment drops the site ${gone[0]!.name}. Keep it in the document, with closed: true; its participants stay in the study.`,
      );
    const goneArms = before.document.arms.filter((arm) => !document.arms.some((one) => one.id === arm.id));
    if (goneArms.length > 0)
      throw conflict(
        `The amendment drops the arm ${goneArms[0]!.short}, which participants may be in. Keep it in the document, with closed: true.`,
      );
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
async function beginEpoch(
  services: Services,
  tx: Transaction,
  document: StudyDocument,
  at: string,
): Promise<Amended['epoch']> {
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
