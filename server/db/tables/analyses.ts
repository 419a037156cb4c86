import type { Fixed, Flag, Json } from './columns.ts';

export interface AnalysisTables {
  /** Append-only: the plans and data of analysis runs, by the SHA-256 of their bytes. */
  analysis_material: {
    study_id: Fixed<string>;
    sha256: Fixed<string>;
    content: Fixed<string>;
  };
  /** Append-only: that an analysis was started, by whom and on what. */
  analysis_run: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    /** From 1 in the study. */
    number: Fixed<number>;
    label: Fixed<string>;
    per_plan: Fixed<Flag>;
    /** The planned analysis; null: the whole plan, or a choice outside it. */
    estimand: Fixed<string | null>;
    /** What one analysis asked; null: the whole plan. */
    choice: Fixed<Json | null>;
    analyses: Fixed<number>;
    plan_sha256: Fixed<string>;
    data_sha256: Fixed<string>;
    /** Of the last change that the data include. */
    cut_off: Fixed<string>;
    data_state: Fixed<string>;
    participants: Fixed<number>;
    study_version: Fixed<number>;
    code_version: Fixed<string>;
    seed: Fixed<number>;
    started_at: Fixed<string>;
    started_by: Fixed<string>;
    starter_name: Fixed<string>;
  };
  /** Append-only: how a run ended. */
  analysis_outcome: {
    run_id: Fixed<string>;
    status: Fixed<string>;
    ended_at: Fixed<string>;
    failure: Fixed<string | null>;
    results: Fixed<Json | null>;
    /** Of the numbers alone, so that two runs can be compared. */
    results_sha256: Fixed<string | null>;
  };
  /** Append-only: whether a run was reported, and why or why not; the newest version stands. */
  analysis_mark: {
    run_id: Fixed<string>;
    version: Fixed<number>;
    reported: Fixed<Flag>;
    reason: Fixed<string>;
    at: Fixed<string>;
    by: Fixed<string>;
    by_name: Fixed<string>;
  };
}
