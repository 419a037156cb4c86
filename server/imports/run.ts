import type { Readable } from 'node:stream';
import type { Connection, Transaction } from '../db/database.ts';
import { notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { findFirst } from '../http/store.ts';
import type { Caller, Services } from '../services.ts';
import { today } from '../visits/today.ts';
import type { ImportMapping, ImportReport } from './contract.ts';
import { type Decision, Judge } from './decide.ts';
import { type Header, readHeader } from './header.ts';
import { type Intake, IntakeReader } from './intake.ts';
import { type Plan, planOf } from './plan.ts';
import { records } from './records.ts';
import { Refusals } from './refusals.ts';
import { type Spooled, spool } from './spool.ts';
import { ImportWriter } from './write.ts';

export interface ImportOptions {
  /** Checks everything and writes nothing. */
  dryRun: boolean;
  /** Of one intended import: a retry with it returns the first report. */
  key?: string;
  /** Name of the file, for the record. */
  file?: string;
  /** Called now and then. The file is read twice where it is written: to check it, then to write it. */
  onProgress?: (done: { phase: 'checking' | 'writing'; rows: number }) => void;
}

/** Everything about one import that stays the same while it runs. */
interface Import {
  services: Services;
  caller: Caller;
  plan: Plan;
  header: Header;
  spooled: Spooled;
  options: ImportOptions & { file: string };
}

/**
 * Imports a CSV, all or nothing: one refused cell, and nothing is written. Rows are held to the same rules as forms
 * that are typed; values that are unexpected but possible are taken. Nothing that is on record is overwritten: the same
 * answers again are left out, other answers are refused. Rows are held to the protocol version that is active at their
 * site. A complete form asks by itself about what is unusual, as one that is typed does; it opens no safety alerts: what
 * they would tell was seen when it was collected.
 *
 * Memory doesn't grow with the file but for its participants' IDs. Nobody's writing waits while a file is checked.
 *
 * @throws Refused where nothing can be listed row by row: no text, no header that fits, a mapping that doesn't fit the
 *   study, an arm from a blinded caller
 */
export async function runImport(
  services: Services,
  caller: Caller,
  source: Readable | string,
  mapping: ImportMapping,
  options: ImportOptions,
): Promise<ImportReport> {
  const plan = planOf(caller, mapping, today(services));
  const spooled = await spool(source);
  try {
    const header = await readHeader(spooled.open(), mapping);
    const job: Import = { services, caller, plan, header, spooled, options: { file: 'a file', ...options } };
    const { key } = options;
    const repeated =
      !options.dryRun && key !== undefined && (await findFirst(services.db.read, caller.user.id, key));
    if (!repeated) {
      const report = await services.db.snapshot((tx) => read(job, tx, null));
      if (report.rows === 0 && report.refusedTotal === 0)
        throw notValid('The file has a header and no rows. Nothing was imported.');
      if (options.dryRun || report.refusedTotal > 0) return report;
    }
    return await write(job);
  } finally {
    await spooled.remove();
  }
}

/** Undoes the transaction and carries the report out of it. */
class NotWritten extends Error {
  constructor(readonly report: ImportReport) {
    super('The import was refused.');
  }
}

async function write(job: Import): Promise<ImportReport> {
  const { services, caller, plan, spooled, options } = job;
  const { file } = options;
  const work = async (tx: Transaction): Promise<ImportReport> => {
    const writer = await ImportWriter.open(services, tx, caller, {
      file,
      arms: plan.mapping.arm !== undefined,
    });
    const report = await read(job, tx, writer);
    if (report.refusedTotal > 0) throw new NotWritten(report);
    const { rows, participants, answers, queries } = report;
    await writer.finish({ file, sha256: spooled.sha256, rows, participants, answers, queries });
    return { ...report, written: true };
  };
  try {
    if (options.key === undefined) return await services.db.write(work);
    const payload = { sha256: spooled.sha256, mapping: plan.mapping, file };
    return await once(
      services,
      { user: caller.user, study: caller.study.id, endpoint: 'imports.run', key: options.key, payload },
      work,
    );
  } catch (error) {
    if (error instanceof NotWritten) return error.report;
    throw error;
  }
}

/** Reads the file through: checks each row, and hands it to the writer while nothing has been refused. */
async function read(job: Import, db: Connection, writer: ImportWriter | null): Promise<ImportReport> {
  const { services, caller, plan, header, spooled, options } = job;
  const refusals = new Refusals();
  const reader = new IntakeReader(plan, header.columns, today(services));
  const judge = new Judge(services, caller, plan, refusals, options.file);
  const count = { rows: 0, participants: 0, answers: 0, queries: 0 };
  for await (const batch of records(spooled.open(), header, refusals)) {
    const intakes = batch.rows
      .map((row) => reader.read(row, refusals))
      .filter((intake): intake is Intake => intake !== null);
    const decisions = await judge.decide(db, intakes);
    if (writer && refusals.total === 0) await writer.write(decisions);
    count.rows += batch.read;
    add(count, decisions);
    options.onProgress?.({ phase: writer ? 'writing' : 'checking', rows: count.rows });
  }
  return { ...count, refused: refusals.listed, refusedTotal: refusals.total, written: false };
}

function add(
  count: { participants: number; answers: number; queries: number },
  decisions: readonly Decision[],
): void {
  for (const { known, forms } of decisions) {
    if (known === null || forms.length > 0) count.participants++;
    for (const { values, causes } of forms) {
      count.answers += Object.keys(values).length;
      count.queries += causes.length;
    }
  }
}
