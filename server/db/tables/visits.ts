import type { Fixed, Json } from './columns.ts';

export interface VisitTables {
  visit_booking: {
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    booked_for: string | null;
    changed_at: string;
    changed_by: string;
    study_version: number | null;
  };
  /** Every booking, move and cancellation; append-only. */
  visit_booking_change: {
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    number: Fixed<number>;
    booked_for: Fixed<string | null>;
    reason: Fixed<string | null>;
    changed_at: Fixed<string>;
    changed_by: Fixed<string>;
    study_version: Fixed<number>;
  };
  /** A visit that the protocol didn't plan, numbered for each participant; append-only. */
  unscheduled_visit: {
    participant_id: Fixed<string>;
    number: Fixed<number>;
    on_day: Fixed<string>;
    reason: Fixed<string>;
    /** Identifiers of the instruments that are entered there. */
    instruments: Fixed<Json>;
    added_at: Fixed<string>;
    added_by: Fixed<string>;
    study_version: Fixed<number>;
  };
  /** A secret address under which a calendar program reads one site's visits; only its token's digest is kept. */
  calendar_feed: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    site: Fixed<string>;
    token_digest: Fixed<string>;
    created_at: Fixed<string>;
    created_by: Fixed<string>;
    revoked_at: string | null;
    revoked_by: string | null;
  };
  contact: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    on_day: Fixed<string>;
    outcome: Fixed<string>;
    note: Fixed<string>;
    logged_at: Fixed<string>;
    logged_by: Fixed<string>;
    study_version: Fixed<number | null>;
  };
}
