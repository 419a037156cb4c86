import type { Generated } from 'kysely';
import type { Fixed, Flag } from './columns.ts';

export interface QueryTables {
  query: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    number: Fixed<number>;
    participant_id: Fixed<string>;
    visit: Fixed<string | null>;
    instrument: Fixed<string | null>;
    item: Fixed<string | null>;
    status: string;
    automatic: Fixed<Flag>;
    text: Fixed<string>;
    opened_at: Fixed<string>;
    opened_by: Fixed<string>;
    closed_at: string | null;
    /** Null where it closed itself. */
    closed_by: string | null;
    /** Raised by every message and change. */
    version: Generated<number>;
    /** Who is to answer: this person, or else this role at the site, or else anyone of the site. */
    owner_id: string | null;
    owner_role: string | null;
    /** Which check asked; null where a person did. */
    cause: Fixed<string | null>;
  };
  query_message: {
    id: Fixed<string>;
    query_id: Fixed<string>;
    text: Fixed<string>;
    sent_at: Fixed<string>;
    sent_by: Fixed<string>;
    /** reply, assign, close, reopen or cancel. */
    act: Fixed<string>;
    automatic: Fixed<Flag>;
  };
}
