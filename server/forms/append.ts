import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { together } from '../db/together.ts';
import { lotOf } from '../doubleEntry/wanted.ts';
import { conflict } from '../errors.ts';
import type { Caller } from '../services.ts';
import type { Judged } from './judge.ts';
import { reasonsOf } from './judge.ts';
import type { Situation } from './situation.ts';
import { type FormRecord, insertForm, insertVersion, updateForm } from './store.ts';

/** Writes the next version of a form and its audit entry. */
export async function appendVersion(
  tx: Transaction,
  caller: Caller,
  { participant, place, record }: Situation,
  judged: Judged,
  reason: string | null,
  at: string,
): Promise<FormRecord> {
  const { status, changes, reasons } = judged;
  const change = {
    status,
    assessed_on: judged.assessedOn,
    late_reason: judged.lateReason,
    answers: JSON.stringify(judged.values),
    reasons: Object.keys(reasons).length === 0 ? null : JSON.stringify(reasons),
    saved_at: at,
    saved_by: caller.user.id,
  };
  const form: FormRecord = record
    ? { ...record, ...change, version: record.version + 1 }
    : {
        id: crypto.randomUUID(),
        participant_id: participant.id,
        visit: place.visit.id,
        instrument: place.instrument.id,
        version: 1,
        study_version: caller.study.version,
        lot: lotOf(participant.id, place.visit.id, place.instrument.id),
        ...change,
      };
  // A version's row refers to the form's.
  if (!record) await insertForm(tx, form);
  const [current] = await together(tx, [
    async () => !record || updateForm(tx, record.id, record.version, change),
    () =>
      insertVersion(tx, {
        form_id: form.id,
        version: form.version,
        ...change,
        reason,
        study_version: caller.study.version,
      }),
    () =>
      appendAudit(tx, caller, at, {
        action:
          record?.status === 'complete'
            ? 'forms.change'
            : status === 'complete'
              ? 'forms.complete'
              : 'forms.save',
        subject: `form:${participant.code}/${place.visit.id}/${place.instrument.id}`,
        before: { ...facts(record), ...pick(changes, 'before') },
        after: { ...facts(form), ...pick(changes, 'after') },
        reason,
      }),
  ]);
  if (!current)
    throw conflict(
      'Someone else saved this form a moment ago. Open it again; nothing of theirs was overwritten.',
    );
  return form;
}

/** What the audit trail keeps of a form besides the answers that changed. */
const facts = (form: FormRecord | undefined) =>
  form === undefined
    ? { version: 0 }
    : {
        version: form.version,
        status: form.status,
        assessedOn: form.assessed_on,
        lateReason: form.late_reason,
        ...(form.reasons === null ? {} : { reasons: reasonsOf(form) }),
      };

const pick = (changes: Judged['changes'], side: 'before' | 'after') => ({
  answers: Object.fromEntries(changes.map((change) => [change.item, change[side]])),
});
