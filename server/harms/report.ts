import { appendAudit } from '../audit/append.ts';
import { conflict } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { heldBy, ownRecord } from '../records/correct.ts';
import { refuseKept } from '../records/kind.ts';
import type { Caller, Services } from '../services.ts';
import type { HarmContent } from './contract.ts';
import { harm } from './kind.ts';
import { clockOf } from './rules.ts';
import { insertReport, reportsOfHarm } from './store.ts';

/** Notes that a serious adverse event went to the sponsor. The server says when; whether that was late is settled here. */
export async function reportHarm(
  services: Services,
  caller: Caller,
  id: string,
  input: { key: string; version: number; note: string },
): Promise<{ number: number; at: string; late: boolean }> {
  refuseKept(caller, harm);
  const act = { user: caller.user, study: caller.study.id, endpoint: 'harms.report', key: input.key };
  return once(services, { ...act, payload: { id, ...input } }, async (tx) => {
    const record = await ownRecord(tx, caller, harm, id);
    await refuseLocked(tx, caller, heldBy(record), 'answer');
    if (record.version !== input.version)
      throw conflict(
        'This adverse event was changed a moment ago. Nothing was noted; look at what it says now, and report that.',
        { version: record.version },
      );
    if (record.struck === 1)
      throw conflict(
        'This adverse event was entered in error. Nothing was noted; there is nothing to report.',
      );
    const content = JSON.parse(record.content) as HarmContent;
    const at = services.now().toISOString();
    const earlier = await reportsOfHarm(tx, id);
    const clock = clockOf(content, earlier[0] ? { late: earlier[0].late === 1 } : null, at);
    if (!clock) throw conflict('Only a serious adverse event is reported to the sponsor. Nothing was noted.');
    const number = earlier.length + 1;
    const late = number === 1 && clock.late;
    await insertReport(tx, {
      record_id: id,
      number,
      record_version: record.version,
      aware_at: clock.awareAt,
      late: late ? 1 : 0,
      note: input.note,
      reported_at: at,
      reported_by: caller.user.id,
    });
    await appendAudit(tx, caller, at, {
      action: 'harms.report',
      subject: `participant:${record.code}`,
      after: { record: id, number, version: record.version, awareAt: clock.awareAt, late, note: input.note },
    });
    return { number, at, late };
  });
}
