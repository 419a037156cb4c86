import { reaches, recordsTellArms } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { notFound } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import type { FollowUpPart, FollowUpView } from './contract.ts';
import { changeBetween, stoppedParts } from './rules.ts';
import { eventVersionsOf, findEvent, type Withdrawal, withdrawalsOf } from './store.ts';

/** That somebody left the study is known to all; what happened in treatment, not to those whom it would unmask. */
export function maySee({ blinded, study }: Caller, kind: string): boolean {
  return kind === 'withdrawal' || kind === 'death' || !blinded || !recordsTellArms(study.document);
}

/** Parts of a list that the caller may know of: that treatment was stopped is an event of treatment. */
const seenBy = (caller: Caller, parts: readonly FollowUpPart[]): FollowUpPart[] =>
  parts.filter((part) => part !== 'treatment' || maySee(caller, 'intercurrent'));

/** Where the follow-up of one participant stands. @param withdrawals of that participant, in their order */
export function viewFollowUp(
  caller: Caller,
  withdrawals: readonly Withdrawal[],
  name: (id: string) => string,
): FollowUpView {
  const changes = withdrawals.map((one) => ({
    one,
    number: one.number,
    on: one.on_day,
    stops: seenBy(caller, JSON.parse(one.stops) as FollowUpPart[]),
  }));
  return {
    number: withdrawals.at(-1)?.number ?? 0,
    stopped: stoppedParts(changes),
    changes: changes
      .map(({ one, number, on, stops }, index) => ({
        number,
        on,
        ...changeBetween(changes[index - 1]?.stops ?? [], stops),
        askedBy: one.asked_by as FollowUpView['changes'][number]['askedBy'],
        reason: one.reason,
        detail: one.detail,
        by: name(one.recorded_by),
        at: one.recorded_at,
      }))
      .filter(({ stops, resumes }) => stops.length + resumes.length > 0)
      .reverse(),
  };
}

/** Participant → what the caller may know to be stopped. */
export async function stoppedOf(
  db: Connection,
  caller: Caller,
  participants: readonly string[],
): Promise<Map<string, FollowUpPart[]>> {
  const last = new Map((await withdrawalsOf(db, participants)).map((one) => [one.participant_id, one.stops]));
  return new Map([...last].map(([id, stops]) => [id, seenBy(caller, JSON.parse(stops) as FollowUpPart[])]));
}

/** Every version of one event, newest first. */
export async function readEventVersions(services: Services, caller: Caller, id: string) {
  const db = services.db.read;
  const event = await findEvent(db, caller.study.id, id);
  if (!event || !reaches(caller.sites, event.site) || !maySee(caller, event.kind))
    throw notFound('The event');
  const versions = await eventVersionsOf(db, id);
  const names = await userNames(
    db,
    versions.map((one) => one.saved_by),
  );
  return {
    versions: versions.map((one) => ({
      version: one.version,
      at: one.saved_at,
      by: names.get(one.saved_by) ?? one.saved_by,
      reason: one.reason,
      struck: one.struck === 1,
      on: one.on_day,
      until: one.until_day,
      detail: one.detail,
    })),
  };
}
