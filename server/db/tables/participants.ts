import type { Fixed, Flag, Json } from './columns.ts';

export interface ParticipantTables {
  participant: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    code: Fixed<string>;
    site: Fixed<string>;
    status: string;
    version: number;
    screened_on: string;
    /** Values of the study's screening fields. */
    screening: Json;
    exclusion_reason: string | null;
    created_at: Fixed<string>;
    created_by: Fixed<string>;
  };
  eligibility: {
    participant_id: Fixed<string>;
    answers: Json;
    eligible: Flag;
    confirmed_at: string;
    confirmed_by: string;
    study_version: number | null;
  };
  consent: {
    participant_id: Fixed<string>;
    consent_version: string;
    signed_on: string;
    recorded_at: string;
    recorded_by: string;
    study_version: number | null;
  };
  /** People assessed and excluded before they were registered, counted by reason. */
  screening_tally: {
    study_id: Fixed<string>;
    site: Fixed<string>;
    reason: Fixed<string>;
    count: number;
    note: string;
  };
}
