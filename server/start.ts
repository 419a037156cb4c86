import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino, { type Logger } from 'pino';
import { SignInAttempts } from './accounts/attempts.ts';
import { createAuth } from './accounts/auth.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import type { Services } from './services.ts';

/** Opens the database, brings its tables up to date and gathers what use cases need. */
export async function openServices(config: Config, log: Logger = createLog(config)): Promise<Services> {
  const db = await openDatabase(config.databaseUrl);
  await migrate(db);
  return {
    config,
    db,
    auth: createAuth(config, db),
    signInAttempts: new SignInAttempts(),
    log,
    now: () => new Date(),
    demoSignIns: null,
  };
}

/** Logs to standard error: standard output is for what commands print. */
export function createLog(config: Config): Logger {
  return pino({ level: config.logLevel, base: null }, pino.destination(2));
}

export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** Listens on the configured address; `close` waits for requests under way, then closes the database. */
export async function listen(services: Services, webFolder?: string): Promise<Listening> {
  const server = createServer(createApp(services, webFolder));
  server.requestTimeout = 120_000;
  const { host, port } = services.config;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${shown}:${address.port}`, close: () => close(server, services) };
}

async function close(server: Server, services: Services): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });
  await services.db.close();
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} is taken by another program. Choose another: PORT=4001 npm start`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new Error(`This machine has no address “${host}”. Set HOST to one it has, such as 127.0.0.1.`);
  if (error.code === 'EACCES')
    return new Error(`Port ${port} needs more rights than this user has. Choose one above 1023.`);
  return error;
}
