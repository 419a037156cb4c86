import { reaches } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { Connection } from '../db/database.ts';
import { notAllowed, notFound } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import type { Slip } from './contract.ts';
import { type AllocationRecord, allocationByCode, pageOfAllocations } from './store.ts';

type OpenSlip = Extract<Slip, { masked: false }>;

/** The slip as the caller may see it: without an arm for a blinded role. */
export async function slipOf(db: Connection, caller: Caller, code: string): Promise<Slip> {
  const allocation = await allocationByCode(db, caller.study.id, code);
  if (!allocation || !reaches(caller.sites, allocation.site)) throw notFound(`An allocation of ${code}`);
  const by =
    allocation.user_name ?? (await userNames(db, [allocation.allocated_by])).get(allocation.allocated_by)!;
  return slipFrom(caller, code, allocation, by);
}

/** The same from an allocation at one of the caller's sites that is known. */
export function slipFrom(caller: Caller, code: string, allocation: AllocationRecord, by: string): Slip {
  if (caller.blinded)
    return { masked: true, participant: code, number: allocation.number, at: allocation.allocated_at, by };
  return openSlip(caller, code, allocation, by);
}

function openSlip(caller: Caller, code: string, allocation: AllocationRecord, by: string): OpenSlip {
  const arm = caller.study.document.arms.find((one) => one.id === allocation.arm)!;
  return {
    masked: false,
    participant: code,
    number: allocation.number,
    at: allocation.allocated_at,
    by,
    arm: { id: arm.id, short: arm.short, name: arm.name },
    entryHash: allocation.hash,
  };
}

/** Shows the arm to an unblinded caller; that it was looked at is on record before it is shown. */
export async function revealArm(services: Services, caller: Caller, code: string): Promise<OpenSlip> {
  if (caller.blinded) throw notAllowed('Your role is blinded in this study; the arm isn’t shown.');
  return services.db.write(async (tx) => {
    const slip = await slipOf(tx, caller, code);
    await appendAudit(tx, caller, services.now().toISOString(), {
      action: 'randomisation.reveal',
      subject: `participant:${code}`,
      changesData: false,
    });
    return slip as OpenSlip;
  });
}

/** The allocation log. For a blinded caller: who and when, no arm, no stratum, no hash that an arm went into. */
export async function allocationLog(
  services: Services,
  caller: Caller,
  query: { page: number; size: number },
) {
  const { rows, total } = await pageOfAllocations(
    services.db.read,
    caller.study.id,
    caller.sites,
    query.page,
    query.size,
  );
  return {
    total,
    entries: rows.map((row) => {
      const open = { number: row.number, participant: row.code, site: row.site, at: row.allocated_at };
      return caller.blinded ? open : { ...open, arm: row.arm, stratum: row.stratum, hash: row.hash };
    }),
  };
}
