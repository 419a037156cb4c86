import { type Factors, RandomisationError } from '../../randomisation/index.ts';
import { correctionEntry, type LogEntry } from '../../randomisation/log/entry.ts';
import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { expectVersion, findParticipant } from '../participants/find.ts';
import { problemsOfScreening } from '../participants/rules.ts';
import { changeScreening, type ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { changedFactors } from './changedFactors.rules.ts';
import { readReveal } from './designs/store.ts';
import { nextPlace, openLog } from './engine.ts';
import type { Correction, LogState } from './logState.ts';
import { type AllocationRecord, allocationOf, correctionOf, insertCorrection } from './store.ts';

type Values = Record<string, string | number>;

interface Change {
  before: Values;
  values: Values;
  reason: string;
  at: string;
}

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
  return services.db.write(async (tx) => {
    await transactionLock(tx, `allocations ${caller.study.id}`);
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    const here = callerAt(caller, participant.site);
    const issues = problemsOfScreening(here.study.document, input.values);
    if (issues.length > 0) throw notValid('Some screening answers are not right. Nothing was saved.', issues);
    expectVersion(participant, input.version);
    const before = JSON.parse(participant.screening) as Values;
    if (canonicalJson(before) === canonicalJson(input.values)) return { version: participant.version };
    const at = services.now().toISOString();
    const corrected = await logCorrection(services, tx, caller, participant, { before, ...input, at });
    if (!(await changeScreening(tx, participant.id, participant.version, JSON.stringify(input.values))))
      throw conflict(`${code} was changed by someone else a moment ago. Nothing was saved.`);
    await appendAudit(tx, here, at, {
      action: 'participants.correct',
      subject: `participant:${code}`,
      before,
      after: { ...input.values, ...(corrected === null ? {} : { logHash: corrected }) },
      reason: input.reason,
    });
    return { version: participant.version + 1 };
  });
}

/**
 * The hash of the log's new entry; null where the allocation doesn't depend on what changed, where there is none yet,
 * and where randomisation is closed, so that nothing later can depend on it.
 */
async function logCorrection(
  services: Services,
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  change: Change,
): Promise<string | null> {
  const { study, user } = caller;
  const allocation = await allocationOf(tx, participant.id);
  if (!allocation) return null;
  const changed = changedFactors(study.document, participant.site, change.before, change.values);
  const before = await loggedFactors(tx, allocation);
  const factors = { ...before, ...changed };
  if (canonicalJson(before) === canonicalJson(factors)) return null;
  if (await readReveal(tx, study.id)) return null;
  const opened = await openLog(services.config, tx, caller);
  expectFollowed(opened.log, { target: allocation, before, factors }, participant.code);
  const place = nextPlace(opened, 'correction', { participant: participant.code, storedAt: change.at });
  const entry = correctionEntry(place, opened.seed, { corrects: allocation.number, before, factors });
  await insertCorrection(tx, {
    study_id: study.id,
    number: entry.index,
    participant_id: participant.id,
    after_allocation: opened.log.allocations,
    epoch: entry.epoch,
    entry: canonicalJson(entry),
    previous_hash: entry.previous,
    hash: entry.hash,
    reason: change.reason,
    corrected_at: change.at,
    corrected_by: user.id,
  });
  return entry.hash;
}

/** The factors as the log has them: levels keep the names that they had when they were logged. */
async function loggedFactors(tx: Transaction, allocation: AllocationRecord): Promise<Factors> {
  const { entry } = (await correctionOf(tx, allocation.participant_id)) ?? allocation;
  return (JSON.parse(entry) as LogEntry).details.factors;
}

/** A correction that the counts couldn't follow would stop every later allocation; it is refused instead. */
function expectFollowed(log: LogState, correction: Correction, code: string): void {
  try {
    log.check(correction);
  } catch (error) {
    if (!(error instanceof RandomisationError)) throw error;
    throw conflict(
      `The allocation procedure can’t take up this correction of ${code}. Nothing was saved; tell the trial’s statistician.`,
    );
  }
}
