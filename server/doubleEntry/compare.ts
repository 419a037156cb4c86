import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { conflict } from '../errors.ts';
import type { ItemValue, ItemValues } from '../forms/contract.ts';
import { findPlace, type Place, studyOfForm } from '../forms/place.ts';
import type { FormAddress } from '../forms/read.ts';
import { type FormRecord, findForm } from '../forms/store.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import type { Choice, Comparison } from './contract.ts';
import { type Difference, differencesBetween, type Entered, fieldsOf, stateOf, valueIn } from './rules.ts';
import {
  type DecisionRecord,
  decisionsOf,
  type EntryRecord,
  entrySaversOf,
  findEntry,
  saversOf,
} from './store.ts';

/** Two complete entries of one form with where they differ now. */
export interface Pair {
  participant: ParticipantRecord;
  place: Place;
  form: FormRecord;
  entry: EntryRecord;
  first: Entered;
  second: Entered;
  differences: Difference[];
  decisions: DecisionRecord[];
  firstBy: string[];
  secondBy: string[];
}

/** @throws Refused where the second entry isn't complete. */
export async function findPair(db: Connection, caller: Caller, address: FormAddress): Promise<Pair> {
  const participant = await findParticipant(db, caller, address.participant);
  const form = await findForm(db, participant.id, address.visit, address.instrument);
  const study = studyOfForm(caller.study, participant, form);
  const place = await findPlace(db, study, participant, address);
  const entry = await findEntry(db, participant.id, address.visit, address.instrument);
  if (!form || entry?.status !== 'complete')
    throw conflict(
      `${place.instrument.short} of ${participant.code} has no complete second entry. There is nothing to compare yet.`,
    );
  const first = { assessedOn: form.assessed_on, values: JSON.parse(form.answers) as ItemValues };
  const second = { assessedOn: entry.assessed_on, values: JSON.parse(entry.answers) as ItemValues };
  return {
    participant,
    place,
    form,
    entry,
    first,
    second,
    differences: differencesBetween(place.instrument, first, second),
    decisions: await decisionsOf(db, [entry.id]),
    firstBy: await saversOf(db, form.id),
    secondBy: await entrySaversOf(db, entry.id),
  };
}

/** Both entries side by side where they differ, or differed before somebody decided. */
export async function compareEntries(
  services: Services,
  caller: Caller,
  address: FormAddress,
): Promise<Comparison> {
  const db = services.db.read;
  return comparisonOf(db, caller, await findPair(db, caller, address));
}

export async function comparisonOf(db: Connection, caller: Caller, pair: Pair): Promise<Comparison> {
  const { entry, form, place, participant, decisions } = pair;
  const names = await userNames(db, [
    ...pair.firstBy,
    ...pair.secondBy,
    ...decisions.map(({ decided_by }) => decided_by),
  ]);
  const name = (id: string): string => names.get(id) ?? id;
  const settled = entry.settled_at !== null;
  const why = settled ? null : whyNot(caller, pair);
  const fields = fieldsOf(place.instrument);
  const shown = fields.filter(
    (field) =>
      decisions.some((one) => one.field === field) ||
      (!settled && pair.differences.some((one) => one.field === field)),
  );
  return {
    participant: participant.code,
    site: participant.site,
    visit: place.visit.id,
    instrument: place.instrument.id,
    state: stateOf(entry, decisions.length),
    studyVersion: studyOfForm(caller.study, participant, form).version,
    formVersion: form.version,
    entryVersion: entry.version,
    firstBy: pair.firstBy.map(name),
    secondBy: name(entry.saved_by),
    compared: fields.length,
    changedSince: !settled && form.version !== entry.first_version,
    fields: shown.map((field) => {
      const decided = decisions.find((one) => one.field === field);
      return {
        field,
        first: valueIn(pair.first, field),
        second: valueIn(pair.second, field),
        decided: decided
          ? {
              choice: decided.choice as Choice,
              value: decided.value === null ? null : (JSON.parse(decided.value) as ItemValue),
              reason: decided.reason,
              by: name(decided.decided_by),
              at: decided.decided_at,
            }
          : null,
      };
    }),
    mayAdjudicate: !settled && why === null,
    why,
  };
}

/** Nobody judges their own entry. */
export function whyNot({ user }: Caller, { firstBy, secondBy }: Pair): string | null {
  return firstBy.includes(user.id) || secondBy.includes(user.id)
    ? 'You made one of the two entries: somebody else decides.'
    : null;
}
