import { stringify } from 'csv-stringify/sync';
import type { Caller, Services } from '../services.ts';
import { appendAudit } from './append.ts';
import type { AuditQuestion } from './contract.ts';
import { filterOf, unseenBy } from './list.ts';
import { type AuditFilter, type AuditRow, entriesAfter, isWhole, type Unseen } from './store.ts';

const PIECE = 1000;

const columns = [
  'seq',
  'at',
  'user_name',
  'role',
  'action',
  'subject',
  'before',
  'after',
  'reason',
  'study_version',
] as const satisfies readonly (keyof AuditRow)[];

/** Pieces of the CSV file, oldest first. Formulas of a spreadsheet are made harmless: reasons are what people typed. */
export async function* auditCsv(
  services: Services,
  caller: Caller,
  asked: AuditQuestion,
): AsyncGenerator<string> {
  yield stringify([[...columns]]);
  for await (const rows of pages(services, caller, filterOf(services, asked), unseenBy(caller)))
    yield stringify(rows, { columns: [...columns], escape_formulas: true });
}

/**
 * Pieces of the JSON file. A whole trail carries its hashes and can be verified without this server; a part of it
 * doesn't, because the hash of an entry that isn't shown could still be compared with guesses.
 */
export async function* auditJson(
  services: Services,
  caller: Caller,
  asked: AuditQuestion,
): AsyncGenerator<string> {
  const filter = filterOf(services, asked);
  const unseen = unseenBy(caller);
  const whole = isWhole(filter) && unseen.siteCodes === null && unseen.actions.length === 0;
  const head = { equipoise: 'audit', study: caller.study.id, whole };
  yield `${JSON.stringify(head).slice(0, -1)},"entries":[`;
  let first = true;
  for await (const rows of pages(services, caller, filter, unseen)) {
    yield rows
      .map(({ hash, previous_hash, ...entry }, index) => {
        const shown = whole ? { ...entry, previous_hash, hash } : entry;
        return `${first && index === 0 ? '' : ','}\n${JSON.stringify(shown)}`;
      })
      .join('');
    first = false;
  }
  yield '\n]}\n';
}

/** A blinded reader's entries are numbered among themselves. */
async function* pages(
  services: Services,
  { study }: Caller,
  filter: AuditFilter,
  unseen: Unseen,
): AsyncGenerator<AuditRow[]> {
  const renumbered = unseen.actions.length > 0;
  let last = 0;
  let number = 0;
  for (;;) {
    const rows = await entriesAfter(services.db.read, study.id, filter, unseen, last, PIECE);
    if (rows.length === 0) return;
    last = rows.at(-1)!.seq;
    yield renumbered ? rows.map((row, index) => ({ ...row, seq: number + index + 1 })) : rows;
    number += rows.length;
  }
}

/** That the trail was taken is on the trail itself. */
export async function noteExport(services: Services, caller: Caller, format: string): Promise<void> {
  await services.db.write((tx) =>
    appendAudit(tx, caller, services.now().toISOString(), {
      action: 'audit.export',
      subject: `study:${caller.study.id}`,
      changesData: false,
      after: { format },
    }),
  );
}
