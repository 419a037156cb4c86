import type { ColumnType } from 'kysely';
import type { Fixed, Json } from './columns.ts';

export interface AccountTables {
  membership: {
    id: Fixed<string>;
    user_id: Fixed<string>;
    study_id: Fixed<string>;
    role: Fixed<string>;
    site: Fixed<string | null>;
    granted_at: Fixed<string>;
    granted_by: Fixed<string | null>;
    revoked_at: string | null;
    revoked_by: string | null;
  };
  /** better-auth's tables, with its own column names. */
  user: {
    id: string;
    name: string;
    email: string;
    emailVerified: unknown;
    image: string | null;
    createdAt: unknown;
    updatedAt: unknown;
    language: ColumnType<string | null, string | undefined, string>;
  };
  session: {
    id: string;
    userId: string;
    token: string;
    expiresAt: unknown;
    ipAddress: string | null;
    userAgent: string | null;
    createdAt: unknown;
    updatedAt: unknown;
  };
  account: {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    accessToken: string | null;
    refreshToken: string | null;
    idToken: string | null;
    accessTokenExpiresAt: unknown;
    refreshTokenExpiresAt: unknown;
    scope: string | null;
    password: string | null;
    createdAt: unknown;
    updatedAt: unknown;
  };
  verification: {
    id: string;
    identifier: string;
    value: string;
    expiresAt: unknown;
    createdAt: unknown;
    updatedAt: unknown;
  };
  /** TOTP: a pending one has no `confirmed_at`. `last_step` is the newest 30-second step that a code was taken of. */
  second_factor: {
    user_id: Fixed<string>;
    /** Sealed under the server's key. */
    secret: string;
    made_at: string;
    confirmed_at: string | null;
    last_step: number;
  };
  backup_code: { user_id: Fixed<string>; hash: Fixed<string>; used_at: string | null };
  /** Roles that a study lets in with a second factor only. */
  second_factor_rule: {
    study_id: Fixed<string>;
    role: Fixed<string>;
    set_at: Fixed<string>;
    set_by: Fixed<string>;
  };
  /** Failed sign-ins by account and by address, as a bucket that leaks; keys are hashes. */
  attempt_count: { key: Fixed<string>; level: number; at: string; blocked_until: string | null };
  disabled_account: { user_id: Fixed<string>; disabled_at: Fixed<string>; disabled_by: Fixed<string> };
  invitation: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    email: Fixed<string>;
    name: Fixed<string>;
    role: Fixed<string>;
    site: Fixed<string | null>;
    token_hash: string;
    made_at: Fixed<string>;
    made_by: Fixed<string>;
    sent_at: string;
    expires_at: string;
    accepted_at: string | null;
    accepted_by: string | null;
    revoked_at: string | null;
    revoked_by: string | null;
  };
  password_link: {
    token_hash: Fixed<string>;
    user_id: Fixed<string>;
    made_at: Fixed<string>;
    expires_at: Fixed<string>;
    used_at: string | null;
  };
  /** Append-only and hash-chained over the whole server; the database refuses UPDATE and DELETE. */
  account_log: {
    seq: Fixed<number>;
    at: Fixed<string>;
    action: Fixed<string>;
    actor_id: Fixed<string | null>;
    actor_name: Fixed<string>;
    subject_id: Fixed<string | null>;
    subject_name: Fixed<string | null>;
    study_id: Fixed<string | null>;
    detail: Fixed<Json | null>;
    address: Fixed<string | null>;
    previous_hash: Fixed<string>;
    hash: Fixed<string>;
  };
}
