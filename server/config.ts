import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** Every variable that the server reads, on one screen. */
const environment = z.object({
  /** Address to listen on. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  /** `sqlite:FILE` or `postgres://…`; a SQLite file in EQUIPOISE_HOME by default. */
  DATABASE_URL: z.string().min(1).optional(),
  /** Folder of the database and the key. */
  EQUIPOISE_HOME: z.string().min(1).default('var'),
  /** 64 hexadecimal digits that seal secrets and sign sessions; kept in EQUIPOISE_HOME/key by default, never in the database. */
  EQUIPOISE_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  /** 64 hexadecimal digits that names and contact details are sealed under; derived from EQUIPOISE_KEY by default. */
  EQUIPOISE_IDENTITY_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  /** The one before, for as long as `equipoise identity rotate` isn't done. */
  EQUIPOISE_IDENTITY_OLD_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  /** The address that people type, where a proxy stands in front: https://trials.example.org */
  EQUIPOISE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://trials.example.org' })
    .refine(
      (text) => /^https?:\/\/[^/?#]+\/?$/.test(text),
      'must be without a path: the pages stand at its root',
    )
    .optional(),
  /** Where the study's days begin; the machine's time zone by default. */
  EQUIPOISE_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Europe/Helsinki')
    .optional(),
  /** The mail server: smtp://user:password@mail.example.org:587, or smtps://…; without it no mail is sent. */
  EQUIPOISE_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an address such as smtp://mail.example.org:587' })
    .optional(),
  /** Whom mail comes from: Equipoise <trials@example.org> */
  EQUIPOISE_MAIL_FROM: z.string().min(3).max(254).optional(),
  /** The Chromium that prints reports as PDF, or `none`; the first one in the PATH by default. */
  EQUIPOISE_CHROMIUM: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

export interface Config {
  host: string;
  port: number;
  databaseUrl: string;
  key: Buffer;
  /** What identities are sealed under, where it isn't derived from `key`, and the one before. */
  identityKey?: Buffer;
  identityOldKey?: Buffer;
  /** Null: the address listened on. */
  publicUrl: string | null;
  timeZone: string;
  /** Null: no mail is sent. */
  mail: { smtpUrl: string; from: string } | null;
  /** Path of a Chromium, or `none`; absent: looked for in the PATH. */
  chromium?: string;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/** Reads the environment once. Throws an Error that names each variable that is wrong. */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  defaultDatabase = 'equipoise.sqlite',
): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not right.\n  ${problems.join('\n  ')}`);
  }
  const value = parsed.data;
  const home = resolve(value.EQUIPOISE_HOME);
  const databaseUrl = value.DATABASE_URL ?? `sqlite:${join(home, defaultDatabase)}`;
  if (!value.DATABASE_URL) mkdirSync(home, { recursive: true });
  return {
    host: value.HOST,
    port: value.PORT,
    databaseUrl,
    key: Buffer.from(value.EQUIPOISE_KEY ?? keyFile(join(home, 'key')), 'hex'),
    identityKey: bytesOf(value.EQUIPOISE_IDENTITY_KEY),
    identityOldKey: bytesOf(value.EQUIPOISE_IDENTITY_OLD_KEY),
    publicUrl: value.EQUIPOISE_URL === undefined ? null : new URL(value.EQUIPOISE_URL).origin,
    timeZone: value.EQUIPOISE_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    mail: mailOf(value),
    chromium: value.EQUIPOISE_CHROMIUM,
    logLevel: value.LOG_LEVEL,
  };
}

/** Links in mail need the address that people type: one of a request could be anybody's. */
function mailOf(value: z.output<typeof environment>): Config['mail'] {
  if (value.EQUIPOISE_SMTP_URL === undefined) return null;
  if (value.EQUIPOISE_MAIL_FROM === undefined || value.EQUIPOISE_URL === undefined)
    throw new Error(
      'The environment is not right.\n  EQUIPOISE_SMTP_URL: needs EQUIPOISE_MAIL_FROM and EQUIPOISE_URL too',
    );
  return { smtpUrl: value.EQUIPOISE_SMTP_URL, from: value.EQUIPOISE_MAIL_FROM };
}

const bytesOf = (hex: string | undefined): Buffer | undefined =>
  hex === undefined ? undefined : Buffer.from(hex, 'hex');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function keyFile(path: string): string {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another server process that started at the same moment made it first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  const key = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(key)) throw new Error(`The key in ${path} must be 64 hexadecimal digits.`);
  return key;
}
