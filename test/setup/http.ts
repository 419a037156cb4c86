import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import pino from 'pino';
import request from 'supertest';
import { expect } from 'vitest';
import type { z } from 'zod';
import { createAccount } from '../../server/accounts/createAccount.ts';
import { insertMembership } from '../../server/accounts/store.ts';
import { createApp } from '../../server/app.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { refusal } from '../../server/http/wire.ts';
import type { Services, User } from '../../server/services.ts';
import { addStudy } from '../../server/studies/add.ts';
import type { RoleName } from '../../server/studies/document.ts';
import type { LoadedStudy } from '../../server/studies/load.ts';
import { currentStudy } from '../../server/studies/store.ts';
import type { Study } from '../../server/studies/study.ts';
import { testServices } from './services.ts';
import { shipped } from './shipped.ts';

export type Agent = ReturnType<typeof request.agent>;
export type Answer = request.Response;

export const PASSWORD = 'correct horse battery';
export const BOTH_STUDIES = ['ipt-depression', 'example-drug-trial'] as const;
export type ShippedStudy = (typeof BOTH_STUDIES)[number];

/** What a request carries, by the endpoint's contract; a body or query that breaks it may be sent on purpose. */
export interface Sent {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

export interface TestServer {
  services: Services;
  /** What `services.now()` says; a test moves it. */
  clock: { now: Date };
  url: string;
  /** The server's log so far. */
  logLines: string[];
  /** A study as it is in force. */
  study(id: string): Promise<Study>;
  /** Makes an account; every account has the same password. */
  account(name: string): Promise<User>;
  join(user: User, study: string, role: RoleName, site?: string | null): Promise<string>;
  signIn(user: { email: string }): Promise<Agent>;
  /** Someone with the role in every study of the server, at the site or at all, signed in; the same one each time. */
  as(role: RoleName, site?: { study: string; site: string }): Promise<Agent>;
  /** Someone who hasn't signed in. */
  stranger(): Agent;
  close(): Promise<void>;
}

/** The whole server, listening, with the studies; accounts are made when they are first asked for. */
export async function testServer(
  studies: readonly ShippedStudy[] = BOTH_STUDIES,
  options: {
    now?: string;
    timeZone?: string;
    /** The built pages; without them only the API answers. */
    pages?: string;
    /** Changes a study before it is added. */
    change?: (study: LoadedStudy) => LoadedStudy;
    /** 32 bytes that the allocations come from; a new secret otherwise. */
    secret?: Uint8Array;
  } = {},
): Promise<TestServer> {
  const clock = { now: new Date(options.now ?? '2026-11-23T09:00:00.000Z') };
  const logLines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logLines.push(String(chunk));
      done();
    },
  });
  const { change = (study) => study, secret, timeZone } = options;
  const load = async (id: string) => change(await shipped(id));
  const { services, close } = await testServices({
    now: () => clock.now,
    study: await load(studies[0]!),
    timeZone,
    secret,
    log: pino({ level: 'debug' }, sink),
  });
  for (const id of studies.slice(1)) await addStudy(services, { ...(await load(id)), secret });
  const server = createServer(createApp(services, options.pages));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agents = new Map<string, Promise<Agent>>();
  let people = 0;

  const one: TestServer = {
    services,
    clock,
    url,
    logLines,
    async study(id) {
      return (await currentStudy(services.db.read, id))!;
    },
    account(name) {
      people += 1;
      const email = `person-${people}@example.org`;
      return createAccount(services, { name, email, password: PASSWORD });
    },
    async join(user, study, role, site = null) {
      const id = crypto.randomUUID();
      const at = services.now().toISOString();
      await services.db.write((tx) =>
        insertMembership(tx, { id, userId: user.id, study, role, site, at, by: null }),
      );
      return id;
    },
    async signIn({ email }) {
      const agent = request.agent(url);
      const reply = await agent.post('/api/auth/sign-in/email').send({ email, password: PASSWORD });
      expect(reply.status, reply.text).toBe(200);
      return agent;
    },
    as(role, where) {
      const key = `${role} ${where?.study} ${where?.site}`;
      const known = agents.get(key);
      if (known) return known;
      const made = (async () => {
        const user = await one.account(`Test ${role}`);
        if (where) await one.join(user, where.study, role, where.site);
        else for (const study of studies) await one.join(user, study, role);
        return one.signIn(user);
      })();
      agents.set(key, made);
      return made;
    },
    stranger: () => request.agent(url),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await close();
    },
  };
  return one;
}

/** The address of an endpoint with its parameters filled in. */
export function addressOf(endpoint: Endpoint, { params = {}, query = {} }: Sent = {}): string {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? `no-${name}`),
  );
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return search.size > 0 ? `${path}?${search}` : path;
}

/** One request. Whatever comes back must keep the contract: the endpoint's reply, or a refusal; never a 5xx. */
export async function send(agent: Agent, endpoint: Endpoint, sent: Sent = {}): Promise<Answer> {
  const pending = agent[endpoint.method](addressOf(endpoint, sent));
  const answer = await (sent.body === undefined ? pending : pending.send(sent.body as object));
  expect(answer.status, `${endpoint.id}: ${answer.text}`).toBeLessThan(500);
  if (answer.status === 200 && endpoint.reply) keepsTo(endpoint.reply, answer.body, endpoint.id);
  if (answer.status >= 400) keepsTo(refusal, answer.body, `${endpoint.id} refused`);
  return answer;
}

function keepsTo(schema: z.ZodType, body: unknown, what: string): void {
  const parsed = schema.safeParse(body);
  expect(parsed.success ? [] : parsed.error.issues, `${what}: ${JSON.stringify(body).slice(0, 500)}`).toEqual(
    [],
  );
}

type Output<S> = S extends z.ZodType ? z.output<S> : never;

/** One request that has to succeed; gives the reply. */
export async function done<E extends Endpoint>(
  agent: Agent,
  endpoint: E,
  sent: Sent = {},
): Promise<Output<E['reply']>> {
  const answer = await send(agent, endpoint, sent);
  expect(answer.status, `${endpoint.id}: ${answer.text}`).toBe(200);
  return answer.body as Output<E['reply']>;
}

/** One request that has to be refused with the status; gives the refusal. */
export async function refused(
  agent: Agent,
  endpoint: Endpoint,
  sent: Sent,
  status: number,
): Promise<z.output<typeof refusal>> {
  const answer = await send(agent, endpoint, sent);
  expect(answer.status, `${endpoint.id}: ${answer.text}`).toBe(status);
  return answer.body;
}
