import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict } from '../errors.ts';
import { refuseWithoutData } from '../events/refuseData.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { type RecordKind, refuseKept } from './kind.ts';
import { insertRecord, insertRecordVersion } from './store.ts';

export interface Saved {
  id: string;
  version: number;
}

/** Records something about a participant: the first version, which needs no reason. */
export async function addRecord<Content>(
  services: Services,
  caller: Caller,
  kind: RecordKind<Content>,
  code: string,
  input: { key: string; content: Content },
): Promise<Saved> {
  refuseKept(caller, kind);
  const endpoint = `${kind.family}.add`;
  const act = { user: caller.user, study: caller.study.id, endpoint, key: input.key };
  return once(services, { ...act, payload: { code, content: input.content } }, async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    mayHave(participant, kind);
    return insert(services, tx, caller, kind, participant, input.content);
  });
}

/** Only somebody who consented has records. */
export function mayHave({ code, status }: ParticipantRecord, { what }: { what: string }): void {
  if (status === 'screening' || status === 'eligible' || status === 'excluded')
    throw conflict(`${what}s are recorded from consent on; ${code} is ${status}. Nothing was saved.`);
}

/** One new record with its first version and its audit entry, in the transaction of whoever calls. */
export async function insert<Content>(
  services: Services,
  tx: Transaction,
  caller: Caller,
  kind: RecordKind<Content>,
  about: ParticipantRecord | { site: string },
  given: Content,
  sheet: string | null = null,
): Promise<Saved> {
  const participant = 'id' in about ? about : null;
  if (participant && !kind.aboutConduct) refuseWithoutData(participant);
  const content = await kind.check({ services, caller, tx, participant, content: given, before: null });
  const id = crypto.randomUUID();
  const at = services.now().toISOString();
  const version = { version: 1, struck: 0, content: canonicalJson(content) } as const;
  const stamp = { saved_at: at, saved_by: caller.user.id };
  await insertRecord(tx, {
    id,
    study_id: caller.study.id,
    kind: kind.kind,
    site: about.site,
    participant_id: participant?.id ?? null,
    sheet,
    ...version,
    created_at: at,
    created_by: caller.user.id,
    ...stamp,
  });
  await insertRecordVersion(tx, {
    record_id: id,
    ...version,
    ...stamp,
    reason: null,
    study_version: studyAt(caller.study, about.site).version,
  });
  await appendAudit(tx, caller, at, {
    action: `${kind.family}.add`,
    subject: participant ? `participant:${participant.code}` : `site:${about.site}`,
    after: { record: id, ...content },
  });
  return { id, version: 1 };
}
