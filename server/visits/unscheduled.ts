import { appendAudit } from '../audit/append.ts';
import { transactionLock } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { anchorsOf } from '../participants/anchors.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { insertUnscheduled, unscheduledOf } from './store.ts';
import { unscheduledId } from './unscheduled.rules.ts';

interface Unscheduled {
  key: string;
  on: string;
  reason: string;
  instruments: string[];
}

/** Adds a visit that the protocol didn't plan, under the participant's next number for such visits. */
export async function addUnscheduled(
  services: Services,
  caller: Caller,
  code: string,
  input: Unscheduled,
): Promise<{ visit: string }> {
  const act = {
    user: caller.user,
    study: caller.study.id,
    endpoint: 'visits.unscheduled',
    key: input.key,
    payload: { code, ...input },
  };
  return once(services, act, async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    const here = callerAt(caller, participant.site);
    if (!['randomised', 'completed', 'withdrawn'].includes(participant.status))
      throw conflict(`Unscheduled visits come after randomisation; ${code} is ${participant.status}.`);
    const { randomisedOn } = await anchorsOf(services, tx, participant);
    if (randomisedOn !== null && input.on < randomisedOn)
      throw notValid(`The day is before the day of randomisation, ${randomisedOn}.`, [
        { path: 'on', message: 'Before randomisation' },
      ]);
    const unknown = input.instruments.find((id) => !here.study.instruments.has(id));
    if (unknown !== undefined)
      throw notValid(`The protocol has no instrument “${unknown}”. Nothing was added.`, [
        { path: 'instruments', message: `No instrument “${unknown}”` },
      ]);
    await transactionLock(tx, `unscheduled ${participant.id}`);
    const number = ((await unscheduledOf(tx, [participant.id])).at(-1)?.number ?? 0) + 1;
    const at = services.now().toISOString();
    const instruments = [...new Set(input.instruments)];
    const visit = unscheduledId(number);
    await insertUnscheduled(tx, {
      participant_id: participant.id,
      number,
      on_day: input.on,
      reason: input.reason,
      instruments: JSON.stringify(instruments),
      added_at: at,
      added_by: caller.user.id,
      study_version: here.study.version,
    });
    await appendAudit(tx, here, at, {
      action: 'visits.unscheduled',
      subject: `visit:${code}/${visit}`,
      after: { on: input.on, instruments },
      reason: input.reason,
    });
    return { visit };
  });
}
