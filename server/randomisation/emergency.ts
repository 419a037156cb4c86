import { type Envelope, emergencyList } from '../../randomisation/emergency.ts';
import { slotFor, stratumKey } from '../../randomisation/index.ts';
import { outsideEntry } from '../../randomisation/log/entry.ts';
import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notAllowed, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import { stratumOf } from '../studies/rules.ts';
import { appendAllocation } from './append.ts';
import type { Slip } from './contract.ts';
import { nextPlace, type Opened, openLog } from './engine.ts';
import { readyParticipant } from './readiness.ts';
import { slipOf } from './slip.ts';
import { usedEnvelopes } from './store.ts';

/** How many envelopes an epoch has at most; a list is always a beginning of the same sequence. */
const MOST = 500;

/** The list for outages: from the study's seed under a label of its own, so that it is committed to as well. */
export async function printEmergencyList(services: Services, caller: Caller, count: number) {
  if (caller.blinded) throw notAllowed('Your role is blinded in this study; the emergency list isn’t shown.');
  // It says whose each used envelope was, wherever that was.
  if (caller.sites !== null)
    throw notAllowed('The list is of the whole study, and your role holds at some of its sites only.');
  const { study } = caller;
  return services.db.write(async (tx) => {
    const { inForce, log, seed } = await openLog(services.config, tx, caller);
    const { epoch } = inForce;
    const used = await usedEnvelopes(tx, study.id, epoch);
    await appendAudit(tx, caller, services.now().toISOString(), {
      action: 'randomisation.emergency-list',
      subject: `study:${study.id}`,
      after: { epoch, count },
      changesData: false,
    });
    return {
      epoch,
      envelopes: emergencyList(log.state.design, seed, epoch, count).map((envelope) => {
        const { id, short, name } = study.document.arms.find((arm) => arm.id === envelope.arm)!;
        return { ...envelope, arm: { id, short, name }, usedFor: used.get(envelope.number) ?? null };
      }),
    };
  });
}

export interface EnvelopeInput {
  key: string;
  confirm: string;
  code: string;
  openedAt: string;
}

/** Enters what an envelope decided during an outage: the arm is the envelope's, both times are kept. */
export async function enterEnvelope(
  services: Services,
  caller: Caller,
  code: string,
  input: EnvelopeInput,
): Promise<Slip> {
  if (input.confirm !== code)
    throw notValid(`The typed participant ID isn’t ${code}. Nothing was entered.`, [
      { path: 'confirm', message: `Type ${code}.` },
    ]);
  const openedAt = new Date(input.openedAt);
  if (openedAt > services.now()) throw notValid('The time of opening is in the future. Nothing was entered.');
  const act = {
    user: caller.user,
    study: caller.study.id,
    endpoint: 'randomisation.envelope',
    key: input.key,
    payload: { participant: code, ...input },
  };
  await once(services, act, async (tx) => {
    await transactionLock(tx, `allocations ${caller.study.id}`);
    const participant = await readyParticipant(tx, caller, code, 'Nothing was entered.');
    const opened = await openLog(services.config, tx, caller);
    const envelope = await unusedEnvelope(tx, opened, input.code);
    return { number: await enter(services, tx, caller, participant, { opened, envelope, openedAt }) };
  });
  return slipOf(services.db.read, caller, code);
}

async function unusedEnvelope(tx: Transaction, opened: Opened, code: string): Promise<Envelope> {
  const { inForce, seed, log } = opened;
  const { study_id: study, epoch } = inForce;
  const envelope = emergencyList(log.state.design, seed, epoch, MOST).find((one) => one.code === code);
  if (!envelope)
    throw notValid(
      'No envelope of the list in force has that code. Check each character; nothing was entered.',
    );
  const usedFor = (await usedEnvelopes(tx, study, epoch)).get(envelope.number);
  if (usedFor)
    throw conflict(`Envelope ${envelope.number} was entered for ${usedFor} already. Nothing was entered.`);
  return envelope;
}

async function enter(
  services: Services,
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  { opened, envelope, openedAt }: { opened: Opened; envelope: Envelope; openedAt: Date },
): Promise<number> {
  const { inForce, seed, log } = opened;
  if (openedAt < new Date(inForce.activated_at))
    throw notValid(
      `The list in force was made on ${inForce.activated_at.slice(0, 10)}, after that time of opening. Nothing was entered.`,
    );
  const { factors } = stratumOf(
    studyAt(caller.study, participant.site).document,
    participant.site,
    JSON.parse(participant.screening),
  );
  const at = services.now().toISOString();
  const happenedAt = openedAt.toISOString();
  const place = nextPlace(opened, 'allocation', { participant: participant.code, storedAt: at, happenedAt });
  const { arm, number } = envelope;
  const slot = slotFor(log.state, arm);
  await appendAllocation(tx, caller, participant, {
    opened,
    entry: outsideEntry(place, seed, { source: 'envelope', factors, arm, slot, envelope: number }),
    arm,
    stratum: stratumKey(log.state.design, factors),
    at,
    happenedAt,
  });
  return place.index;
}
