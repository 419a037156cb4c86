import { type Transaction, transactionLock } from '../db/database.ts';
import { together } from '../db/together.ts';
import { blindPlaces, refuseBlind } from '../doubleEntry/blind.ts';
import { conflict, notValid } from '../errors.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findWithAnchors } from '../participants/anchors.ts';
import type { Caller, Services } from '../services.ts';
import { today } from '../visits/today.ts';
import { appendVersion } from './append.ts';
import type { FormView, ItemValues, Reasons } from './contract.ts';
import { refuseForeignFiles } from './files.ts';
import { followUp } from './followUp.ts';
import { judgeSave } from './judge.ts';
import { refuseWrite } from './mayBeWritten.ts';
import { type FormAddress, formView } from './read.ts';
import { type Situation, situationOf } from './situation.ts';
import { problemsOfDraft } from './validate.ts';

export interface FormInput {
  version: number;
  assessedOn: string | null;
  values: ItemValues;
  /** Left out: those on record stay, for what they are still about. */
  reasons?: Reasons;
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
  if (input.assessedOn !== null && input.assessedOn > today(services))
    throw notValid('The date of assessment is in the future. Nothing was saved.', [
      { path: 'assessedOn', message: 'In the future' },
    ]);
  const saveIt = async (tx: Transaction): Promise<FormView> => {
    const { participant, anchors } = await findWithAnchors(services, tx, caller, address.participant);
    await refuseLocked(tx, caller, { ...address, participant });
    await transactionLock(tx, `form ${participant.id} ${address.visit} ${address.instrument}`);
    const [situation, blind] = await together(tx, [
      () => situationOf(tx, caller.study, participant, anchors, address),
      () => blindPlaces(tx, caller, [participant.id]),
    ]);
    const { study, place } = situation;
    const under = { ...caller, study };
    refuseBlind(blind, participant, place);
    const drafts = problemsOfDraft(study, place, input.values);
    if (drafts.length > 0) throw notValid('Some answers can’t be kept. Nothing was saved.', drafts);
    if ((situation.record?.version ?? 0) !== input.version)
      throw conflict(
        'Someone else saved this form since you opened it. Nothing was overwritten; choose field by field which answer stands.',
        await formView(services, tx, under, situation, { mayEnter: true, blind }),
      );
    await refuseWrite(tx, situation);
    return formView(services, tx, under, await save(services, tx, under, situation, input), {
      mayEnter: true,
      blind,
    });
  };
  return services.db.write(saveIt, { short: true });
}

async function save(
  services: Services,
  tx: Transaction,
  caller: Caller,
  situation: Situation,
  input: FormInput,
): Promise<Situation> {
  const judged = judgeSave(services, caller.study, situation, input);
  if (!judged) return situation;
  await refuseForeignFiles(tx, situation.participant.id, situation.place, judged.changes);
  const at = services.now().toISOString();
  const record = await appendVersion(tx, caller, situation, judged, input.reason ?? null, at);
  const saved = {
    ...situation,
    record,
    forms: [...situation.forms.filter(({ id }) => id !== record.id), record],
  };
  await followUp(tx, caller, { at, before: situation.record, now: saved, record, judged });
  return saved;
}
