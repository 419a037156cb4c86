import type { Fixed, Flag, Json } from './columns.ts';

export interface EventTables {
  event: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    event: Fixed<string>;
    kind: Fixed<string>;
    /** The current version's, as are `until_day`, `detail` and `struck`. */
    on_day: string;
    until_day: string | null;
    detail: string;
    loss_reason: Fixed<string | null>;
    version: number;
    /** Entered in error, or taken back by a reversal: kept, and counts nowhere. */
    struck: Flag;
    recorded_at: Fixed<string>;
    recorded_by: Fixed<string>;
    study_version: Fixed<number | null>;
  };
  /** Append-only. */
  event_version: {
    event_id: Fixed<string>;
    version: Fixed<number>;
    on_day: Fixed<string>;
    until_day: Fixed<string | null>;
    detail: Fixed<string>;
    struck: Fixed<Flag>;
    reason: Fixed<string | null>;
    study_version: Fixed<number>;
    saved_at: Fixed<string>;
    saved_by: Fixed<string>;
  };
  /** What of the follow-up stops, and what a reversal brings back; the last one holds. Append-only. */
  withdrawal: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    number: Fixed<number>;
    on_day: Fixed<string>;
    asked_by: Fixed<string | null>;
    reason: Fixed<string | null>;
    /** List of what is stopped from that day on; an empty one: everything goes on. */
    stops: Fixed<Json>;
    detail: Fixed<string>;
    recorded_at: Fixed<string>;
    recorded_by: Fixed<string>;
  };
  /** Harms, deviations, medication, sessions, fidelity ratings: what each holds is its contract's. */
  study_record: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    kind: Fixed<string>;
    site: Fixed<string>;
    participant_id: Fixed<string | null>;
    /** What was entered in one go, such as a group's session. */
    sheet: Fixed<string | null>;
    /** Number of the current version; the lock that a correction is checked against. */
    version: number;
    struck: Flag;
    /** The current version's content. */
    content: Json;
    created_at: Fixed<string>;
    created_by: Fixed<string>;
    saved_at: string;
    saved_by: string;
  };
  /** Append-only. */
  record_version: {
    record_id: Fixed<string>;
    version: Fixed<number>;
    struck: Fixed<Flag>;
    content: Fixed<Json>;
    reason: Fixed<string | null>;
    study_version: Fixed<number>;
    saved_at: Fixed<string>;
    saved_by: Fixed<string>;
  };
  /** A serious adverse event reported to the sponsor: number 1 stops the clock, later ones follow up. Append-only. */
  harm_report: {
    record_id: Fixed<string>;
    number: Fixed<number>;
    /** The version of the adverse event that was reported. */
    record_version: Fixed<number>;
    aware_at: Fixed<string>;
    late: Fixed<Flag>;
    note: Fixed<string>;
    reported_at: Fixed<string>;
    reported_by: Fixed<string>;
  };
}
