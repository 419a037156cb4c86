import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { refuseWhileBlind } from '../doubleEntry/blind.ts';
import { conflict, notValid } from '../errors.ts';
import { anchorsOf } from '../participants/anchors.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { visitWindow } from '../studies/rules.ts';
import { outsideWindow } from '../visits/rules.ts';
import { today } from '../visits/today.ts';
import { completeParticipant } from './completeParticipant.ts';
import type { FormView, ItemValues } from './contract.ts';
import { followUp } from './followUp.ts';
import { type Place, placeOf } from './place.ts';
import { type FormAddress, formView } from './read.ts';
import { changesBetween } from './rules.ts';
import { type FormRecord, findForm, insertForm, insertVersion, updateForm } from './store.ts';
import { problemsOfCompletion, problemsOfDraft } from './validate.ts';

export interface FormInput {
  version: number;
  assessedOn: string | null;
  values: ItemValues;
  complete: boolean;
  reason?: string;
  lateReason?: string;
}

/**
 * Appends a version of the form: raw answers, never totals. In one transaction with it go the audit entry, safety
 * alerts and automatic queries. A save on a stale version is a conflict that carries the current form; a save that
 * changes nothing appends nothing.
 */
export async function saveForm(
  services: Services,
  caller: Caller,
  address: FormAddress,
  input: FormInput,
): Promise<FormView> {
  const place = placeOf(caller.study, address.visit, address.instrument);
  const drafts = problemsOfDraft(caller.study, place, input.values);
  if (drafts.length > 0) throw notValid('Some answers can’t be kept. Nothing was saved.', drafts);
  if (input.assessedOn !== null && input.assessedOn > today(services))
    throw notValid('The date of assessment is in the future. Nothing was saved.', [
      { path: 'assessedOn', message: 'In the future' },
    ]);
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, address.participant);
    await transactionLock(tx, `form ${participant.id} ${address.visit} ${address.instrument}`);
    await refuseWhileBlind(tx, caller, participant, place);
    const record = await findForm(tx, participant.id, address.visit, address.instrument);
    if ((record?.version ?? 0) !== input.version)
      throw conflict(
        'Someone else saved this form since you opened it. Nothing was overwritten; choose field by field which answer stands.',
        await formView(services, tx, caller, participant, place, record),
      );
    await mayBeEntered(services, tx, participant, place);
    const saved = await append(services, tx, caller, participant, place, record, input);
    return formView(services, tx, caller, participant, place, saved);
  });
}

async function mayBeEntered(
  services: Services,
  tx: Transaction,
  participant: ParticipantRecord,
  { visit }: Place,
): Promise<void> {
  const { status, code } = participant;
  if (status === 'screening' || status === 'eligible')
    throw conflict(`${code} has not consented yet. Record the consent first; nothing was saved.`);
  if (status === 'excluded') throw conflict(`${code} was not enrolled. Nothing was saved.`);
  if (visit.baseline) return;
  const { randomisedOn } = await anchorsOf(services, tx, participant);
  if (randomisedOn === null)
    throw conflict(
      `${code} has not been randomised yet, so ${visit.label} can’t be entered. Nothing was saved.`,
    );
}

async function append(
  services: Services,
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  place: Place,
  record: FormRecord | undefined,
  input: FormInput,
): Promise<FormRecord | undefined> {
  const { study } = caller;
  const wasComplete = record?.status === 'complete';
  const status = wasComplete || input.complete ? 'complete' : 'started';
  const before = record ? (JSON.parse(record.answers) as ItemValues) : {};
  const changes = changesBetween(before, input.values);
  const late = await lateness(services, tx, participant, place, input.assessedOn);
  const lateReason = late === null ? null : input.lateReason || record?.late_reason || null;
  const unchanged =
    record?.status === status &&
    changes.length === 0 &&
    record.assessed_on === input.assessedOn &&
    record.late_reason === lateReason;
  if (unchanged || (!record && changes.length === 0 && input.assessedOn === null && !input.complete))
    return record;
  if (wasComplete && (input.reason ?? '').length < 3)
    throw notValid('This form is complete: give a reason for the change. Nothing was saved.', [
      { path: 'reason', message: 'A reason of at least three characters' },
    ]);
  if (status === 'complete') {
    const open = problemsOfCompletion(study, place, { ...input, late, lateReason });
    if (open.length > 0)
      throw notValid(
        wasComplete
          ? 'A complete form can’t be left with these. Nothing was saved.'
          : `${open.length} ${open.length === 1 ? 'answer needs' : 'answers need'} a look before this form can be complete. What was saved before is kept.`,
        open,
      );
  }
  const at = services.now().toISOString();
  const change = {
    status,
    assessed_on: input.assessedOn,
    late_reason: lateReason,
    answers: JSON.stringify(input.values),
    saved_at: at,
    saved_by: caller.user.id,
  };
  const form = record
    ? { ...record, ...change, version: record.version + 1 }
    : {
        id: crypto.randomUUID(),
        participant_id: participant.id,
        visit: place.visit.id,
        instrument: place.instrument.id,
        version: 1,
        ...change,
      };
  if (!record) await insertForm(tx, form);
  else if (!(await updateForm(tx, record.id, record.version, change)))
    throw conflict(
      'Someone else saved this form a moment ago. Open it again; nothing of theirs was overwritten.',
    );
  await insertVersion(tx, {
    form_id: form.id,
    version: form.version,
    ...change,
    reason: input.reason ?? null,
    study_version: study.version,
  });
  await appendAudit(tx, caller, at, {
    action: wasComplete ? 'forms.change' : status === 'complete' ? 'forms.complete' : 'forms.save',
    subject: `form:${participant.code}/${place.visit.id}/${place.instrument.id}`,
    before: { ...facts(record), ...pick(changes, 'before') },
    after: { ...facts(form), ...pick(changes, 'after') },
    reason: input.reason ?? null,
  });
  await followUp(tx, caller, {
    at,
    participant,
    place,
    form,
    before: record,
    late,
    values: input.values,
    changes,
  });
  if (status === 'complete') await completeParticipant(tx, caller, participant, at);
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
      };

const pick = (changes: ReturnType<typeof changesBetween>, side: 'before' | 'after') => ({
  answers: Object.fromEntries(changes.map((change) => [change.item, change[side]])),
});

async function lateness(
  services: Services,
  tx: Transaction,
  participant: ParticipantRecord,
  { visit }: Place,
  assessedOn: string | null,
): Promise<'before' | 'after' | null> {
  if (assessedOn === null) return null;
  const anchors = await anchorsOf(services, tx, participant);
  const anchor = visit.baseline ? anchors.screenedOn : anchors.randomisedOn;
  return anchor === null ? null : outsideWindow(visitWindow(visit, anchor), assessedOn);
}
