import { createHmac } from 'node:crypto';
import { betterAuth } from 'better-auth';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';

const MINUTE = 60;
/** A session ends after this long without a request. */
export const SESSION_SECONDS = 30 * MINUTE;
/** A session that is used is made longer at most this often. */
export const RENEWAL_SECONDS = MINUTE;

/** Accounts and sessions by better-auth, in our own database. People are invited; nobody signs up by themselves. */
export function createAuth(config: Config, db: Database) {
  const baseURL = config.publicUrl ?? `http://${config.host}:${config.port}`;
  return betterAuth({
    appName: 'Equipoise',
    baseURL,
    basePath: '/api/auth',
    secret: createHmac('sha256', config.key).update('equipoise session cookies').digest('hex'),
    database: { db: db.accounts, type: db.kind },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: { additionalFields: { language: { type: ['en', 'fi'], required: false, input: false } } },
    session: { expiresIn: SESSION_SECONDS, updateAge: RENEWAL_SECONDS },
    // Our own endpoints call it, and count attempts themselves (`beginAttempt`).
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'equipoise',
      useSecureCookies: baseURL.startsWith('https://'),
      database: { validateSchema: false },
      ipAddress: { ipAddressHeaders: [] },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

export type Auth = ReturnType<typeof createAuth>;
