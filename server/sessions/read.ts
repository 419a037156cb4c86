import { groupsOf, therapistsOf } from '../groups/store.ts';
import { findParticipant } from '../participants/find.ts';
import { type RecordQuery, readRecords } from '../records/read.ts';
import type { Caller, Services } from '../services.ts';
import type { FidelityView, SessionView } from './contract.ts';
import { fidelity } from './fidelity.ts';
import { session } from './kind.ts';

/** Sessions, the latest first, and the ratings of those sessions. */
export async function listSessions(
  services: Services,
  caller: Caller,
  query: RecordQuery,
): Promise<{ rows: SessionView[]; fidelity: FidelityView[] }> {
  const db = services.db.read;
  const records = await readRecords(db, caller, session, query);
  const site = query.participant ? (await findParticipant(db, caller, query.participant)).site : query.site;
  const ratings = await readRecords(db, caller, fidelity, { site });
  const therapists = new Map((await therapistsOf(db, caller.study.id)).map((one) => [one.id, one.name]));
  const groups = new Map((await groupsOf(db, caller.study.id)).map((one) => [one.id, one.name]));
  const rows = records
    .map(({ row, stamp, content }) => ({
      ...stamp,
      content,
      sheet: row.sheet!,
      therapistName: content.therapist === null ? null : (therapists.get(content.therapist) ?? null),
      groupName: content.group === null ? null : (groups.get(content.group) ?? null),
    }))
    .sort((a, b) => b.content.on.localeCompare(a.content.on) || b.content.number - a.content.number);
  const sheets = new Set(rows.map((row) => row.sheet));
  return {
    rows,
    fidelity: ratings
      .filter(({ row }) => sheets.has(row.sheet!))
      .map(({ row, stamp, content: { sheet: _, ...content } }) => ({ ...stamp, sheet: row.sheet!, content })),
  };
}
