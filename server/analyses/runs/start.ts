import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { appendAudit } from '../../audit/append.ts';
import { transactionLock } from '../../db/database.ts';
import { conflict, notValid } from '../../errors.ts';
import { once } from '../../http/once.ts';
import { holdsInForce } from '../../locks/store.ts';
import type { Caller, Services } from '../../services.ts';
import { canonicalHash } from '../../studies/canonical.ts';
import { checkEstimand } from '../../studies/checkEstimand.ts';
import type { EstimandDefinition, StudyDocument } from '../../studies/document.ts';
import { currentStudy } from '../../studies/store.ts';
import { VERSION } from '../../version.ts';
import { type Choice, isPerPlan, planned } from '../estimand.rules.ts';
import { materialOf, refuseBlinded } from '../study/material.ts';
import { exploratory, planOfStudy } from '../study/plan.ts';
import type { RunView } from './contract.ts';
import { type Ending, type Performer, perform } from './perform.ts';
import { insertOutcome, insertRun, keepMaterial, nextNumber } from './store.ts';

interface Asked {
  key: string;
  seed: number;
  choice: Choice | null;
}

/**
 * Puts a run on record, with its plan and its data, and begins it on a thread.
 *
 * @param work where it is worked off, if not on a thread
 * @throws {Refused} for a blinded caller, for a choice that doesn’t hold together, and before there are data
 */
export async function startRun(
  services: Services,
  caller: Caller,
  { key, seed, choice }: Asked,
  work: Performer = perform,
): Promise<{ id: string; number: number }> {
  refuseBlinded(caller);
  const { study } = caller;
  const { document } = study;
  const { estimands, label, perPlan, estimand } = asked(caller, choice);
  const { csv, replay, participants, dataState, cutOff } = await services.db.snapshot(async (db) => ({
    ...(await materialOf(services, db, caller)),
    dataState: await dataStateOf(db, study.id),
    // Of the data that are read, which can be newer than the caller.
    cutOff: (await currentStudy(db, study.id))!.changedAt,
  }));
  const plan = stringify(planOfStudy(study, estimands, replay));
  const id = crypto.randomUUID();
  const at = services.now().toISOString();
  const [planHash, dataHash] = [sha256(plan), sha256(csv)];
  const act = {
    user: caller.user,
    study: study.id,
    endpoint: 'analyses.run',
    key,
    payload: { seed, choice },
  };
  const begun = await once(services, act, async (tx) => {
    await transactionLock(tx, `analyses ${study.id}`);
    const number = await nextNumber(tx, study.id);
    await keepMaterial(tx, { study_id: study.id, sha256: planHash, content: plan });
    await keepMaterial(tx, { study_id: study.id, sha256: dataHash, content: csv });
    await insertRun(tx, {
      id,
      study_id: study.id,
      number,
      label,
      per_plan: perPlan ? 1 : 0,
      estimand,
      choice: choice === null ? null : JSON.stringify(choice),
      analyses: estimands.length,
      plan_sha256: planHash,
      data_sha256: dataHash,
      cut_off: cutOff,
      data_state: dataState,
      participants,
      study_version: document.version,
      code_version: VERSION,
      seed,
      started_at: at,
      started_by: caller.user.id,
      starter_name: caller.user.name,
    });
    await appendAudit(tx, caller, at, {
      action: 'analyses.run',
      subject: `analysis:${number}`,
      changesData: false,
      after: {
        label,
        perPlan,
        seed,
        planHash,
        dataHash,
        cutOff,
        dataState,
        codeVersion: VERSION,
      },
    });
    return { id, number };
  });
  // A retry of the same request finds the run that the first one began.
  if (begun.id === id)
    await work(id, { plan, data: csv, seed, ranAt: at }, estimands.length, (ending) =>
      keepEnding(services, caller, begun, ending),
    );
  return begun;
}

function asked({ study }: Caller, choice: Choice | null) {
  const { document, instruments } = study;
  if (choice === null) {
    if (document.estimands.length === 0)
      throw conflict('The protocol declares no planned analysis (estimands). Nothing was run.');
    return { estimands: document.estimands, label: 'Whole plan', perPlan: true, estimand: null };
  }
  const one: EstimandDefinition = exploratory(choice, labelOf(document, choice));
  const findings = checkEstimand(document, instruments, one, []);
  if (findings.length > 0)
    throw notValid(
      'These choices don’t go together. Nothing was run.',
      findings.map(({ path, message }) => ({ path: ['choice', ...path].join('.'), message })),
    );
  const found = planned(document, choice);
  return {
    estimands: [found ?? one],
    label: (found ?? one).label,
    perPlan: isPerPlan(found),
    estimand: found?.id ?? null,
  };
}

function labelOf({ outcomes, visits }: StudyDocument, choice: Choice): string {
  const outcome = outcomes.find(({ id }) => id === choice.outcome)?.label ?? choice.outcome;
  const at = (choice.visits ?? [choice.visit!]).map((id) => visits.find((one) => one.id === id)?.label ?? id);
  return `${outcome} at ${at.join(' and ')}`;
}

/** Whether the study’s data could still change. */
export async function dataStateOf(
  db: Parameters<typeof holdsInForce>[0],
  study: string,
): Promise<RunView['dataState']> {
  const holds = await holdsInForce(db, study);
  const whole = holds.filter(
    ({ site, participant_id: participant }) => site === null && participant === null,
  );
  if (whole.some(({ kind }) => kind === 'locked')) return 'locked';
  if (whole.length > 0) return 'frozen';
  return holds.length > 0 ? 'partly-locked' : 'open';
}

async function keepEnding(
  services: Services,
  caller: Caller,
  { id, number }: { id: string; number: number },
  ending: Ending,
): Promise<void> {
  const at = services.now().toISOString();
  const hash = ending.status === 'done' ? canonicalHash(ending.results.rows) : null;
  try {
    await services.db.write(async (tx) => {
      await insertOutcome(tx, {
        run_id: id,
        status: ending.status,
        ended_at: at,
        failure: ending.status === 'failed' ? ending.failure : null,
        results: ending.status === 'done' ? JSON.stringify(ending.results) : null,
        results_sha256: hash,
      });
      await appendAudit(tx, caller, at, {
        action: 'analyses.end',
        subject: `analysis:${number}`,
        changesData: false,
        after: { status: ending.status, ...(hash && { resultHash: hash }) },
      });
    });
  } catch (error) {
    services.log.error({ err: error, run: id }, 'how an analysis ended could not be kept');
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
