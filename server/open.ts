import pino, { type Logger } from 'pino';
import { createAuth } from './accounts/auth.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { onThread } from './results/thread.ts';
import type { Services } from './services.ts';

/** Nobody notices a shorter wait. */
const PATIENCE_MS = 250;

/** Opens the database, brings its tables up to date and gathers what use cases need. */
export async function openServices(config: Config, log: Logger = createLog(config)): Promise<Services> {
  const db = await openDatabase(config.databaseUrl);
  await migrate(db);
  return {
    config,
    db,
    auth: createAuth(config, db),
    log,
    now: () => new Date(),
    results: onThread,
    patience: PATIENCE_MS,
    demoSignIns: null,
  };
}

/** Logs to standard error: standard output is for what commands print. */
export function createLog(config: Config): Logger {
  return pino({ level: config.logLevel, base: null }, pino.destination(2));
}
