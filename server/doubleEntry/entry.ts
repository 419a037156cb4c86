import { allows } from '../access/table.ts';
import { activeMemberships, userNames } from '../accounts/store.ts';
import { appendAudit } from '../audit/append.ts';
import { type Connection, type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notAllowed, notFound, notValid } from '../errors.ts';
import { refuseWithoutData } from '../events/refuseData.ts';
import type { FormView, ItemValues } from '../forms/contract.ts';
import { findPlace, type Place, studyOfForm } from '../forms/place.ts';
import type { FormAddress } from '../forms/read.ts';
import { calculatedOf } from '../forms/read.ts';
import { changesBetween } from '../forms/rules.ts';
import { situationOf, surroundingsOf } from '../forms/situation.ts';
import { type FormRecord, findForm } from '../forms/store.ts';
import { problemsOfCompletion, problemsOfDraft } from '../forms/validate.ts';
import { checkValues, progress } from '../instruments/rules.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { anchorsOf } from '../participants/anchors.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { visitWindow } from '../studies/rules.ts';
import { today } from '../visits/today.ts';
import { blindPlaces } from './blind.ts';
import { asEnteredTwice, differencesBetween } from './rules.ts';
import {
  type EntryRecord,
  findEntry,
  insertEntry,
  insertEntryVersion,
  saversOf,
  updateEntry,
} from './store.ts';
import { wantedTwice } from './wanted.ts';

interface Entering {
  participant: ParticipantRecord;
  place: Place;
  form: FormRecord;
  entry: EntryRecord | undefined;
}

/** The caller's second entry of a form: their own answers so far, and nothing of the first. */
export async function readSecondEntry(
  services: Services,
  caller: Caller,
  address: FormAddress,
): Promise<FormView> {
  const db = services.db.read;
  return view(services, db, caller, await entering(db, caller, address));
}

export interface EntryInput {
  version: number;
  assessedOn: string | null;
  values: ItemValues;
  complete: boolean;
}

/**
 * Appends a version of the second entry. Once complete it is compared with the first: entries that agree are settled
 * at once, others wait for somebody to decide.
 */
export async function saveSecondEntry(
  services: Services,
  caller: Caller,
  address: FormAddress,
  input: EntryInput,
): Promise<FormView> {
  if (input.assessedOn !== null && input.assessedOn > today(services))
    throw notValid('The date of assessment is in the future. Nothing was saved.', [
      { path: 'assessedOn', message: 'In the future' },
    ]);
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, address.participant);
    const { id } = participant;
    await refuseLocked(tx, caller, { ...address, participant });
    refuseWithoutData(participant);
    await transactionLock(tx, `form ${id} ${address.visit} ${address.instrument}`);
    const found = await entering(tx, caller, address);
    const under = { ...caller, study: studyOfForm(caller.study, found.participant, found.form) };
    const drafts = problemsOfDraft(under.study, found.place, input.values);
    if (drafts.length > 0) throw notValid('Some answers can’t be kept. Nothing was saved.', drafts);
    if ((found.entry?.version ?? 0) !== input.version)
      throw conflict(
        'This entry was saved from another place since you opened it. Nothing was overwritten.',
        await view(services, tx, caller, found),
      );
    if (found.entry?.status === 'complete')
      throw conflict('The second entry is complete, and was compared. It can’t be changed any more.');
    const entry = await append(services, tx, under, found, input);
    return view(services, tx, caller, { ...found, entry });
  });
}

async function append(
  services: Services,
  tx: Transaction,
  caller: Caller,
  { participant, place, form, entry }: Entering,
  input: EntryInput,
): Promise<EntryRecord | undefined> {
  const before = entry ? (JSON.parse(entry.answers) as ItemValues) : {};
  const changed = changesBetween(before, input.values).length > 0;
  if (!changed && !input.complete && (entry?.assessed_on ?? null) === input.assessedOn) return entry;
  if (input.complete) {
    const around = await surroundings(services, tx, caller, { participant, place }, input.assessedOn);
    // Unusual answers are explained once, in the form itself.
    const findings = checkValues(
      place.instrument,
      input.values,
      caller.study.document.missing,
      around,
    ).filter(({ kind }) => kind === 'impossible');
    const judged = { ...input, late: null, lateReason: null, reasons: {}, findings };
    const problems = problemsOfCompletion(
      { ...place, instrument: asEnteredTwice(place.instrument) },
      judged,
      around,
    );
    if (problems.length > 0)
      throw notValid(
        `${problems.length} ${problems.length === 1 ? 'answer needs' : 'answers need'} a look before this entry can be complete. What was saved before is kept.`,
        problems,
      );
  }
  const at = services.now().toISOString();
  const agrees =
    input.complete &&
    differencesBetween(
      place.instrument,
      { assessedOn: form.assessed_on, values: JSON.parse(form.answers) as ItemValues },
      input,
    ).length === 0;
  const version = (entry?.version ?? 0) + 1;
  const status = input.complete ? 'complete' : 'started';
  const content = {
    version,
    status,
    assessed_on: input.assessedOn,
    answers: JSON.stringify(input.values),
    saved_at: at,
    saved_by: caller.user.id,
  };
  const state = {
    first_version: input.complete ? form.version : null,
    completed_at: input.complete ? at : null,
    settled_at: agrees ? at : null,
    settled_by: agrees ? caller.user.id : null,
    settled_version: agrees ? form.version : null,
  };
  const place_ = { participant_id: participant.id, visit: place.visit.id, instrument: place.instrument.id };
  const saved: EntryRecord = { ...(entry ?? { id: crypto.randomUUID(), ...place_ }), ...content, ...state };
  if (!entry) await insertEntry(tx, saved);
  else if (!(await updateEntry(tx, entry.id, entry.version, { ...content, ...state })))
    throw conflict('This entry was saved from another place a moment ago. Nothing was overwritten.');
  await insertEntryVersion(tx, { entry_id: saved.id, ...content, study_version: caller.study.version });
  await appendAudit(tx, caller, at, {
    action: input.complete ? 'double-entry.complete' : 'double-entry.save',
    subject: `form:${participant.code}/${place.visit.id}/${place.instrument.id}`,
    before: { version: entry?.version ?? 0 },
    // The answers are kept in the entry's own versions: on the trail they would tell others before both are compared.
    after: { version, status },
  });
  return saved;
}

