import { mayAt } from '../access/mayAt.ts';
import { userNames } from '../accounts/store.ts';
import { readConsent } from '../consent/store.ts';
import { blindPlaces } from '../doubleEntry/blind.ts';
import { maySee, viewFollowUp } from '../events/read.ts';
import { strikeReasons, withdrawalsOf } from '../events/store.ts';
import { type FormRecord, formsOf } from '../forms/store.ts';
import { summarise } from '../forms/view.ts';
import { unresolvedQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import { studyUnder } from '../studies/at.ts';
import type { VisitDefinition } from '../studies/document.ts';
import { isOpen } from '../visits/rules.ts';
import type { ParticipantRow, ParticipantStatus, ParticipantView } from './contract.ts';
import { findParticipant } from './find.ts';
import { type Gathered, gather, gatherAround } from './gather.ts';
import {
  contactsOf,
  everyEventOf,
  type ListFilter,
  listParticipants as list,
  readEligibility,
} from './store.ts';

/** A page of participants with each one's next visit. */
export async function listParticipants(
  services: Services,
  caller: Caller,
  filter: Omit<ListFilter, 'sites'>,
) {
  const db = services.db.read;
  const { rows, total } = await list(db, caller.study.id, { ...filter, sites: caller.sites });
  const gathered = await gather(services, db, caller.study, rows);
  const queries = await unresolvedQueries(
    db,
    caller.study.id,
    rows.map((row) => row.id),
  );
  return {
    total,
    rows: gathered.map((one) =>
      row(one, queries.filter((query) => query.participant_id === one.participant.id).length),
    ),
  };
}

function row({ participant, placement, visits }: Gathered, openQueries: number): ParticipantRow {
  const next = visits.find((visit) => isOpen(visit.state) && visit.closes !== null);
  return {
    code: participant.code,
    site: participant.site,
    status: participant.status as ParticipantStatus,
    screenedOn: participant.screened_on,
    randomisedAt: placement?.allocated_at ?? null,
    nextVisit: next
      ? { visit: next.visit, label: next.label, closes: next.closes!, state: next.state }
      : null,
    openQueries,
  };
}

/** Everything about one participant except the arm. */
export async function readParticipant(
  services: Services,
  caller: Caller,
  code: string,
): Promise<ParticipantView> {
  const db = services.db.read;
  const participant = await findParticipant(db, caller, code);
  const [one] = await gatherAround(
    services,
    db,
    caller.study,
    [participant],
    await formsOf(db, [participant.id]),
  );
  const { placement, forms, visits, definitions, study } = one!;
  const [eligibility, consent, contacts, events, withdrawals, struck, queries] = await Promise.all([
    readEligibility(db, participant.id),
    readConsent(db, participant.id),
    contactsOf(db, [participant.id]),
    everyEventOf(db, participant.id),
    withdrawalsOf(db, [participant.id]),
    strikeReasons(db, participant.id),
    unresolvedQueries(db, study.id, [participant.id]),
  ]);
  const names = await userNames(
    db,
    [
      eligibility?.confirmed_by,
      consent?.recorded_by,
      placement?.allocated_by,
      ...forms.map((form) => form.saved_by),
      ...contacts.map((contact) => contact.logged_by),
      ...events.map((event) => event.recorded_by),
      ...withdrawals.map((one) => one.recorded_by),
    ].filter((id) => id !== undefined),
  );
  const name = (id: string): string => names.get(id) ?? id;
  const hidden = await blindPlaces(db, caller, [participant.id]);
  return {
    code: participant.code,
    site: participant.site,
    status: participant.status as ParticipantStatus,
    version: participant.version,
    studyVersion: study.version,
    screenedOn: participant.screened_on,
    values: JSON.parse(participant.screening),
    eligibility: eligibility
      ? {
          answers: JSON.parse(eligibility.answers),
          eligible: eligibility.eligible === 1,
          confirmedBy: name(eligibility.confirmed_by),
          confirmedAt: eligibility.confirmed_at,
        }
      : null,
    consent: consent
      ? {
          version: consent.consent_version,
          signedOn: consent.signed_on,
          recordedBy: name(consent.recorded_by),
          recordedAt: consent.recorded_at,
        }
      : null,
    randomised: placement
      ? {
          at: placement.allocated_at,
          number: placement.number,
          by: name(placement.allocated_by),
          studyVersion: placement.study_version,
        }
      : null,
    mayReveal:
      placement !== null &&
      !caller.blinded &&
      (await mayAt(db, caller, 'allocation.reveal', participant.site)),
    exclusionReason: participant.exclusion_reason,
    visits,
    forms: definitions.flatMap((visit) =>
      instrumentsAt(visit, forms).map((id) => {
        const record = forms.find((form) => form.visit === visit.id && form.instrument === id);
        const under = record ? studyUnder(study, record.study_version) : study;
        const summary = summarise(under, {
          visit: visit.id,
          instrument: under.instruments.get(id)!,
          record,
          names,
          openQueries: queries.filter((query) => query.visit === visit.id && query.instrument === id).length,
        });
        return hidden(participant.id, visit.id, id) ? { ...summary, scores: [] } : summary;
      }),
    ),
    contacts: contacts.map((contact) => ({
      id: contact.id,
      at: contact.logged_at,
      on: contact.on_day,
      outcome: contact.outcome as ParticipantView['contacts'][number]['outcome'],
      note: contact.note,
      by: name(contact.logged_by),
    })),
    events: events
      .filter((event) => maySee(caller, event.kind))
      .map((event) => ({
        id: event.id,
        event: event.event,
        label:
          study.document.events.find((definition) => definition.id === event.event)?.label ?? event.event,
        kind: event.kind,
        on: event.on_day,
        until: event.until_day,
        detail: event.detail,
        version: event.version,
        struck: event.struck === 1 ? (struck.get(event.id) ?? '') : null,
        by: name(event.recorded_by),
        at: event.recorded_at,
      })),
    followUp: viewFollowUp(caller, withdrawals, name),
  };
}

/** What is asked at the visit, and what was entered there before an amendment took it away. */
function instrumentsAt(visit: VisitDefinition, forms: readonly FormRecord[]): string[] {
  const entered = forms.filter((form) => form.visit === visit.id).map((form) => form.instrument);
  return [...new Set([...visit.instruments, ...entered])];
}
