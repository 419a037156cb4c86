import type { Fixed, Json } from './columns.ts';

export interface RandomisationTables {
  randomisation_design: {
    study_id: Fixed<string>;
    epoch: Fixed<number>;
    design: Fixed<Json>;
    design_hash: Fixed<string>;
    /** SHA-256 commitment to the secret. */
    commitment: Fixed<string>;
    /** The secret, sealed under a key from outside the database. */
    sealed_secret: Fixed<string>;
    /** Name of a public value that the seed waits for; null when there is none. */
    beacon: Fixed<string | null>;
    /** Blocks that the epoch before left unfinished, as JSON. */
    retired: Fixed<Json | null>;
    activated_at: Fixed<string>;
  };
  allocation: {
    study_id: Fixed<string>;
    /** Sequence number in the study, from 1, without gaps. */
    number: Fixed<number>;
    participant_id: Fixed<string>;
    epoch: Fixed<number>;
    source: Fixed<'service' | 'imported' | 'envelope'>;
    stratum: Fixed<string>;
    arm: Fixed<string>;
    /** Factor levels, counts' hash, scores, weights, arm commitment: the log entry in canonical JSON. */
    entry: Fixed<Json>;
    previous_hash: Fixed<string>;
    hash: Fixed<string>;
    study_version: Fixed<number>;
    allocated_at: Fixed<string>;
    allocated_by: Fixed<string>;
  };
  /** A factor that was wrong at randomisation, put right for later allocations; the allocation stands. */
  allocation_correction: {
    study_id: Fixed<string>;
    number: Fixed<number>;
    participant_id: Fixed<string>;
    /** The number of the allocation that it stands after in the log. */
    after_allocation: Fixed<number>;
    epoch: Fixed<number>;
    entry: Fixed<Json>;
    previous_hash: Fixed<string>;
    hash: Fixed<string>;
    reason: Fixed<string>;
    corrected_at: Fixed<string>;
    corrected_by: Fixed<string>;
  };
  /** The public value that was named in advance, once it exists. */
  randomisation_beacon: {
    study_id: Fixed<string>;
    epoch: Fixed<number>;
    value: Fixed<string>;
    entered_at: Fixed<string>;
    entered_by: Fixed<string>;
  };
  /** Randomisation is closed for good and its secrets are handed out. */
  randomisation_reveal: {
    study_id: Fixed<string>;
    reason: Fixed<string>;
    revealed_at: Fixed<string>;
    revealed_by: Fixed<string>;
  };
  /** First step of an emergency unblinding. */
  unblinding: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    participant_id: Fixed<string>;
    reason: Fixed<string>;
    requested_at: Fixed<string>;
    requested_by: Fixed<string>;
  };
  /** Second step: the arm was shown. */
  unblinding_opened: {
    unblinding_id: Fixed<string>;
    opened_at: Fixed<string>;
    opened_by: Fixed<string>;
  };
}
