import type { Fixed, Flag, Json } from './columns.ts';

export interface StudyTables {
  study: {
    id: Fixed<string>;
    code: string;
    synthetic: Flag;
    synthetic_note: string | null;
    created_at: Fixed<string>;
    /** Raised by each write to the study's data; dashboards and exports say as of when. */
    changed_at: string;
  };
  study_version: {
    study_id: Fixed<string>;
    number: Fixed<number>;
    document: Fixed<Json>;
    hash: Fixed<string>;
    /** The instrument documents that the version was activated with. */
    instruments: Fixed<Json>;
    /** When the version was put on record. */
    activated_at: Fixed<string>;
    activated_by: Fixed<string | null>;
    /** 0: in force at every site from then on. 1: at a site once it is activated there. */
    per_site: Fixed<Flag | undefined>;
  };
  /** A site's approval of a protocol version; append-only. */
  site_approval: {
    study_id: Fixed<string>;
    number: Fixed<number>;
    site: Fixed<string>;
    committee: Fixed<string>;
    reference: Fixed<string>;
    decided_on: Fixed<string>;
    recorded_at: Fixed<string>;
    recorded_by: Fixed<string>;
  };
  /** Append-only: papers that prove a site's approval. */
  approval_document: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    number: Fixed<number>;
    site: Fixed<string>;
    name: Fixed<string>;
    type: Fixed<string>;
    size: Fixed<number>;
    sha256: Fixed<string>;
    content: Fixed<Buffer>;
    uploaded_at: Fixed<string>;
    uploaded_by: Fixed<string>;
  };
  /** From when a version with `per_site` is in force at a site; append-only. */
  site_activation: {
    study_id: Fixed<string>;
    number: Fixed<number>;
    site: Fixed<string>;
    activated_at: Fixed<string>;
    activated_by: Fixed<string>;
  };
}
