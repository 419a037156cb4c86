import type { Fixed, Json } from './columns.ts';

export interface PlatformTables {
  /** First result of each write that a client named with a key. */
  idempotency: {
    user_id: Fixed<string>;
    key: Fixed<string>;
    endpoint: Fixed<string>;
    payload_hash: Fixed<string>;
    reply: Fixed<Json>;
    at: Fixed<string>;
  };
  setting: { name: Fixed<string>; value: string };
  mail_outbox: {
    id: Fixed<string>;
    recipient: Fixed<string>;
    subject: Fixed<string>;
    /** Sealed under the server's key; null once it is sent. */
    body: string | null;
    queued_at: Fixed<string>;
    tries: number;
    /** Null: nothing more is tried. */
    next_at: string | null;
    sent_at: string | null;
    last_error: string | null;
  };
}
