import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Transaction } from '../db/database.ts';
import { isKeptFrom, type RecordKind, refuseKept } from '../records/kind.ts';
import { type ReadRecord, readRecords } from '../records/read.ts';
import { countRecords } from '../records/store.ts';
import type { Caller, Services } from '../services.ts';
import type { StudyDocument } from '../studies/document.ts';
import { cell, line, textCell } from './cells.ts';
import { type Entry, RECORD, subjectColumns } from './entry.ts';
import { armsOf } from './store.ts';

/** Something about a participant, or about a site as a whole, that is to stand in a file. */
export interface Exported<Content> {
  row: { participant_id: string | null; sheet: string | null };
  content: Content;
  stamp: Pick<ReadRecord<Content>['stamp'], 'id' | 'participant' | 'site' | 'version' | 'struck'>;
}

/** One of them as a row: `sequence` counts each participant's from 1, in the order of entry. */
export interface RecordRow<Content> extends Exported<Content> {
  sequence: number;
}

/** Where the rows of a file come from. */
export interface Source<Content> {
  /** Throws where the caller may have none of it. */
  refuse(caller: Caller): void;
  isKept(caller: Caller): boolean;
  /** In the order of entry; what was entered in error may be among them. */
  read(tx: Transaction, caller: Caller): Promise<Exported<Content>[]>;
  count(tx: Transaction, caller: Caller): Promise<number>;
}

export const recordsOfKind = <Content>(kind: RecordKind<Content>): Source<Content> => ({
  refuse: (caller) => refuseKept(caller, kind),
  isKept: (caller) => isKeptFrom(caller, kind),
  read: (tx, caller) => readRecords(tx, caller, kind),
  count: (tx, caller) => countRecords(tx, caller.study.id, kind.kind, caller.sites),
});

/** A column of a file of records: what it means, and its value in one row. */
export interface Column<Content, Extra> {
  column: string;
  label: string;
  type: Entry['type'];
  codes?: string;
  /** Words that people typed. */
  typed?: true;
  value(row: RecordRow<Content>, extra: Extra): string | number | null;
}

/** A CSV of one kind of record. */
export interface RecordFile<Content = never, Extra = never> {
  id: 'harms' | 'deviations' | 'medication' | 'sessions' | 'events';
  label: string;
  what: string;
  source: Source<Content>;
  columns(document: StudyDocument, blinded: boolean): Column<Content, Extra>[];
  /** What the rows need beside the records, read once. */
  extra(tx: Transaction, caller: Caller): Promise<Extra>;
}

/** The dictionary's lines about the file. */
export function entriesOf(
  { id: file, columns }: RecordFile,
  document: StudyDocument,
  blinded: boolean,
): Entry[] {
  const subject = subjectColumns({ document });
  return [
    { file, column: 'STUDYID', ...subject.study! },
    { file, column: 'SITEID', ...subject.site! },
    { file, column: 'USUBJID', ...subject.participant!, label: 'Participant ID; empty for a whole site' },
    ...(blinded ? [] : [{ file, column: 'ARM', ...subject.arm! }]),
    ...columns(document, blinded).map(({ column, label, type, codes }) => ({
      file,
      column,
      label,
      type,
      codes,
      source: RECORD,
    })),
  ];
}

/** Writes the file, sorted by participant, as of one instant; the sink is left open. What was entered in error is left out. */
export async function writeRecordFile<Content, Extra>(
  services: Services,
  caller: Caller,
  file: RecordFile<Content, Extra>,
  sink: Writable,
  audit: (after: object) => Promise<void>,
): Promise<number> {
  file.source.refuse(caller);
  return services.db.snapshot(async (tx) => {
    const { study, blinded } = caller;
    const rows = numbered(await file.source.read(tx, caller));
    const extra = await file.extra(tx, caller);
    const people = [...new Set(rows.flatMap(({ row }) => row.participant_id ?? []))];
    const arms = blinded || people.length === 0 ? new Map<string, string>() : await armsOf(tx, people);
    const columns = file.columns(study.document, blinded);
    const header = ['STUDYID', 'SITEID', 'USUBJID', ...(blinded ? [] : ['ARM'])];
    await audit({ file: file.id, rows: rows.length });
    const lines = rows.map((one) =>
      line([
        study.id,
        one.stamp.site,
        one.stamp.participant ?? '',
        ...(blinded ? [] : [cell(arms.get(one.row.participant_id ?? ''))]),
        ...columns.map(({ typed, value }) => {
          const given = value(one, extra);
          return typed ? textCell(String(given ?? '')) : cell(given);
        }),
      ]),
    );
    await pipeline([line([...header, ...columns.map(({ column }) => column)]), ...lines], sink, {
      end: false,
    });
    return rows.length;
  });
}

function numbered<Content>(records: readonly Exported<Content>[]): RecordRow<Content>[] {
  const counts = new Map<string, number>();
  return records
    .filter(({ stamp }) => !stamp.struck)
    .sort((a, b) => (a.stamp.participant ?? '').localeCompare(b.stamp.participant ?? '', 'en'))
    .map((one) => {
      const of = one.stamp.participant ?? `site ${one.stamp.site}`;
      counts.set(of, (counts.get(of) ?? 0) + 1);
      return { ...one, sequence: counts.get(of)! };
    });
}
