import type { Fixed, Json } from './columns.ts';

export interface BoardTables {
  /** Append-only: which letter stands for which arm, where arms are masked. */
  arm_letter: {
    study_id: Fixed<string>;
    letter: Fixed<string>;
    /** The arm's identifier, sealed under a key from outside the database. */
    sealed_arm: Fixed<string>;
    drawn_at: Fixed<string>;
  };
  /** Append-only: what the monitoring board sees, as it was at a cut-off. */
  board_snapshot: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    /** From 1 in the study. */
    number: Fixed<number>;
    content: Fixed<Json>;
    sha256: Fixed<string>;
    note: Fixed<string>;
    /** Of the last change that it includes. */
    cut_off: Fixed<string>;
    participants: Fixed<number>;
    study_version: Fixed<number>;
    code_version: Fixed<string>;
    prepared_at: Fixed<string>;
    prepared_by: Fixed<string>;
    preparer_name: Fixed<string>;
  };
  /** Append-only: who proved again who they are, to open closed reports until then in that session. */
  board_confirmation: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    user_id: Fixed<string>;
    session_id: Fixed<string>;
    confirmed_at: Fixed<string>;
    until: Fixed<string>;
  };
  /** Append-only: first step of unmasking the letters for the board. */
  board_unmasking: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    reason: Fixed<string>;
    requested_at: Fixed<string>;
    requested_by: Fixed<string>;
  };
  /** Append-only: second step. */
  board_unmasking_opened: {
    unmasking_id: Fixed<string>;
    opened_at: Fixed<string>;
    opened_by: Fixed<string>;
  };
}
