import type { Fixed, Flag, Json } from './columns.ts';

export interface OversightTables {
  audit_review_plan: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    scope: Fixed<string>;
    reviewer: Fixed<string>;
    every_days: Fixed<number>;
    first_due: Fixed<string>;
    version: number;
    planned_at: Fixed<string>;
    planned_by: Fixed<string>;
    ended_at: string | null;
    ended_by: string | null;
  };
  /** Append-only: that somebody went through the trail, and where it ended then. */
  audit_review: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    plan_id: Fixed<string | null>;
    from_day: Fixed<string>;
    until_day: Fixed<string>;
    looked_at: Fixed<string>;
    outcome: Fixed<string>;
    findings: Fixed<string>;
    trail_seq: Fixed<number>;
    trail_hash: Fixed<string>;
    reviewed_at: Fixed<string>;
    reviewed_by: Fixed<string>;
    reviewer_name: Fixed<string>;
  };
  /** A freeze or a lock of the study, a site, a participant, a visit or a form: what isn't named is all of it. */
  data_hold: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    kind: Fixed<'frozen' | 'locked'>;
    site: Fixed<string | null>;
    participant_id: Fixed<string | null>;
    visit: Fixed<string | null>;
    instrument: Fixed<string | null>;
    reason: Fixed<string>;
    /** What was still open when it was locked all the same: check → count. */
    left_open: Fixed<Json | null>;
    placed_at: Fixed<string>;
    placed_by: Fixed<string>;
    lifted_at: string | null;
    lifted_by: string | null;
    lifted_reason: string | null;
  };
  /** An electronic signature; append-only. It is void when a form that it stands under has another version. */
  signature: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    participant_id: Fixed<string>;
    visit: Fixed<string | null>;
    instrument: Fixed<string | null>;
    meaning: Fixed<string>;
    printed_name: Fixed<string>;
    role: Fixed<string>;
    content_hash: Fixed<string>;
    signed_at: Fixed<string>;
    signed_by: Fixed<string>;
  };
  signature_form: {
    signature_id: Fixed<string>;
    form_id: Fixed<string>;
    version: Fixed<number>;
    hash: Fixed<string>;
  };
  /** A form (item null), one of its fields, or the consent (form null) compared with the source; append-only. */
  source_verification: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    participant_id: Fixed<string>;
    form_id: Fixed<string | null>;
    item: Fixed<string | null>;
    /** In the study, from 1: the later mark of a field counts. */
    number: Fixed<number>;
    version: Fixed<number>;
    /** 0 takes an earlier mark back. */
    verified: Fixed<Flag>;
    marked_at: Fixed<string>;
    marked_by: Fixed<string>;
  };
  /** Append-only and hash-chained per study; the database refuses UPDATE and DELETE. */
  audit: {
    study_id: Fixed<string>;
    seq: Fixed<number>;
    at: Fixed<string>;
    user_id: Fixed<string>;
    user_name: Fixed<string>;
    role: Fixed<string | null>;
    action: Fixed<string>;
    subject: Fixed<string>;
    before: Fixed<Json | null>;
    after: Fixed<Json | null>;
    reason: Fixed<string | null>;
    study_version: Fixed<number>;
    previous_hash: Fixed<string>;
    hash: Fixed<string>;
  };
}
