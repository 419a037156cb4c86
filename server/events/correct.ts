import { reaches } from '../access/rules.ts';
import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict, notFound, notValid } from '../errors.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { mayHappen } from '../participants/event.ts';
import { findParticipant } from '../participants/find.ts';
import { advance, eventsOf } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { changeEvent, findEvent, insertEventVersion } from './store.ts';

export interface EventCorrection {
  version: number;
  reason: string;
  /** Absent: the event was entered in error, and is struck through. */
  days?: { on: string; until: string | null; detail: string };
}

/** Appends a version of an event: other days, another detail, or struck through. What counts it counts the new version. */
export async function correctEvent(
  services: Services,
  caller: Caller,
  id: string,
  input: EventCorrection,
): Promise<{ id: string; version: number }> {
  return services.db.write(async (tx) => {
    const event = await findEvent(tx, caller.study.id, id);
    if (!event || !reaches(caller.sites, event.site)) throw notFound('The event');
    if (event.kind === 'withdrawal')
      throw conflict(
        'A withdrawal is changed by recording anew which follow-up goes on. Nothing was changed here.',
      );
    if (event.version !== input.version)
      throw conflict(
        'This event was changed by someone else a moment ago. Nothing of yours was saved; look at it again.',
        { version: event.version },
      );
    if (event.struck === 1)
      throw conflict('This event is struck through. Nothing was changed; record it anew if it did happen.');
    const participant = await findParticipant(tx, caller, event.code);
    await refuseLocked(tx, caller, { participant });
    const { days } = input;
    if (days) {
      if (days.until !== null && event.kind !== 'intercurrent')
        throw notValid('Only an intercurrent event lasts until a later day.');
      await mayHappen(services, tx, participant, days);
      if (days.on === event.on_day && days.until === event.until_day && days.detail === event.detail)
        return { id, version: event.version };
    }
    const version = await appendEventVersion(services, tx, caller, event, input);
    // Somebody struck off the dead is in follow-up again, unless a withdrawal stands.
    const others = (await eventsOf(tx, [participant.id])).filter(
      ({ kind }) => kind === 'death' || kind === 'withdrawal',
    );
    const returns =
      !days && event.kind === 'death' && others.length === 0 && participant.status === 'withdrawn';
    if (returns) await advance(tx, participant.id, participant.version, { status: 'randomised' });
    return { id, version };
  });
}

type Changed = NonNullable<Awaited<ReturnType<typeof findEvent>>>;

/** The version and its audit entry, in the transaction of whoever calls. */
export async function appendEventVersion(
  services: Services,
  tx: Transaction,
  caller: Caller,
  event: Omit<Changed, 'site'>,
  { reason, days }: Omit<EventCorrection, 'version'>,
): Promise<number> {
  const at = services.now().toISOString();
  const change = {
    on_day: days?.on ?? event.on_day,
    until_day: days ? days.until : event.until_day,
    detail: days?.detail ?? event.detail,
    struck: days ? 0 : 1,
  } as const;
  if (!(await changeEvent(tx, event.id, event.version, change)))
    throw conflict('Someone else changed this event at the same moment. Nothing of yours was saved.');
  const version = event.version + 1;
  await insertEventVersion(tx, {
    event_id: event.id,
    version,
    ...change,
    reason,
    study_version: caller.study.version,
    saved_at: at,
    saved_by: caller.user.id,
  });
  await appendAudit(tx, caller, at, {
    action: days ? 'events.correct' : 'events.strike',
    subject: `participant:${event.code}`,
    before: { event: event.event, on: event.on_day, until: event.until_day, detail: event.detail },
    after: days ? { event: event.event, ...days } : { event: event.event, struck: true },
    reason,
  });
  return version;
}
