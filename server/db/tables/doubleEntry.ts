import type { Fixed, Json } from './columns.ts';

export interface DoubleEntryTables {
  /** A second person's entry of a form, blind to the first. */
  second_entry: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    instrument: Fixed<string>;
    status: string;
    version: number;
    assessed_on: string | null;
    answers: Json;
    saved_at: string;
    saved_by: string;
    /** The form's version that the complete second entry was compared with. */
    first_version: number | null;
    completed_at: string | null;
    /** Both agree, or every difference is decided. */
    settled_at: string | null;
    settled_by: string | null;
    settled_version: number | null;
  };
  /** Append-only. */
  second_entry_version: {
    entry_id: Fixed<string>;
    version: Fixed<number>;
    status: Fixed<string>;
    assessed_on: Fixed<string | null>;
    answers: Fixed<Json>;
    study_version: Fixed<number>;
    saved_at: Fixed<string>;
    saved_by: Fixed<string>;
  };
  /** Append-only: what stands where the two entries differ. */
  second_entry_decision: {
    entry_id: Fixed<string>;
    field: Fixed<string>;
    choice: Fixed<string>;
    value: Fixed<Json | null>;
    reason: Fixed<string | null>;
    decided_at: Fixed<string>;
    decided_by: Fixed<string>;
  };
}
