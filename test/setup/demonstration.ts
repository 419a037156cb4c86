import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { readCalibration } from '../../server/demo/calibration.ts';
import { seedDemonstration } from '../../server/demo/seed.ts';
import { createLog, openServices } from '../../server/open.ts';
import type { Services } from '../../server/services.ts';
import { type Listening, listen } from '../../server/start.ts';

export interface Place {
  services: Services;
  server: Listening;
  folder: string;
  /** Path of the SQLite file. */
  file: string;
  /** Signs in and gives the session's cookie. */
  signIn(role: string): Promise<string>;
  /** Ends the server and opens it again, at the same address on the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const configOf = (folder: string, file: string) =>
  readConfig({
    EQUIPOISE_HOME: folder,
    DATABASE_URL: `sqlite:${file}`,
    EQUIPOISE_KEY: createHash('sha256').update('demonstration').digest('hex'),
    EQUIPOISE_TIME_ZONE: 'Europe/Helsinki',
    PORT: '0',
    LOG_LEVEL: 'error',
  });

/** Names the file of a demonstration that was made once for many tests. */
const MADE = 'EQUIPOISE_TEST_DEMONSTRATION';

/** Makes a demonstration that every `demonstration` of this run begins with a copy of. @returns what removes it */
export async function makeOnce(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'equipoise-made-'));
  const file = join(folder, 'demo.sqlite');
  const config = configOf(folder, file);
  const services = await openServices(config, createLog(config));
  await seedDemonstration(services);
  await services.db.close();
  process.env[MADE] = file;
  return () => rm(folder, { recursive: true, force: true });
}

/**
 * A server in this process on a free port, with the demonstration in an SQLite file of its own.
 * @param pages the built pages; without them only the API answers
 */
export async function demonstration(pages?: string): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'equipoise-demonstration-'));
  const file = join(folder, 'demo.sqlite');
  const made = process.env[MADE];
  if (made !== undefined) await copyFile(made, file);
  const config = configOf(folder, file);
  const services = await openServices(config, createLog(config));
  if (made === undefined) await seedDemonstration(services);
  const server = await listen(services, pages);
  const again = { ...config, port: Number(new URL(server.url).port) };
  const { people, password } = await readCalibration();
  const place: Place = {
    services,
    server,
    folder,
    file,
    async signIn(role) {
      const { email } = people[role as keyof typeof people];
      const reply = await fetch(`${place.server.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: place.server.url },
        body: JSON.stringify({ email, password }),
      });
      if (!reply.ok) throw new Error(`Signing in as ${role}: ${reply.status} ${await reply.text()}`);
      return reply.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ');
    },
    async restart() {
      await place.server.close();
      place.services = await openServices(again, createLog(again));
      place.server = await listen(place.services, pages);
    },
    async close() {
      await place.server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return place;
}
