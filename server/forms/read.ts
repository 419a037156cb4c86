import { mayAt } from '../access/mayAt.ts';
import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { blindPlaces, refuseWhileBlind } from '../doubleEntry/blind.ts';
import { anchorsOf } from '../participants/anchors.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import { unresolvedQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import { visitWindow } from '../studies/rules.ts';
import type { FormView, ItemValues } from './contract.ts';
import { type Place, placeOf } from './place.ts';
import { changesBetween } from './rules.ts';
import { alertsOf, type FormRecord, findForm, versionsOf } from './store.ts';
import { scoresOf, summarise } from './view.ts';

export interface FormAddress {
  participant: string;
  visit: string;
  instrument: string;
}

/** The current version of a form, with scores and with the same instrument at baseline for reference. */
export async function readForm(services: Services, caller: Caller, address: FormAddress): Promise<FormView> {
  const db = services.db.read;
  const participant = await findParticipant(db, caller, address.participant);
  const place = placeOf(caller.study, address.visit, address.instrument);
  await refuseWhileBlind(db, caller, participant, place);
  const record = await findForm(db, participant.id, address.visit, address.instrument);
  return formView(services, db, caller, participant, place, record);
}

/** The same from within a transaction, after a save. */
export async function formView(
  services: Services,
  db: Connection,
  caller: Caller,
  participant: ParticipantRecord,
  place: Place,
  record: FormRecord | undefined,
): Promise<FormView> {
  const { study } = caller;
  const { visit, instrument } = place;
  const anchors = await anchorsOf(services, db, participant);
  const anchor = visit.baseline ? anchors.screenedOn : anchors.randomisedOn;
  const window = anchor === null ? null : visitWindow(visit, anchor);
  const queries = (await unresolvedQueries(db, study.id, [participant.id])).filter(
    (query) => query.visit === visit.id && query.instrument === instrument.id,
  );
  const names = await userNames(db, record ? [record.saved_by] : []);
  const alerts = record ? await alertsOf(db, record.id) : [];
  return {
    ...summarise(study, { visit: visit.id, instrument, record, names, openQueries: queries.length }),
    participant: participant.code,
    assessedOn: record?.assessed_on ?? null,
    lateReason: record?.late_reason ?? null,
    window: { opens: window?.opens ?? null, closes: window?.closes ?? null },
    values: record ? (JSON.parse(record.answers) as ItemValues) : {},
    reference: await baselineOf(db, caller, participant, place),
    alerts: alerts.map((alert) => ({
      id: alert.id,
      item: alert.item,
      value: alert.value,
      openedAt: alert.opened_at,
      resolvedAt: alert.resolved_at,
      steps: instrument.safety.find((rule) => rule.item === alert.item)?.steps ?? [],
    })),
    studyVersion: study.version,
    mayEnter: await mayAt(db, caller, 'forms.enter', participant.site),
  };
}

async function baselineOf(
  db: Connection,
  caller: Caller,
  participant: ParticipantRecord,
  { visit, instrument }: Place,
): Promise<FormView['reference']> {
  const baseline = caller.study.document.visits.find((one) => one.baseline);
  if (!baseline || baseline.id === visit.id || !baseline.instruments.includes(instrument.id)) return null;
  const hidden = await blindPlaces(db, caller, [participant.id]);
  if (hidden(participant.id, baseline.id, instrument.id)) return null;
  const record = await findForm(db, participant.id, baseline.id, instrument.id);
  if (record?.status !== 'complete') return null;
  const values = JSON.parse(record.answers) as ItemValues;
  return { values, scores: scoresOf(caller.study, instrument, values) };
}

/** Every version with what it changed. */
export async function readVersions(services: Services, caller: Caller, address: FormAddress) {
  const db = services.db.read;
  const participant = await findParticipant(db, caller, address.participant);
  const place = placeOf(caller.study, address.visit, address.instrument);
  await refuseWhileBlind(db, caller, participant, place);
  const record = await findForm(db, participant.id, address.visit, address.instrument);
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
        changed: changesBetween(
          index === 0 ? {} : (JSON.parse(rows[index - 1]!.answers) as ItemValues),
          JSON.parse(row.answers) as ItemValues,
        ),
      }))
      .reverse(),
  };
}
