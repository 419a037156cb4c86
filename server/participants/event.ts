import { appendAudit } from '../audit/append.ts';
import { conflict, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import type { Caller, Services } from '../services.ts';
import { today } from '../visits/today.ts';
import { anchorsOf } from './anchors.ts';
import { findParticipant } from './find.ts';
import { advance, insertEvent } from './store.ts';

export interface NewEvent {
  key: string;
  event: string;
  on: string;
  detail: string;
  lossReason?: string;
}

/** Records one of the protocol's events: treatment start, an intercurrent event, a withdrawal, a death. */
export async function recordEvent(
  services: Services,
  caller: Caller,
  code: string,
  input: NewEvent,
): Promise<{ id: string }> {
  const { document } = caller.study;
  const definition = document.events.find((event) => event.id === input.event);
  if (!definition) throw notValid(`The protocol has no event “${input.event}”.`);
  if (input.on > today(services)) throw notValid('The day of the event is in the future.');
  if (
    definition.kind === 'withdrawal' &&
    !document.lossReasons.some((reason) => reason.id === input.lossReason)
  )
    throw notValid('A withdrawal needs one of the protocol’s reasons.', [
      { path: 'lossReason', message: 'Choose a reason.' },
    ]);
  if (definition.kind !== 'withdrawal' && input.lossReason !== undefined)
    throw notValid('Only a withdrawal has a reason for loss.');
  return once(
    services,
    {
      user: caller.user,
      study: caller.study.id,
      endpoint: 'events.record',
      key: input.key,
      payload: { code, ...input },
    },
    async (tx) => {
      const participant = await findParticipant(tx, caller, code);
      if (!['randomised', 'completed', 'withdrawn'].includes(participant.status))
        throw conflict(`Events are recorded after randomisation; ${code} is ${participant.status}.`);
      const { randomisedOn } = await anchorsOf(services, tx, participant);
      if (randomisedOn !== null && input.on < randomisedOn)
        throw notValid(`The day of the event is before the day of randomisation, ${randomisedOn}.`, [
          { path: 'on', message: 'Before randomisation' },
        ]);
      const id = crypto.randomUUID();
      const at = services.now().toISOString();
      await insertEvent(tx, {
        id,
        participant_id: participant.id,
        event: definition.id,
        kind: definition.kind,
        on_day: input.on,
        detail: input.detail,
        loss_reason: input.lossReason ?? null,
        recorded_at: at,
        recorded_by: caller.user.id,
      });
      const ends =
        (definition.kind === 'withdrawal' || definition.kind === 'death') &&
        participant.status === 'randomised';
      if (ends) await advance(tx, participant.id, participant.version, { status: 'withdrawn' });
      await appendAudit(tx, caller, at, {
        action: 'events.record',
        subject: `participant:${code}`,
        before: ends ? { status: participant.status } : undefined,
        after: {
          ...(ends ? { status: 'withdrawn' } : {}),
          event: definition.id,
          on: input.on,
          detail: input.detail,
          lossReason: input.lossReason ?? null,
        },
      });
      return { id };
    },
  );
}
