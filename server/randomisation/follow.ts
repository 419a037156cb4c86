import type { Connection, Transaction } from '../db/database.ts';
import { type DesignInForce, type DesignRecord, designsOf } from './designs/store.ts';
import { inOrder } from './inOrder.ts';
import { LogState } from './logState.ts';
import { allocationsOfStudy, correctionsOfStudy } from './store.ts';

/** States of the studies that this process allocates for. */
const followed = new Map<string, LogState>();

/**
 * The state after every entry of the log. Only what was appended since this process last looked is read, so the cost
 * doesn't grow with the allocations already made; another process, a roll-back or a restored database changes nothing
 * about the result. For a transaction that writes: nobody else appends meanwhile.
 */
export async function stateOf(tx: Transaction, inForce: DesignInForce): Promise<LogState> {
  const { study_id: study } = inForce;
  const known = followed.get(study);
  if (known && known.epoch <= inForce.epoch) {
    const designs = known.epoch < inForce.epoch ? await designsOf(tx, study) : [];
    const own = known.epoch < inForce.epoch ? designs.find(({ epoch }) => epoch === known.epoch) : inForce;
    // Another database may hold a study of the same name.
    const same = own?.design_hash === known.designHash;
    if (same && known.isAtEnd(inForce)) return forward(known, [], designs, inForce);
    const { allocations, corrections } = known;
    const rows = {
      allocations: await allocationsOfStudy(tx, study, allocations),
      corrections: await correctionsOfStudy(tx, study, corrections),
    };
    const untouched = known.allocations === allocations && known.corrections === corrections;
    if (same && untouched && known.continuesWith(rows.allocations, rows.corrections)) {
      const news = inOrder(
        rows.allocations.filter(({ number }) => number > allocations),
        rows.corrections.filter(({ number }) => number > corrections),
      );
      return forward(known, news, designs, inForce);
    }
  }
  const anew = await replayed(tx, inForce);
  followed.set(study, anew);
  return anew;
}

/** The same from the whole log, for a reader that sees one instant of it; kept nowhere. */
export async function replayed(snapshot: Connection, inForce: DesignRecord): Promise<LogState> {
  const { study_id: study } = inForce;
  const designs = await designsOf(snapshot, study);
  const entries = inOrder(
    await allocationsOfStudy(snapshot, study),
    await correctionsOfStudy(snapshot, study),
  );
  return forward(new LogState(designs[0]!), entries, designs, inForce);
}

/** Without a pause between looking and changing: two requests of one process never apply the same entry twice. */
function forward(
  log: LogState,
  entries: ReturnType<typeof inOrder>,
  designs: readonly DesignRecord[],
  inForce: DesignRecord,
): LogState {
  for (const entry of entries) {
    log.enter(entry.row.epoch, designs);
    log.take(entry);
  }
  log.enter(inForce.epoch, designs);
  return log;
}
