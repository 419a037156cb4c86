import { stringify } from 'csv-stringify/sync';
import type { Caller, Services } from '../../services.ts';
import { readSetting } from '../store.ts';
import type { AccountDeed } from './contract.ts';
import { type LogFilter, type LoggedRow, listLogged, loggedAfter } from './store.ts';

interface Asked {
  action?: AccountDeed;
  person?: string;
}

/** The server's own owner sees every account; another study's owner those of the study's people. */
async function filterOf(services: Services, caller: Caller, asked: Asked): Promise<LogFilter> {
  const all = (await readSetting(services.db.read, 'owner')) === caller.user.id;
  return { study: all ? null : caller.study.id, action: asked.action, person: asked.person };
}

export async function listAccountLog(
  services: Services,
  caller: Caller,
  asked: Asked & { page: number; size: number },
) {
  const filter = await filterOf(services, caller, asked);
  const { rows, total } = await listLogged(services.db.read, filter, asked);
  return {
    total,
    rows: rows.map((row) => ({
      seq: row.seq,
      at: row.at,
      action: row.action as AccountDeed,
      by: row.actor_name,
      about: row.subject_name,
      detail: row.detail === null ? null : JSON.parse(row.detail),
      address: row.address,
      hash: row.hash,
    })),
  };
}

const columns = [
  'seq',
  'at',
  'action',
  'actor_name',
  'subject_name',
  'study_id',
  'detail',
  'address',
  'previous_hash',
  'hash',
] as const satisfies readonly (keyof LoggedRow)[];

/** Pieces of the CSV file. Formulas of a spreadsheet are made harmless: names and details are what people typed. */
export async function* accountLogCsv(
  services: Services,
  caller: Caller,
  asked: Asked,
): AsyncGenerator<string> {
  const filter = await filterOf(services, caller, asked);
  yield stringify([columns as unknown as string[]]);
  let last = 0;
  for (;;) {
    const rows = await loggedAfter(services.db.read, filter, last, 1000);
    if (rows.length === 0) return;
    yield stringify(rows, { columns: [...columns], escape_formulas: true });
    last = rows.at(-1)!.seq;
  }
}
