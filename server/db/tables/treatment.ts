import type { Fixed } from './columns.ts';

export interface TreatmentTables {
  therapist: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    site: Fixed<string>;
    name: Fixed<string>;
    added_at: Fixed<string>;
    added_by: Fixed<string>;
  };
  therapy_group: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    site: Fixed<string>;
    arm: Fixed<string>;
    name: Fixed<string>;
    therapist_id: Fixed<string | null>;
    starts_on: Fixed<string>;
    seats: Fixed<number>;
    added_at: Fixed<string>;
    added_by: Fixed<string>;
  };
  /** Post-randomisation membership of a group or with a therapist; ended, never deleted. */
  therapy_membership: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    group_id: Fixed<string | null>;
    therapist_id: Fixed<string | null>;
    from_day: Fixed<string>;
    until_day: string | null;
    entered_at: Fixed<string>;
    entered_by: Fixed<string>;
  };
}
