import { appendAudit } from '../../audit/append.ts';
import { transactionLock } from '../../db/database.ts';
import { conflict, notFound } from '../../errors.ts';
import type { Caller, Services } from '../../services.ts';
import { refuseBlinded } from '../study/material.ts';
import type { RunView } from './contract.ts';
import { stopRun } from './perform.ts';
import { findRun, insertMark, marksOf, runsOf } from './store.ts';
import { viewRun } from './view.ts';

/** Says whether a run was reported; earlier words stay on record. */
export async function markRun(
  services: Services,
  caller: Caller,
  id: string,
  { version, reported, reason }: { version: number; reported: boolean; reason: string },
): Promise<{ version: number }> {
  refuseBlinded(caller);
  const { study, user } = caller;
  return services.db.write(async (tx) => {
    await transactionLock(tx, `analyses ${study.id}`);
    const run = await findRun(tx, study.id, id);
    if (!run) throw notFound('The run');
    if (run.status !== 'done') throw conflict('Only a run with results can be reported. Nothing was saved.');
    const newest = (await marksOf(tx, study.id)).findLast((mark) => mark.run_id === id);
    if ((newest?.version ?? 0) !== version)
      throw conflict('Somebody marked this run a moment ago. Nothing of yours was saved; look at it again.');
    const at = services.now().toISOString();
    await insertMark(tx, {
      run_id: id,
      version: version + 1,
      reported: reported ? 1 : 0,
      reason,
      at,
      by: user.id,
      by_name: user.name,
    });
    await appendAudit(tx, caller, at, {
      action: 'analyses.mark',
      subject: `analysis:${run.number}`,
      changesData: false,
      before: newest ? { reported: newest.reported === 1 } : undefined,
      after: { reported },
      reason,
    });
    return { version: version + 1 };
  });
}

/** Stops a run; one that has ended stays as it is. */
export async function cancelRun(
  services: Services,
  caller: Caller,
  id: string,
): Promise<{ status: RunView['status'] }> {
  refuseBlinded(caller);
  const db = services.db.read;
  if (!(await findRun(db, caller.study.id, id))) throw notFound('The run');
  await stopRun(id);
  const runs = await runsOf(db, caller.study.id);
  return { status: viewRun(runs.find((run) => run.id === id)!, runs, [], new Map()).status };
}
