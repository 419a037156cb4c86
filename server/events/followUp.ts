import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { appendEvent, mayHappen } from '../participants/event.ts';
import { findParticipant } from '../participants/find.ts';
import { advance, eventsOf, insertEvent, type ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import type { FollowUpPart } from './contract.ts';
import { appendEventVersion } from './correct.ts';
import { changeBetween, leavesFollowUp, problemOfStops } from './rules.ts';
import { insertEventVersion, insertWithdrawal, type Withdrawal, withdrawalsOf } from './store.ts';

export interface FollowUpInput {
  key: string;
  number: number;
  on: string;
  stops: FollowUpPart[];
  askedBy: 'participant' | 'investigator' | 'sponsor';
  reason: string | null;
  detail: string;
  event: string | null;
}

/**
 * Records which follow-up stops and which goes on. Whoever stops assessments has left: an event of the protocol's kind
 * “withdrawal” says so to every count. A reversal strikes that event through, and is a record of its own.
 */
export async function changeFollowUp(
  services: Services,
  caller: Caller,
  code: string,
  input: FollowUpInput,
): Promise<{ number: number }> {
  const problem = problemOfStops(input.stops);
  if (problem) throw notValid(`${problem} Nothing was saved.`, [{ path: 'stops', message: problem }]);
  const act = { user: caller.user, study: caller.study.id, endpoint: 'events.follow-up', key: input.key };
  return once(services, { ...act, payload: { code, ...input } }, async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    await mayHappen(services, tx, participant, input);
    const earlier = await withdrawalsOf(tx, [participant.id]);
    const last = earlier.at(-1);
    if ((last?.number ?? 0) !== input.number)
      throw conflict(
        `The follow-up of ${code} was changed by someone else a moment ago. Nothing of yours was saved; look at it again.`,
        { number: last?.number ?? 0 },
      );
    if (last && input.on < last.on_day)
      throw notValid(
        `The last change was on ${last.on_day}; this one can’t be before it. Nothing was saved.`,
        [{ path: 'on', message: 'Before the last change' }],
      );
    const before = stopsOf(last);
    const change = changeBetween(before, input.stops);
    checkChange(caller, input, change);
    const at = services.now().toISOString();
    const number = input.number + 1;
    await insertWithdrawal(tx, {
      id: crypto.randomUUID(),
      participant_id: participant.id,
      number,
      on_day: input.on,
      asked_by: input.askedBy,
      reason: input.reason,
      stops: JSON.stringify(input.stops),
      detail: input.detail,
      recorded_at: at,
      recorded_by: caller.user.id,
    });
    const status = await moveOn(services, tx, caller, participant, before, input, at);
    await appendAudit(tx, caller, at, {
      action: 'events.follow-up',
      subject: `participant:${code}`,
      before: { stops: before, ...(status && { status: participant.status }) },
      after: {
        stops: input.stops,
        ...(status && { status }),
        on: input.on,
        askedBy: input.askedBy,
        reason: input.reason,
        detail: input.detail,
      },
    });
    if (input.event !== null) {
      const { event, on, detail } = input;
      await appendEvent(services, tx, caller, participant, { event, on, detail });
    }
    return { number };
  });
}

const stopsOf = (one: Withdrawal | undefined): FollowUpPart[] => (one ? JSON.parse(one.stops) : []);

function checkChange(
  { study: { document } }: Caller,
  { reason, detail, event }: FollowUpInput,
  { stops, resumes }: ReturnType<typeof changeBetween>,
): void {
  if (stops.length === 0 && resumes.length === 0)
    throw notValid('Nothing stops and nothing goes on again by this. Nothing was saved.');
  if (stops.length > 0 && !document.lossReasons.some(({ id }) => id === reason))
    throw notValid('What stops needs one of the protocol’s reasons. Nothing was saved.', [
      { path: 'reason', message: 'Choose a reason.' },
    ]);
  if (stops.length === 0 && reason !== null)
    throw notValid('Only what stops has one of those reasons. Nothing was saved.');
  if (resumes.length > 0 && detail.length < 3)
    throw notValid('Say why the follow-up goes on again. Nothing was saved.', [
      { path: 'detail', message: 'At least three characters' },
    ]);
  if (event === null) return;
  const offered = document.events.some(({ id, offered: where }) => id === event && where === 'withdrawal');
  if (!stops.includes('treatment') || !offered)
    throw notValid(
      'Only an event that the protocol has for stopping treatment goes with it. Nothing was saved.',
    );
}

/** Leaves the follow-up, or comes back to it; gives the new status where it changes. */
async function moveOn(
  services: Services,
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  before: FollowUpPart[],
  input: FollowUpInput,
  at: string,
): Promise<'withdrawn' | 'randomised' | null> {
  const [left, leaves] = [leavesFollowUp(before), leavesFollowUp(input.stops)];
  if (left === leaves) return null;
  const { id, code, status, version } = participant;
  if (leaves) {
    await insertLeaving(tx, caller, participant, input, at);
    if (status !== 'randomised') return null;
    await advance(tx, id, version, { status: 'withdrawn' });
    return 'withdrawn';
  }
  const events = await eventsOf(tx, [id]);
  if (events.some(({ kind }) => kind === 'death'))
    throw conflict(`A death of ${code} is on record, so no follow-up goes on. Nothing was saved.`);
  for (const event of events.filter(({ kind }) => kind === 'withdrawal'))
    await appendEventVersion(services, tx, caller, { ...event, code }, { reason: input.detail });
  if (status !== 'withdrawn') return null;
  await advance(tx, id, version, { status: 'randomised' });
  return 'randomised';
}

async function insertLeaving(
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  { on, detail, reason }: FollowUpInput,
  at: string,
): Promise<void> {
  const { events } = caller.study.document;
  const id = crypto.randomUUID();
  const version = { version: 1, on_day: on, until_day: null, detail, struck: 0 } as const;
  await insertEvent(tx, {
    id,
    participant_id: participant.id,
    event: events.find(({ kind }) => kind === 'withdrawal')?.id ?? 'withdrawal',
    kind: 'withdrawal',
    ...version,
    loss_reason: reason,
    recorded_at: at,
    recorded_by: caller.user.id,
    study_version: studyAt(caller.study, participant.site).version,
  });
  await insertEventVersion(tx, {
    event_id: id,
    ...version,
    reason: null,
    study_version: studyAt(caller.study, participant.site).version,
    saved_at: at,
    saved_by: caller.user.id,
  });
}
