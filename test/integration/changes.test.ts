import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followChanges } from '../../server/changes/contract.ts';
import { openLines } from '../../server/changes/streams.ts';
import { readDashboard } from '../../server/results/contract.ts';
import { listen } from '../../server/start.ts';
import { Enrolment } from '../setup/enrol.ts';
import { addressOf, done, PASSWORD, type TestServer, testServer } from '../setup/http.ts';
import { testServices } from '../setup/services.ts';

const study = 'ipt-depression';
let server: TestServer;
beforeAll(async () => {
  server = await testServer([study], { now: '2026-06-01T09:00:00.000Z' });
}, 60_000);
afterAll(() => server?.close());

interface Line {
  reply: IncomingMessage;
  events: { event: string; data: string }[];
  ended: Promise<void>;
}

/** A line as a browser has it, over a socket of its own. */
function open(url: string, cookie: string, query: Record<string, unknown> = {}): Promise<Line> {
  return new Promise((resolve, reject) => {
    const asked = get(
      `${url}${addressOf(followChanges, { params: { study }, query })}`,
      { agent: false, headers: { cookie, 'accept-encoding': 'gzip' } },
      (reply) => {
        const events: Line['events'] = [];
        let text = '';
        reply.setEncoding('utf8').on('data', (part: string) => {
          text += part;
          for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
            const fields = new Map(
              text
                .slice(0, at)
                .split('\n')
                .map((line) => line.split(': ', 2) as [string, string]),
            );
            if (fields.has('event')) events.push({ event: fields.get('event')!, data: fields.get('data')! });
            text = text.slice(at + 2);
          }
        });
        const ended = new Promise<void>((over) => reply.once('close', () => over()));
        resolve({ reply, events, ended });
      },
    );
    asked.once('error', reject);
  });
}

async function cookieOf(url: string, email: string, password: string): Promise<string> {
  const reply = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ email, password }),
  });
  return reply.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function someone(role: 'investigator' | 'assessor') {
  const user = await server.account(`Test ${role}`);
  const membership = await server.join(user, study, role);
  return { user, membership, cookie: await cookieOf(server.url, user.email, PASSWORD) };
}

const lines = () => expect.poll(() => openLines(server.services), { timeout: 8_000 });

test('a line tells the state of the data at once, then once for all changes between two ticks, and never what changed', async () => {
  const { cookie } = await someone('assessor');
  const line = await open(server.url, cookie);
  expect(line.reply.headers['content-type']).toMatch('text/event-stream');
  expect(line.reply.headers['content-encoding']).toBeUndefined();
  await expect.poll(() => line.events.length).toBe(1);
  const coordinator = await server.as('coordinator');
  const enrolment = new Enrolment(server, await server.study(study), coordinator);
  const codes = [await enrolment.screen('lohja'), await enrolment.screen('lohja')];
  await expect.poll(() => line.events.length, { timeout: 8_000 }).toBeGreaterThan(1);
  // Of two writes within one tick, one event at most; of two ticks, two.
  expect(line.events.length).toBeLessThanOrEqual(3);
  for (const { event, data } of line.events) {
    expect(event).toBe('changed');
    expect(Object.keys(JSON.parse(data))).toEqual(['revision']);
    for (const code of codes) expect(data).not.toContain(code);
  }
  await expect
    .poll(() => JSON.parse(line.events.at(-1)!.data).revision, { timeout: 8_000 })
    .toBe((await done(coordinator, readDashboard, { params: { study } })).asOf);
  line.reply.destroy();
  await lines().toBe(0);
}, 30_000);

test('signing out ends the line, and so does losing the role', async () => {
  const one = await someone('investigator');
  const two = await someone('investigator');
  const [first, second] = [await open(server.url, one.cookie), await open(server.url, two.cookie)];
  await fetch(`${server.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: { cookie: one.cookie, Origin: server.url },
  });
  await first.ended;
  expect(first.events.at(-1)!.event).toBe('ended');
  await server.services.db.write((tx) =>
    tx
      .updateTable('membership')
      .set({ revoked_at: '2026-06-01T09:00:00.000Z' })
      .where('id', '=', two.membership)
      .execute(),
  );
  await second.ended;
  expect(second.events.at(-1)!.event).toBe('ended');
  await lines().toBe(0);
}, 40_000);

test('a line that ends with its time is no leak, and one session holds a few only', async () => {
  const { cookie } = await someone('investigator');
  for (let count = 0; count < 12; count += 1) await (await open(server.url, cookie, { seconds: 0 })).ended;
  const held = [];
  for (let count = 0; count < 8; count += 1) held.push(await open(server.url, cookie));
  expect((await open(server.url, cookie)).reply.statusCode).toBe(429);
  for (const { reply } of held) reply.destroy();
  await lines().toBe(0);
});

test('following a study makes no session longer, nor does what a page asks by itself', async () => {
  const { cookie, user } = await someone('investigator');
  const { db } = server.services;
  const soon = new Date(Date.now() + 60_000);
  await db.write((tx) =>
    tx
      .updateTable('session')
      .set({ expiresAt: db.kind === 'sqlite' ? soon.toISOString() : soon })
      .where('userId', '=', user.id)
      .execute(),
  );
  const ends = async () => {
    const { expiresAt } = await db.read
      .selectFrom('session')
      .select('expiresAt')
      .where('userId', '=', user.id)
      .executeTakeFirstOrThrow();
    return new Date(expiresAt as string).getTime();
  };
  // The server has to know the cookie by now, as it does of whoever has the page open.
  const address = `${server.url}${addressOf(readDashboard, { params: { study } })}`;
  await (await open(server.url, cookie, { seconds: 0 })).ended;
  const before = await ends();
  await (await open(server.url, cookie, { seconds: 0 })).ended;
  await fetch(address, { headers: { cookie, 'x-equipoise-automatic': 'yes' } });
  expect(await ends()).toBe(before);
});

test('a server that stops ends its lines, and is not kept waiting by them', async () => {
  const world = await testServices();
  const listening = await listen(world.services);
  const { email, password } = await world.signInFor('investigator');
  const line = await open(listening.url, await cookieOf(listening.url, email, password));
  const begin = performance.now();
  await listening.close();
  await line.ended;
  expect(performance.now() - begin).toBeLessThan(2_000);
  await world.close().catch(() => undefined);
}, 30_000);
