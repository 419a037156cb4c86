import type { Transaction } from '../db/database.ts';
import { withSecondEntries } from '../doubleEntry/flag.ts';
import type { FollowUpPart } from '../events/contract.ts';
import { stoppedParts } from '../events/rules.ts';
import { type Withdrawal, withdrawalsOf } from '../events/store.ts';
import { eventsOf } from '../participants/store.ts';
import type { Caller } from '../services.ts';
import { sessionsAttended } from '../sessions/store.ts';
import { armsOf, type ExportedParticipant, formsWithProtocol, participantPage } from './store.ts';

/** So many participants are in memory at a time, and as many again are being read. */
const PAGE = 200;

type Event = Awaited<ReturnType<typeof eventsOf>>[number];

export type ExportedForm = Awaited<ReturnType<typeof formsWithProtocol>>[number] & {
  /** How far the second entry is; absent where the protocol has no double entry. */
  double_entry?: string;
};

export interface Exported extends ExportedParticipant {
  /** Absent for a blinded caller; null before randomisation. */
  arm?: string | null;
  forms: ExportedForm[];
  /** From the earliest on. */
  events: Event[];
  /** Changes of the follow-up, from the first on. */
  withdrawals: Withdrawal[];
  /** Sessions attended; absent for a blinded caller. */
  sessions?: number;
}

/** The participants at the caller's sites, page after page in the order of their IDs, all as of the transaction's instant. */
export async function* pages(tx: Transaction, caller: Caller): AsyncGenerator<Exported[]> {
  let coming = readPage(tx, caller, '');
  try {
    for (;;) {
      const page = await coming;
      const last = page.at(-1);
      if (!last) return;
      coming = readPage(tx, caller, last.code);
      // Awaited above or below; until then a failure mustn't count as unhandled.
      coming.catch(() => undefined);
      yield page;
    }
  } finally {
    await coming.catch(() => undefined);
  }
}

async function readPage(tx: Transaction, caller: Caller, after: string): Promise<Exported[]> {
  const participants = await participantPage(tx, caller.study.id, caller.sites, after, PAGE);
  if (participants.length === 0) return [];
  const ids = participants.map((participant) => participant.id);
  const arms = caller.blinded ? null : await armsOf(tx, ids);
  const forms = byParticipant(await withSecondEntries(tx, caller.study, await formsWithProtocol(tx, ids)));
  const events = byParticipant((await eventsOf(tx, ids)).reverse());
  const withdrawals = byParticipant(await withdrawalsOf(tx, ids));
  const sessions = caller.blinded ? null : await sessionsAttended(tx, caller.study.id, ids);
  return participants.map((participant) => ({
    ...participant,
    ...(arms ? { arm: arms.get(participant.id) ?? null } : {}),
    forms: forms.get(participant.id) ?? [],
    events: events.get(participant.id) ?? [],
    withdrawals: withdrawals.get(participant.id) ?? [],
    ...(sessions ? { sessions: sessions.get(participant.id) ?? 0 } : {}),
  }));
}

/** Part of the follow-up → the day since which it is stopped. */
export function stoppedSince(withdrawals: readonly Withdrawal[]): Map<FollowUpPart, string> {
  const changes = withdrawals.map((one) => ({
    number: one.number,
    on: one.on_day,
    stops: JSON.parse(one.stops) as FollowUpPart[],
  }));
  return new Map(stoppedParts(changes).map(({ part, since }) => [part, since]));
}

function byParticipant<Row extends { participant_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.participant_id);
    if (group) group.push(row);
    else groups.set(row.participant_id, [row]);
  }
  return groups;
}
