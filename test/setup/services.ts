import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino, { type Logger } from 'pino';
import request from 'supertest';
import { createAuth } from '../../server/accounts/auth.ts';
import { createAccount } from '../../server/accounts/createAccount.ts';
import { insertMembership } from '../../server/accounts/store.ts';
import type { Config } from '../../server/config.ts';
import type { Caller, Services } from '../../server/services.ts';
import { addStudy } from '../../server/studies/add.ts';
import type { RoleName } from '../../server/studies/document.ts';
import type { LoadedStudy } from '../../server/studies/load.ts';
import { isBlinded } from '../../server/studies/rules.ts';
import { currentStudy } from '../../server/studies/store.ts';
import { freshDatabase } from './database.ts';
import { hashOnce } from './hashOnce.ts';
import { shipped } from './shipped.ts';

const PASSWORD = 'long enough for a test';

interface Options {
  /** The clock; a day in the default study's recruitment otherwise. */
  now?: () => Date;
  /** The default study of the platform otherwise. */
  study?: LoadedStudy | 'beat-the-blues' | 'example-drug-trial' | 'ipt-depression';
  /** Where the server's log goes; nowhere otherwise. */
  log?: Logger;
  /** Where the study's days begin; Helsinki otherwise. */
  timeZone?: string;
  /** 32 bytes that the allocations come from; a new secret otherwise. */
  secret?: Uint8Array;
}

export interface TestServices {
  services: Services;
  /** Identifier of the study that was added. */
  study: string;
  /** Someone with the role, at one site or all, as the guards would make them. */
  callerFor(role: RoleName, options?: { site?: string }): Promise<Caller>;
  /** An account with the role, to sign in with. */
  signInFor(role: RoleName, options?: { site?: string }): Promise<{ email: string; password: string }>;
  /** Requests of someone with the role who has signed in, over HTTP to the whole app. */
  agentFor(role: RoleName, options?: { site?: string }): Promise<ReturnType<typeof request.agent>>;
  close(): Promise<void>;
}

/** All that use cases need, on a new database of the run's kind, with one study in it. */
export async function testServices(options: Options = {}): Promise<TestServices> {
  const database = await freshDatabase();
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.url,
    key: createHash('sha256').update('tests').digest(),
    publicUrl: null,
    mail: null,
    timeZone: options.timeZone ?? 'Europe/Helsinki',
    logLevel: 'silent',
  };
  const services: Services = {
    config,
    db: database.db,
    auth: createAuth(config, database.db),
    log: options.log ?? pino({ level: 'silent' }),
    now: options.now ?? (() => new Date('2026-11-23T09:00:00.000Z')),
    // The same work without a thread, which takes seconds to start from sources.
    results: async (asked) => (await import('../../server/results/worker.ts')).default(asked),
    patience: Number.POSITIVE_INFINITY,
    demoSignIns: null,
  };
  const { study: wanted = 'ipt-depression' } = options;
  const study = typeof wanted === 'string' ? await shipped(wanted) : wanted;
  await hashOnce(services.auth);
  await addStudy(services, options.secret ? { ...study, secret: options.secret } : study);
  let people = 0;
  let server: Server | undefined;

  async function join(role: RoleName, site?: string) {
    people += 1;
    const email = `${role}-${people}@example.org`;
    const user = await createAccount(services, { name: `Test ${role}`, email, password: PASSWORD });
    const at = services.now().toISOString();
    await services.db.write((tx) =>
      insertMembership(tx, {
        id: crypto.randomUUID(),
        userId: user.id,
        study: study.document.id,
        role,
        site: site ?? null,
        at,
        by: null,
      }),
    );
    return user;
  }

  return {
    services,
    study: study.document.id,
    async callerFor(role, { site } = {}) {
      const user = await join(role, site);
      const current = await currentStudy(services.db.read, study.document.id);
      if (!current) throw new Error('The study is not there.');
      const sites = site === undefined ? null : new Set([site]);
      return { user, study: current, roles: [role], sites, blinded: isBlinded(current.document, [role]) };
    },
    async signInFor(role, { site } = {}) {
      return { email: (await join(role, site)).email, password: PASSWORD };
    },
    async agentFor(role, { site } = {}) {
      const { email } = await join(role, site);
      // Tests of use cases alone don't load the whole app.
      const { createApp } = await import('../../server/app.ts');
      server ??= await listening(createServer(createApp(services)));
      const agent = request.agent(server);
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await agent
        .post('/api/auth/sign-in/email')
        .set('Origin', origin)
        .send({ email, password: PASSWORD })
        .expect(200);
      return agent;
    },
    async close() {
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
      await database.close();
    },
  };
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
