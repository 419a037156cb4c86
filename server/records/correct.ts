import { reaches } from '../access/rules.ts';
import { appendAudit } from '../audit/append.ts';
import type { Connection, Transaction } from '../db/database.ts';
import { conflict, notFound } from '../errors.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import { canonicalJson } from '../studies/canonical.ts';
import type { Saved } from './add.ts';
import { type RecordKind, refuseKept } from './kind.ts';
import { changeRecord, findRecord, insertRecordVersion } from './store.ts';

export interface Correction<Content> {
  version: number;
  reason: string;
  /** Absent: the record was entered in error, and is struck through. */
  content?: Content;
}

/** Appends a version with a reason, if nobody has changed the record meanwhile. One that changes nothing writes nothing. */
export async function correctRecord<Content>(
  services: Services,
  caller: Caller,
  kind: RecordKind<Content>,
  id: string,
  input: Correction<Content>,
): Promise<Saved> {
  refuseKept(caller, kind);
  return services.db.write((tx) => appendVersion(services, tx, caller, kind, id, input));
}

/** The same in the transaction of whoever calls. */
export async function appendVersion<Content>(
  services: Services,
  tx: Transaction,
  caller: Caller,
  kind: RecordKind<Content>,
  id: string,
  input: Correction<Content>,
  action = input.content === undefined ? 'strike' : 'correct',
): Promise<Saved> {
  const record = await ownRecord(tx, caller, kind, id);
  await refuseLocked(tx, caller, heldBy(record));
  if (record.version !== input.version)
    throw conflict(
      `This ${kind.what.toLowerCase()} was changed by someone else a moment ago. Nothing of yours was saved; look at the current state and try again.`,
      { version: record.version },
    );
  if (record.struck === 1)
    throw conflict(
      `This ${kind.what.toLowerCase()} was entered in error and is struck through. Nothing was changed; record it anew if it did happen.`,
    );
  const before = JSON.parse(record.content) as Content;
  const participant = record.code === null ? null : await findParticipant(tx, caller, record.code);
  const content =
    input.content === undefined
      ? before
      : await kind.check({ services, caller, tx, participant, content: input.content, before });
  const struck = input.content === undefined ? 1 : 0;
  const text = canonicalJson(content);
  if (struck === 0 && text === record.content) return { id, version: record.version };
  const at = services.now().toISOString();
  const stamp = { saved_at: at, saved_by: caller.user.id };
  const change = { content: text, struck, ...stamp } as const;
  if (!(await changeRecord(tx, id, record.version, change)))
    throw conflict('Someone else changed this record at the same moment. Nothing of yours was saved.');
  const version = record.version + 1;
  await insertRecordVersion(tx, {
    record_id: id,
    version,
    ...change,
    reason: input.reason,
    study_version: studyAt(caller.study, record.site).version,
  });
  await appendAudit(tx, caller, at, {
    action: `${kind.family}.${action}`,
    subject: record.code === null ? `site:${record.site}` : `participant:${record.code}`,
    before: { record: id, ...before },
    after: struck === 1 ? { record: id, struck: true } : { record: id, ...content },
    reason: input.reason,
  });
  return { id, version };
}

/** The record, if it is at one of the caller's sites; a foreign one is as good as not there. */
export async function ownRecord(
  tx: Connection,
  caller: Caller,
  { kind, what }: Pick<RecordKind<never>, 'kind' | 'what'>,
  id: string,
) {
  const record = await findRecord(tx, caller.study.id, kind, id);
  if (!record || !reaches(caller.sites, record.site)) throw notFound(`The ${what.toLowerCase()}`);
  return record;
}

/** Whose record it is, for whoever asks whether it is locked: a participant's, or a site's. */
export function heldBy({ participant_id: id, site }: { participant_id: string | null; site: string }) {
  return id === null ? { site } : { participant: { id, site } };
}
