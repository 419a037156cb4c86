import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import type { Caller, Services } from '../services.ts';
import { dictionaryRows } from './dictionary.ts';
import { type Layout, layoutOf } from './layout.ts';
import { layoutVersions } from './layoutVersions.ts';
import { LongRows } from './long.ts';
import { type Exported, pages } from './pages.ts';
import { type RecordFile, writeRecordFile } from './recordFile.ts';
import { recordFilesFor } from './recordFiles.ts';
import { countForms, countParticipants } from './store.ts';
import { WideRows } from './wide.ts';

/** Text goes to the sink in pieces of about this many characters. */
const CHUNK = 64 * 1024;

/** Called now and then with the participants and the rows written so far. */
export type Progress = (done: { participants: number; of: number; rows: number }) => void;

export interface Written {
  rows: number;
  participants: number;
}

interface Rows {
  rows: number;
  header: string;
  of(participant: Exported): string;
}

/**
 * Writes the tidy long file, one row for each answer and each derived score, as of one instant. The sink is left open.
 * It takes text as fast as the sink does, and holds a few hundred participants in memory however many there are.
 * That the file was taken is on the audit trail before its first byte leaves.
 */
export async function writeLong(
  services: Services,
  caller: Caller,
  sink: Writable,
  onProgress?: Progress,
): Promise<Written> {
  return writeRows(
    services,
    caller,
    'long',
    sink,
    (layout) => new LongRows(services, caller, layout),
    onProgress,
  );
}

/** Writes the wide file, one row for each participant; otherwise as `writeLong`. */
export async function writeWide(
  services: Services,
  caller: Caller,
  sink: Writable,
  onProgress?: Progress,
): Promise<Written> {
  return writeRows(
    services,
    caller,
    'wide',
    sink,
    (layout) => new WideRows(services, caller, layout),
    onProgress,
  );
}

/** Writes a file of records: adverse events, deviations, medication or sessions. */
export async function writeRecords<Content, Extra>(
  services: Services,
  caller: Caller,
  file: RecordFile<Content, Extra>,
  sink: Writable,
): Promise<Written> {
  const rows = await writeRecordFile(services, caller, file, sink, (after) => audit(services, caller, after));
  return { rows, participants: 0 };
}

/** Writes the data dictionary of every file. */
export async function writeDictionary(services: Services, caller: Caller, sink: Writable): Promise<Written> {
  const layout = layoutOf(await layoutVersions(services.db.read, caller.study.id));
  const rows = dictionaryRows(layout, caller.blinded, recordFilesFor(caller));
  await audit(services, caller, { file: 'dictionary' });
  await pipeline([rows.join('')], sink, { end: false });
  return { rows: rows.length - 1, participants: 0 };
}

async function writeRows(
  services: Services,
  caller: Caller,
  file: string,
  sink: Writable,
  begin: (layout: Layout) => Rows,
  onProgress?: Progress,
): Promise<Written> {
  return services.db.snapshot(async (tx) => {
    const { id } = caller.study;
    const of = await countParticipants(tx, id, caller.sites);
    const forms = await countForms(tx, id, caller.sites);
    const rows = begin(layoutOf(await layoutVersions(tx, id)));
    await audit(services, caller, { file, participants: of, forms });
    const done = { rows: 0, participants: 0 };
    await pipeline(chunks(tx, caller, rows, done, of, onProgress), sink, { end: false });
    return done;
  });
}

async function* chunks(
  tx: Transaction,
  caller: Caller,
  rows: Rows,
  done: Written,
  of: number,
  onProgress?: Progress,
): AsyncGenerator<string> {
  let chunk = rows.header;
  for await (const page of pages(tx, caller)) {
    for (const participant of page) {
      chunk += rows.of(participant);
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = '';
    }
    done.participants += page.length;
    done.rows = rows.rows;
    onProgress?.({ ...done, of });
  }
  yield chunk;
}

async function audit(services: Services, caller: Caller, after: object): Promise<void> {
  await services.db.write((tx) =>
    appendAudit(tx, caller, services.now().toISOString(), {
      action: 'exports.take',
      subject: `study:${caller.study.id}`,
      changesData: false,
      after: { ...after, sites: caller.sites ? [...caller.sites].sort() : 'all', blinded: caller.blinded },
    }),
  );
}
