import { userNames } from '../accounts/store.ts';
import { type RecordQuery, readRecords } from '../records/read.ts';
import type { Caller, Services } from '../services.ts';
import type { HarmView } from './contract.ts';
import { harm } from './kind.ts';
import { clockOf, isUnexpectedReaction } from './rules.ts';
import { reportsOf } from './store.ts';

/** Adverse events, newest first; struck ones have no clock. */
export async function listHarms(
  services: Services,
  caller: Caller,
  query: RecordQuery,
): Promise<{ now: string; rows: HarmView[] }> {
  const db = services.db.read;
  const now = services.now().toISOString();
  const records = await readRecords(db, caller, harm, query);
  const reports = await reportsOf(db, caller.study.id);
  const names = await userNames(
    db,
    reports.map((one) => one.reported_by),
  );
  const rows = records.map(({ stamp, content }): HarmView => {
    const own = reports.filter((one) => one.record_id === stamp.id);
    const first = own[0] ? { late: own[0].late === 1 } : null;
    return {
      ...stamp,
      content,
      clock: stamp.struck ? null : clockOf(content, first, now),
      unexpectedReaction: isUnexpectedReaction(content),
      reports: own.map((one) => ({
        number: one.number,
        at: one.reported_at,
        by: names.get(one.reported_by) ?? one.reported_by,
        version: one.record_version,
        late: one.late === 1,
        note: one.note,
      })),
    };
  });
  return { now, rows: rows.reverse() };
}
