import { correctionEntry } from '../../randomisation/log/entry.ts';
import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { expectVersion, findParticipant } from '../participants/find.ts';
import { problemsOfScreening } from '../participants/rules.ts';
import { changeScreening, type ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { stratumOf } from '../studies/rules.ts';
import { tailOf } from './chain.ts';
import { openDesign, seedOf } from './engine.ts';
import { allocationOf, insertCorrection } from './store.ts';

type Values = Record<string, string | number>;

/**
 * Puts screening answers right after randomisation. The allocation stands and so does its place in the block; the log
 * gets a correction, and later minimisation counts the participant at the true level.
 */
export async function correctScreening(
  services: Services,
  caller: Caller,
  code: string,
  input: { version: number; values: Values; reason: string },
): Promise<{ version: number }> {
  const issues = problemsOfScreening(caller.study.document, input.values);
  if (issues.length > 0) throw notValid('Some screening answers are not right. Nothing was saved.', issues);
  return services.db.write(async (tx) => {
    await transactionLock(tx, `allocations ${caller.study.id}`);
    const participant = await findParticipant(tx, caller, code);
    expectVersion(participant, input.version);
    const before = JSON.parse(participant.screening) as Values;
    const at = services.now().toISOString();
    const corrected = await logCorrection(services, tx, caller, participant, { before, ...input, at });
    if (!(await changeScreening(tx, participant.id, participant.version, JSON.stringify(input.values))))
      throw conflict(`${code} was changed by someone else a moment ago. Nothing was saved.`);
    await appendAudit(tx, caller, at, {
      action: 'participants.correct',
      subject: `participant:${code}`,
      before,
      after: { ...input.values, ...(corrected === null ? {} : { logHash: corrected }) },
      reason: input.reason,
    });
    return { version: participant.version + 1 };
  });
}

/** The log's entry; null where the allocation doesn't depend on what changed, or there is none yet. */
async function logCorrection(
  services: Services,
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  change: { before: Values; values: Values; reason: string; at: string },
): Promise<string | null> {
  const { study, user } = caller;
  const allocation = await allocationOf(tx, participant.id);
  if (!allocation) return null;
  const levels = (values: Values) => stratumOf(study.document, participant.site, values).factors;
  const before = levels(change.before);
  const factors = levels(change.values);
  if (canonicalJson(before) === canonicalJson(factors)) return null;
  const inForce = await openDesign(tx, study.id);
  const seed = await seedOf(services.config, tx, inForce);
  const { allocations, corrections, previous } = await tailOf(tx, study.id, inForce);
  const entry = correctionEntry(
    {
      index: corrections + 1,
      epoch: inForce.epoch,
      design: inForce.design_hash,
      previous,
      participant: participant.code,
      storedAt: change.at,
    },
    seed,
    { corrects: allocation.number, before, factors },
  );
  await insertCorrection(tx, {
    study_id: study.id,
    number: entry.index,
    participant_id: participant.id,
    after_allocation: allocations,
    epoch: inForce.epoch,
    entry: canonicalJson(entry),
    previous_hash: entry.previous,
    hash: entry.hash,
    reason: change.reason,
    corrected_at: change.at,
    corrected_by: user.id,
  });
  return entry.hash;
}
