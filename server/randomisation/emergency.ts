import { emergencyList } from '../../randomisation/emergency.ts';
import type { Design } from '../../randomisation/index.ts';
import { stratumKey } from '../../randomisation/index.ts';
import { outsideEntry } from '../../randomisation/log/entry.ts';
import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notAllowed, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { stratumOf } from '../studies/rules.ts';
import { appendAllocation } from './append.ts';
import { tailOf } from './chain.ts';
import type { Slip } from './contract.ts';
import { openDesign, seedOf } from './engine.ts';
import { readinessOf } from './readiness.ts';
import { slipOf } from './slip.ts';
import { usedEnvelopes } from './store.ts';

/** How many envelopes an epoch has at most; a list is always a beginning of the same sequence. */
const MOST = 500;

/** The list for outages: from the study's seed under a label of its own, so that it is committed to as well. */
export async function printEmergencyList(services: Services, caller: Caller, count: number) {
  if (caller.blinded) throw notAllowed('Your role is blinded in this study; the emergency list isn’t shown.');
  const { study } = caller;
  return services.db.write(async (tx) => {
    const inForce = await openDesign(tx, study.id);
    const seed = await seedOf(services.config, tx, inForce);
    const used = await usedEnvelopes(tx, study.id, inForce.epoch);
    await appendAudit(tx, caller, services.now().toISOString(), {
      action: 'randomisation.emergency-list',
      subject: `study:${study.id}`,
      after: { epoch: inForce.epoch, count },
      changesData: false,
    });
    return {
      epoch: inForce.epoch,
      envelopes: emergencyList(JSON.parse(inForce.design) as Design, seed, inForce.epoch, count).map(
        (envelope) => {
          const { id, short, name } = study.document.arms.find((arm) => arm.id === envelope.arm)!;
          return { ...envelope, arm: { id, short, name }, usedFor: used.get(envelope.number) ?? null };
        },
      ),
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
  if (input.openedAt > services.now().toISOString()) throw notValid('The time of opening is in the future.');
  const act = {
    user: caller.user,
    study: caller.study.id,
    endpoint: 'randomisation.envelope',
    key: input.key,
    payload: { participant: code, ...input },
  };
  await once(services, act, async (tx) => {
    await transactionLock(tx, `allocations ${caller.study.id}`);
    const participant = await findParticipant(tx, caller, code);
    const { ready, checks } = await readinessOf(tx, caller.study, participant);
    if (!ready) {
      const open = checks.filter((check) => !check.met && check.id !== 'queries').map((check) => check.text);
      throw conflict(
        `${code} can’t be allocated: ${open.join('; ') || `the status is ${participant.status}`}. Nothing was entered.`,
      );
    }
    return { number: await enter(services, tx, caller, participant, input) };
  });
  return slipOf(services.db.read, caller, code);
}

async function enter(
  services: Services,
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  input: EnvelopeInput,
): Promise<number> {
  const { study } = caller;
  const inForce = await openDesign(tx, study.id);
  const design = JSON.parse(inForce.design) as Design;
  const seed = await seedOf(services.config, tx, inForce);
  const envelope = emergencyList(design, seed, inForce.epoch, MOST).find((one) => one.code === input.code);
  if (!envelope)
    throw notValid('No envelope of this study has that code. Check each character; nothing was entered.');
  const usedFor = (await usedEnvelopes(tx, study.id, inForce.epoch)).get(envelope.number);
  if (usedFor)
    throw conflict(`Envelope ${envelope.number} was entered for ${usedFor} already. Nothing was entered.`);
  const { allocations, previous } = await tailOf(tx, study.id, inForce);
  const { factors } = stratumOf(study.document, participant.site, JSON.parse(participant.screening));
  const at = services.now().toISOString();
  const entry = outsideEntry(
    {
      index: allocations + 1,
      epoch: inForce.epoch,
      design: inForce.design_hash,
      previous,
      participant: participant.code,
      storedAt: at,
      happenedAt: input.openedAt,
    },
    seed,
    { source: 'envelope', factors, arm: envelope.arm, envelope: envelope.number },
  );
  await appendAllocation(tx, caller, participant, {
    entry,
    arm: envelope.arm,
    stratum: stratumKey(design, factors),
    at,
    happenedAt: input.openedAt,
  });
  return entry.index;
}
