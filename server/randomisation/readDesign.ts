import { consortItems } from '../../randomisation/consort.ts';
import type { Design } from '../../randomisation/index.ts';
import { listUse } from '../../randomisation/listUse.ts';
import type { Caller, Services } from '../services.ts';
import { describeAllocation, recruiting } from '../studies/rules.ts';
import { currentDesign, designsOf, readBeacon } from './designs/store.ts';
import { replayed } from './follow.ts';

/** The procedure as everyone in the trial may know it. A list is the sequence itself, so its design is never shown. */
export async function readDesign(services: Services, caller: Caller) {
  const { study, blinded } = caller;
  const db = services.db.read;
  const records = await designsOf(db, study.id);
  const inForce = (await currentDesign(db, study.id))!;
  const design = JSON.parse(inForce.design) as Design;
  const beacons = await Promise.all(records.map((record) => readBeacon(db, study.id, record.epoch)));
  const { document } = study;
  const isList = design.scheme.kind === 'list';
  return {
    method: describeAllocation(recruiting(document)),
    epochs: records.map((record, index) => ({
      epoch: record.epoch,
      designHash: record.design_hash,
      commitment: record.commitment,
      activatedAt: record.activated_at,
      beacon: record.beacon === null ? null : { name: record.beacon, value: beacons[index]?.value ?? null },
    })),
    revealedAt: inForce.revealed_at,
    allocations: inForce.last_allocation ?? 0,
    consort: consortItems(design, {
      arms: Object.fromEntries(document.arms.map((arm) => [arm.id, arm.name])),
      factors: Object.fromEntries(
        document.allocation.strata.map((factor) => [factor.id, factor.label.toLowerCase()]),
      ),
      designHash: inForce.design_hash,
      commitment: inForce.commitment,
      beacon: inForce.beacon ?? undefined,
      masked: document.masking.blinded.map((role) => `${role.replace('-', ' ')}s`),
    }),
    listUse:
      isList && !blinded ? listUse((await services.db.snapshot((tx) => replayed(tx, inForce))).state) : null,
    simulation: isList ? null : design,
  };
}
