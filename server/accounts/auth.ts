import { createHmac } from 'node:crypto';
import { betterAuth } from 'better-auth';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';

const MINUTE = 60;
/** A session ends after this long without a request. */
export const SESSION_SECONDS = 30 * MINUTE;

/** Accounts and sessions by better-auth, in our own database. People are invited; nobody signs up by themselves. */
export function createAuth(config: Config, db: Database) {
  const baseURL = config.publicUrl ?? `http://${config.host}:${config.port}`;
  return betterAuth({
    appName: 'Equipoise',
    baseURL,
    basePath: '/api/auth',
    secret: createHmac('sha256', config.key).update('equipoise session cookies').digest('hex'),
    database: { db: db.writer, type: db.kind },
    trustedOrigins: (request) => trusted(config, request),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    session: { expiresIn: SESSION_SECONDS, updateAge: MINUTE },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
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

/** Without a public address, the server is reached by whatever name its own machine gives it. */
function trusted(config: Config, request?: Request): string[] {
  if (config.publicUrl) return [config.publicUrl];
  const host = request?.headers.get('host');
  return host ? [`http://${host}`] : [];
}
