import type { RunView } from './contract.ts';
import { progressOf } from './perform.ts';
import type { MarkRecord, RunRecord } from './store.ts';

/**
 * Runs as the page shows them; `all` are the study’s, newest first.
 * @param running how far runs were when the database was asked
 */
export function viewRun(
  run: RunRecord,
  all: readonly RunRecord[],
  marks: readonly MarkRecord[],
  running: ReadonlyMap<string, number>,
): RunView {
  const progress = run.status === null ? (progressOf(run.id) ?? running.get(run.id) ?? null) : null;
  const mark = marks.findLast((one) => one.run_id === run.id);
  return {
    id: run.id,
    number: run.number,
    label: run.label,
    perPlan: run.per_plan === 1,
    estimand: run.estimand,
    choice: run.choice === null ? null : JSON.parse(run.choice),
    analyses: run.analyses,
    planHash: run.plan_sha256,
    dataHash: run.data_sha256,
    cutOff: run.cut_off,
    dataState: run.data_state as RunView['dataState'],
    participants: run.participants,
    studyVersion: run.study_version,
    codeVersion: run.code_version,
    seed: run.seed,
    at: run.started_at,
    by: run.starter_name,
    status: (run.status ?? (progress === null ? 'interrupted' : 'running')) as RunView['status'],
    progress,
    endedAt: run.ended_at ?? null,
    failure: run.failure ?? null,
    resultHash: run.results_sha256 ?? null,
    sameAs: sameAs(run, all),
    mark: mark
      ? {
          reported: mark.reported === 1,
          reason: mark.reason,
          at: mark.at,
          by: mark.by_name,
          version: mark.version,
        }
      : null,
  };
}

/** The nearest earlier run of the same plan, data, seed and code that came to an end. */
function sameAs(run: RunRecord, all: readonly RunRecord[]): RunView['sameAs'] {
  const earlier = all.find(
    (one) =>
      one.number < run.number &&
      one.status === 'done' &&
      one.plan_sha256 === run.plan_sha256 &&
      one.data_sha256 === run.data_sha256 &&
      one.seed === run.seed &&
      one.code_version === run.code_version,
  );
  if (!earlier || run.status !== 'done') return null;
  return { number: earlier.number, identical: earlier.results_sha256 === run.results_sha256 };
}
