import type { Fixed, Json } from './columns.ts';

export interface FormTables {
  form: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    instrument: Fixed<string>;
    status: string;
    /** Number of the current version; the lock that a save is checked against. */
    version: number;
    assessed_on: string | null;
    late_reason: string | null;
    /** The current version's answers. */
    answers: Json;
    /** Item or check → why an unusual answer is right; null for none. */
    reasons: Json | null;
    saved_at: string;
    saved_by: string;
    /** The protocol version that the form was begun under: its instrument is that version's. */
    study_version: Fixed<number | null>;
    /** What the form draws where a sample is entered twice: 0 to 2³¹ − 1. */
    lot: Fixed<number | null | undefined>;
  };
  /** An index of the forms by visit, kept by the database's own triggers; nobody else writes it. */
  visit_tally: {
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    study_id: Fixed<string>;
    begun: number;
    complete: number;
    /** Of the protocol versions that the forms were begun under; 0 where none is on record. */
    lowest_version: number;
    highest_version: number;
  };
  /** Append-only: what was uploaded for an item of a form. */
  form_file: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    instrument: Fixed<string>;
    item: Fixed<string>;
    name: Fixed<string>;
    type: Fixed<string>;
    size: Fixed<number>;
    sha256: Fixed<string>;
    content: Fixed<Buffer>;
    uploaded_at: Fixed<string>;
    uploaded_by: Fixed<string>;
  };
  form_version: {
    form_id: Fixed<string>;
    version: Fixed<number>;
    status: Fixed<string>;
    assessed_on: Fixed<string | null>;
    late_reason: Fixed<string | null>;
    answers: Fixed<Json>;
    reason: Fixed<string | null>;
    reasons: Fixed<Json | null>;
    study_version: Fixed<number>;
    saved_at: Fixed<string>;
    saved_by: Fixed<string>;
  };
  safety_alert: {
    id: Fixed<string>;
    form_id: Fixed<string>;
    item: Fixed<string>;
    value: Fixed<number>;
    opened_at: Fixed<string>;
    resolved_at: string | null;
    resolved_by: string | null;
    resolution: Json | null;
  };
}
