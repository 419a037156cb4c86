import type { Fixed } from './columns.ts';

export interface IdentityTables {
  /** Keyed digests of identifiers, so that nobody is registered twice; the identifiers themselves are not kept. */
  identity_digest: {
    participant_id: Fixed<string>;
    study_id: Fixed<string>;
    kind: Fixed<'identifier' | 'person'>;
    digest: Fixed<string>;
  };
  /** Who a participant is, sealed under a key from outside the database; apart from the research data. */
  identity_record: {
    participant_id: Fixed<string>;
    study_id: Fixed<string>;
    /** Names the key that `sealed_key` is sealed under; null with the others once the identity is erased. */
    key_name: string | null;
    /** The record's own key; without it the box can't be opened by anybody. */
    sealed_key: string | null;
    box: string | null;
    version: number;
    written_at: string;
    written_by: string;
    erased_at: string | null;
    erased_by: string | null;
  };
  /** Keyed digests of whole names, telephones, e-mails and identifiers, to find a person by. */
  identity_term: { participant_id: Fixed<string>; study_id: Fixed<string>; digest: Fixed<string> };
}
