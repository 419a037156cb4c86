import { mayAt } from '../access/mayAt.ts';
import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { together } from '../db/together.ts';
import { type Blind, blindPlaces, refuseBlind, refuseWhileBlind } from '../doubleEntry/blind.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import { derive, type Surroundings } from '../instruments/rules.ts';
import { findWithAnchors } from '../participants/anchors.ts';
import { findParticipant } from '../participants/find.ts';
import { unresolvedQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import { windowOf } from '../visits/rules.ts';
import { alertsOf } from './alerts/store.ts';
import type { FormView, ItemValues } from './contract.ts';
import { reasonsOf } from './judge.ts';
import { findPlace, studyOfForm } from './place.ts';
import { changesBetween } from './rules.ts';
import { type Situation, situationOf, surroundingsOf } from './situation.ts';
import { findForm, versionsOf } from './store.ts';
import { scoresOf, summarise } from './view.ts';

export interface FormAddress {
  participant: string;
  visit: string;
  instrument: string;
}

/** The current version of a form, with scores and with the same instrument at baseline for reference. */
export async function readForm(services: Services, caller: Caller, address: FormAddress): Promise<FormView> {
  const db = services.db.read;
  const { participant, anchors } = await findWithAnchors(services, db, caller, address.participant);
  const situation = await situationOf(db, caller.study, participant, anchors, address);
  const blind = await blindPlaces(db, caller, [participant.id]);
  refuseBlind(blind, participant, situation.place);
  const mayEnter = await mayAt(db, caller, 'forms.enter', participant.site);
  return formView(services, db, { ...caller, study: situation.study }, situation, { mayEnter, blind });
}

/**
 * The same from what is read already, and from within a transaction after a save; the caller's study is the form's.
 * @param given `blind`: places that the caller must not see now
 */
export async function formView(
  services: Services,
  db: Connection,
  caller: Caller,
  situation: Situation,
  { mayEnter, blind }: { mayEnter: boolean; blind: Blind },
): Promise<FormView> {
  const { study, user } = caller;
  const { participant, place, anchors, record } = situation;
  const { visit, instrument } = place;
  const window = windowOf(visit, anchors);
  const [open, alerts] = await together(db, [
    () => unresolvedQueries(db, study.id, [participant.id]),
    async () => (record && instrument.safety.length > 0 ? alertsOf(db, record.id) : []),
  ]);
  const queries = open.filter((query) => query.visit === visit.id && query.instrument === instrument.id);
  const byOther = record && record.saved_by !== user.id;
  const names = byOther ? await userNames(db, [record.saved_by]) : new Map([[user.id, user.name]]);
  const values = record ? (JSON.parse(record.answers) as ItemValues) : {};
  const seen = {
    ...situation,
    forms: situation.forms.filter((form) => !blind(participant.id, form.visit, form.instrument)),
  };
  const around = surroundingsOf(services, study, seen, record?.assessed_on ?? null);
  return {
    ...summarise(study, { visit: visit.id, instrument, record, names, openQueries: queries.length, around }),
    participant: participant.code,
    assessedOn: record?.assessed_on ?? null,
    lateReason: record?.late_reason ?? null,
    window: { opens: window?.opens ?? null, closes: window?.closes ?? null },
    values,
    reasons: reasonsOf(record),
    facts: around.facts,
    calculated: calculatedOf(instrument, values, around),
    reference: baselineOf(caller, seen),
    alerts: alerts.map((alert) => ({
      id: alert.id,
      item: alert.item,
      value: alert.value,
      openedAt: alert.opened_at,
      resolvedAt: alert.resolved_at,
      steps: instrument.safety.find((rule) => rule.item === alert.item)?.steps ?? [],
    })),
    mayEnter,
  };
}

export function calculatedOf(
  instrument: InstrumentDocument,
  answers: ItemValues,
  { facts, place }: Surroundings,
): FormView['calculated'] {
  if (!instrument.items.some(({ kind }) => kind === 'calculated')) return [];
  const { applies, values, why } = derive(instrument, answers, facts, place);
  return instrument.items
    .filter(({ id, kind }) => kind === 'calculated' && applies(id))
    .map(({ id }) => ({ item: id, value: values[id] ?? null, why: why.get(id) ?? null }));
}

function baselineOf(
  caller: Caller,
  { forms, place: { visit, instrument } }: Situation,
): FormView['reference'] {
  const baseline = caller.study.document.visits.find((one) => one.baseline);
  if (!baseline || baseline.id === visit.id || !baseline.instruments.includes(instrument.id)) return null;
  const record = forms.find((form) => form.visit === baseline.id && form.instrument === instrument.id);
  if (record?.status !== 'complete') return null;
  const values = JSON.parse(record.answers) as ItemValues;
  return { values, scores: scoresOf(caller.study, instrument, values) };
}

/** Every version with what it changed. */
export async function readVersions(services: Services, caller: Caller, address: FormAddress) {
  const db = services.db.read;
  const participant = await findParticipant(db, caller, address.participant);
  const record = await findForm(db, participant.id, address.visit, address.instrument);
  const study = studyOfForm(caller.study, participant, record);
  await refuseWhileBlind(db, caller, participant, await findPlace(db, study, participant, address));
  if (!record) return { versions: [] };
  const rows = await versionsOf(db, record.id);
  const names = await userNames(
    db,
    rows.map((row) => row.saved_by),
  );
  return {
    versions: rows
      .map((row, index) => ({
        version: row.version,
        at: row.saved_at,
        by: names.get(row.saved_by) ?? row.saved_by,
        reason: row.reason,
        status: row.status as FormView['status'],
        studyVersion: row.study_version,
        reasons: reasonsOf(row),
        changed: changesBetween(
          index === 0 ? {} : (JSON.parse(rows[index - 1]!.answers) as ItemValues),
          JSON.parse(row.answers) as ItemValues,
        ),
      }))
      .reverse(),
  };
}