/** @throws Refused where the form isn't to be entered twice, isn't complete, or isn't this person's to enter again. */
async function entering(db: Connection, caller: Caller, address: FormAddress): Promise<Entering> {
  const { study, user } = caller;
  const participant = await findParticipant(db, caller, address.participant);
  const form = await findForm(db, participant.id, address.visit, address.instrument);
  const place = await findPlace(db, studyOfForm(study, participant, form), participant, address);
  const { id: visit } = place.visit;
  const { id: instrument, short } = place.instrument;
  if (!wantedTwice(study.document, participant.id, visit, instrument))
    throw notFound('A second entry of this form');
  if (form?.status !== 'complete')
    throw conflict(`${short} of ${participant.code} isn’t complete yet. It is entered again once it is.`);
  if ((await saversOf(db, form.id)).includes(user.id))
    throw notAllowed(
      `You entered ${short} of ${participant.code} the first time. Somebody else enters it again.`,
    );
  const roles = (await activeMemberships(db, user.id, study.id)).map((one) => one.role);
  if (allows('exports.take', roles) || allows('audit.read', roles) || allows('imports.run', roles))
    throw notAllowed(
      'One of your roles reads all data of the study, so your entry wouldn’t be blind to the first. Somebody else enters it again.',
    );
  return { participant, place, form, entry: await findEntry(db, participant.id, visit, instrument) };
}

/** What the expressions see around a second entry; nothing of a form that this person may not see yet. */
async function surroundings(
  services: Services,
  db: Connection,
  caller: Caller,
  { participant, place }: Pick<Entering, 'participant' | 'place'>,
  assessedOn: string | null,
) {
  const anchors = await anchorsOf(services, db, participant);
  const situation = await situationOf(db, caller.study, participant, anchors, {
    visit: place.visit.id,
    instrument: place.instrument.id,
  });
  const hidden = await blindPlaces(db, caller, [participant.id]);
  const forms = situation.forms.filter((form) => !hidden(participant.id, form.visit, form.instrument));
  return surroundingsOf(services, caller.study, { ...situation, forms }, assessedOn);
}

async function view(
  services: Services,
  db: Connection,
  caller: Caller,
  { participant, place, form, entry }: Entering,
): Promise<FormView> {
  const study = studyOfForm(caller.study, participant, form);
  const { visit, instrument } = place;
  const values = entry ? (JSON.parse(entry.answers) as ItemValues) : {};
  const anchors = await anchorsOf(services, db, participant);
  const anchor = visit.baseline ? anchors.screenedOn : anchors.randomisedOn;
  const window = anchor === null ? null : visitWindow(visit, anchor);
  const names = await userNames(db, entry ? [entry.saved_by] : []);
  const around = await surroundings(services, db, caller, { participant, place }, entry?.assessed_on ?? null);
  const { answered, items } = progress(asEnteredTwice(instrument), values, around);
  return {
    visit: visit.id,
    instrument: instrument.id,
    short: instrument.short,
    studyVersion: study.version,
    status: (entry?.status ?? 'not-started') as FormView['status'],
    answered,
    items,
    version: entry?.version ?? 0,
    by: entry ? (names.get(entry.saved_by) ?? null) : null,
    at: entry?.saved_at ?? null,
    scores: [],
    openQueries: 0,
    participant: participant.code,
    assessedOn: entry?.assessed_on ?? null,
    lateReason: null,
    window: { opens: window?.opens ?? null, closes: window?.closes ?? null },
    values,
    reasons: {},
    facts: around.facts,
    calculated: calculatedOf(instrument, values, around),
    reference: null,
    alerts: [],
    mayEnter: entry?.status !== 'complete',
  };
}
