import type { Transaction } from '../db/database.ts';
import type { FollowUpView } from '../events/contract.ts';
import { maySee, viewFollowUp } from '../events/read.ts';
import { type Withdrawal, withdrawalsOfStudy } from '../events/store.ts';
import { allParticipants, eventsOfStudy } from '../participants/store.ts';
import type { Caller } from '../services.ts';
import { codesOf } from './entry.ts';
import type { Exported, RecordFile } from './recordFile.ts';

interface EventRow {
  event: string;
  kind: string;
  on: string;
  until: string | null;
  reason: string | null;
  detail: string;
  askedBy: string | null;
  stops: string;
  resumes: string;
}

/** Events as they stand, and each change of the follow-up; those that would tell arms are left out for the blinded. */
async function read(tx: Transaction, caller: Caller): Promise<Exported<EventRow>[]> {
  const { study, sites } = caller;
  const people = new Map((await allParticipants(tx, study.id, sites)).map((one) => [one.id, one]));
  const about = (id: string, participant: string, version: number) => {
    const { code, site } = people.get(participant)!;
    return {
      row: { participant_id: participant, sheet: null },
      stamp: { id, participant: code, site, version, struck: false },
    };
  };
  const events = (await eventsOfStudy(tx, study.id))
    .filter((one) => people.has(one.participant_id) && maySee(caller, one.kind))
    .map((one) => ({
      ...about(one.id, one.participant_id, one.version),
      content: {
        event: one.event,
        kind: one.kind,
        on: one.on_day,
        until: one.until_day,
        reason: one.loss_reason,
        detail: one.detail,
        askedBy: null,
        stops: '',
        resumes: '',
      },
    }));
  const withdrawals = new Map<string, Withdrawal[]>();
  for (const one of await withdrawalsOfStudy(tx, study.id))
    if (people.has(one.participant_id))
      withdrawals.set(one.participant_id, [...(withdrawals.get(one.participant_id) ?? []), one]);
  const changes = [...withdrawals].flatMap(([id, own]) =>
    viewFollowUp(caller, own, (user) => user)
      .changes.map((change) => ({
        ...about(`${id} ${change.number}`, id, change.number),
        content: rowOf(change),
      }))
      .reverse(),
  );
  return [...events, ...changes].sort((a, b) => a.content.on.localeCompare(b.content.on));
}

const rowOf = (change: FollowUpView['changes'][number]): EventRow => ({
  event: 'follow-up',
  kind: 'follow-up',
  on: change.on,
  until: null,
  reason: change.reason,
  detail: change.detail,
  askedBy: change.askedBy,
  stops: change.stops.join(' '),
  resumes: change.resumes.join(' '),
});

/** The protocol's events of each participant, and which follow-up stopped or went on again. */
export const eventsFile: RecordFile<EventRow, null> = {
  id: 'events',
  label: 'Events',
  what: 'One row for each event of the protocol and each change of the follow-up',
  source: {
    refuse: () => {},
    isKept: () => false,
    read,
    count: async (tx, caller) => (await read(tx, caller)).length,
  },
  extra: async () => null,
  columns: ({ events, lossReasons }, blinded) => [
    {
      column: 'sequence',
      label: 'Number of it for the participant, by day',
      type: 'integer',
      value: (one) => one.sequence,
    },
    {
      column: 'event',
      label: 'Event of the protocol, or a change of the follow-up',
      type: 'code',
      // Names of what happens in treatment can tell arms.
      codes: codesOf([
        ...events
          .filter(({ kind }) => !blinded || kind === 'withdrawal' || kind === 'death')
          .map(({ id, label }) => [id, label] as const),
        ['follow-up', 'Change of the follow-up'],
      ]),
      value: ({ content }) => content.event,
    },
    { column: 'kind', label: 'Kind of event', type: 'code', value: ({ content }) => content.kind },
    { column: 'on', label: 'Day, or first day', type: 'date', value: ({ content }) => content.on },
    { column: 'until', label: 'Last day of what lasts', type: 'date', value: ({ content }) => content.until },
    {
      column: 'reason',
      label: 'Reason for loss',
      type: 'code',
      codes: codesOf(lossReasons.map(({ id, label }) => [id, label])),
      value: ({ content }) => content.reason,
    },
    {
      column: 'asked_by',
      label: 'Who asked for the change',
      type: 'code',
      value: ({ content }) => content.askedBy,
    },
    {
      column: 'stops',
      label: 'What of the follow-up stopped',
      type: 'text',
      value: ({ content }) => content.stops,
    },
    { column: 'resumes', label: 'What went on again', type: 'text', value: ({ content }) => content.resumes },
    { column: 'detail', label: 'Detail', type: 'text', typed: true, value: ({ content }) => content.detail },
    {
      column: 'record_version',
      label: 'Version of the event, or number of the change',
      type: 'integer',
      value: ({ stamp }) => stamp.version,
    },
  ],
};
