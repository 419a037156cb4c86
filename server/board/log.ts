import { appendAudit } from '../audit/append.ts';
import { refusePartial } from '../reports/whole.ts';
import type { Caller, Services } from '../services.ts';
import { boardEntries } from './store.ts';

const actions = [
  'board.prepare',
  'board.confirm',
  'board.open',
  'board.closed',
  'board.take-open',
  'board.take-closed',
  'board.unmask-request',
  'board.unmask',
] as const;
export type BoardDeed = (typeof actions)[number];

/** Puts on the study's audit trail who looked at a snapshot, before it is shown. */
export async function logLook(
  services: Services,
  caller: Caller,
  action: BoardDeed,
  { number, sha256 }: { number: number; sha256: string },
  more: object = {},
): Promise<string> {
  const at = services.now().toISOString();
  await services.db.write((tx) =>
    appendAudit(tx, caller, at, {
      action,
      subject: `snapshot:${number}`,
      changesData: false,
      after: { sha256, ...more },
    }),
  );
  return at;
}

/** The access log: entries of the audit trail, whose chain of hashes holds it too. */
export async function readBoardLog(services: Services, caller: Caller) {
  refusePartial(caller);
  const { study } = caller;
  const rows = await boardEntries(services.db.read, study.id, actions);
  return {
    rows: rows.map((row) => ({
      at: row.at,
      by: row.user_name,
      role: row.role,
      action: row.action,
      snapshot: row.subject.startsWith('snapshot:') ? Number(row.subject.slice(9)) : null,
      detail: row.reason ?? (JSON.parse(row.after ?? '{}') as { file?: string }).file ?? null,
      hash: row.hash,
    })),
  };
}
