import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { refuseWithoutData } from '../events/refuseData.ts';
import { insertEventVersion, insertWithdrawal, withdrawalsOf } from '../events/store.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { today } from '../visits/today.ts';
import { anchorsOf } from './anchors.ts';
import { findParticipant } from './find.ts';
import { advance, insertEvent, type ParticipantRecord } from './store.ts';

export interface NewEvent {
  event: string;
  on: string;
  /** The last day, for what lasts. */
  until?: string | null;
  detail: string;
  lossReason?: string;
}

/** Records one of the protocol's events: treatment start, an intercurrent event, a withdrawal, a death. */
export async function recordEvent(
  services: Services,
  caller: Caller,
  code: string,
  input: NewEvent & { key: string },
): Promise<{ id: string }> {
  const act = { user: caller.user, study: caller.study.id, endpoint: 'events.record', key: input.key };
  return once(services, { ...act, payload: { code, ...input } }, async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    return appendEvent(services, tx, caller, participant, input);
  });
}

/** The same in the transaction of whoever calls. A withdrawal by this way stops treatment, assessments and contact. */
export async function appendEvent(
  services: Services,
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  input: NewEvent,
): Promise<{ id: string }> {
  const { code } = participant;
  refuseWithoutData(participant);
  const here = callerAt(caller, participant.site);
  const definition = definitionOf(services, here, input);
  await mayHappen(services, tx, participant, input);
  const id = crypto.randomUUID();
  const at = services.now().toISOString();
  const version = {
    version: 1,
    on_day: input.on,
    until_day: input.until ?? null,
    detail: input.detail,
    struck: 0,
  } as const;
  await insertEvent(tx, {
    id,
    participant_id: participant.id,
    event: definition.id,
    kind: definition.kind,
    ...version,
    loss_reason: input.lossReason ?? null,
    recorded_at: at,
    recorded_by: caller.user.id,
    study_version: here.study.version,
  });
  await insertEventVersion(tx, {
    event_id: id,
    ...version,
    reason: null,
    study_version: here.study.version,
    saved_at: at,
    saved_by: caller.user.id,
  });
  if (definition.kind === 'withdrawal')
    await insertWithdrawal(tx, {
      id: crypto.randomUUID(),
      participant_id: participant.id,
      number: (await withdrawalsOf(tx, [participant.id])).length + 1,
      on_day: input.on,
      asked_by: null,
      reason: input.lossReason ?? null,
      stops: JSON.stringify(['treatment', 'assessments', 'contact']),
      detail: input.detail,
      recorded_at: at,
      recorded_by: caller.user.id,
    });
  const ends =
    (definition.kind === 'withdrawal' || definition.kind === 'death') && participant.status === 'randomised';
  if (ends) await advance(tx, participant.id, participant.version, { status: 'withdrawn' });
  await appendAudit(tx, here, at, {
    action: 'events.record',
    subject: `participant:${code}`,
    before: ends ? { status: participant.status } : undefined,
    after: {
      ...(ends ? { status: 'withdrawn' } : {}),
      event: definition.id,
      on: input.on,
      ...(input.until ? { until: input.until } : {}),
      detail: input.detail,
      lossReason: input.lossReason ?? null,
    },
  });
  return { id };
}

function definitionOf(services: Services, { study: { document } }: Caller, input: NewEvent) {
  const definition = document.events.find((event) => event.id === input.event);
  if (!definition) throw notValid(`The protocol has no event “${input.event}”.`);
  if (input.on > today(services)) throw notValid('The day of the event is in the future.');
  const reasons = document.lossReasons;
  if (definition.kind === 'withdrawal' && !reasons.some(({ id }) => id === input.lossReason))
    throw notValid('A withdrawal needs one of the protocol’s reasons.', [
      { path: 'lossReason', message: 'Choose a reason.' },
    ]);
  if (definition.kind !== 'withdrawal' && input.lossReason !== undefined)
    throw notValid('Only a withdrawal has a reason for loss.');
  if (input.until && definition.kind !== 'intercurrent')
    throw notValid('Only an intercurrent event lasts until a later day.', [
      { path: 'until', message: 'It has one day.' },
    ]);
  return definition;
}

/** Whether the days fit: after randomisation, in order, and not in the future. */
export async function mayHappen(
  services: Services,
  tx: Transaction,
  participant: ParticipantRecord,
  { on, until }: { on: string; until?: string | null },
): Promise<void> {
  const { code, status } = participant;
  if (!['randomised', 'completed', 'withdrawn'].includes(status))
    throw conflict(`Events are recorded after randomisation; ${code} is ${status}.`);
  if (on > today(services)) throw notValid('The day of the event is in the future.');
  if (until && until > today(services)) throw notValid('The last day of the event is in the future.');
  if (until && until < on)
    throw notValid('The event ends before it begins.', [{ path: 'until', message: 'Before the first day' }]);
  const { randomisedOn } = await anchorsOf(services, tx, participant);
  if (randomisedOn !== null && on < randomisedOn)
    throw notValid(`The day of the event is before the day of randomisation, ${randomisedOn}.`, [
      { path: 'on', message: 'Before randomisation' },
    ]);
}
