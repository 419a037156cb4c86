import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addPerson,
  changePassword,
  listPeople,
  readSession,
  readSetup,
  revokeMembership,
  runSetup,
  signIn,
  signOut,
} from '../../server/accounts/contract.ts';
import { openSetup } from '../../server/accounts/setup.ts';
import { endpoints } from '../../server/api.ts';
import { listAudit } from '../../server/audit/contract.ts';
import { listParticipants } from '../../server/participants/contract.ts';
import { addStudy } from '../../server/studies/add.ts';
import { readStudy } from '../../server/studies/contract.ts';
import { loadStudy } from '../../server/studies/load.ts';
import {
  type Agent,
  addressOf,
  done,
  PASSWORD,
  refused,
  send,
  type TestServer,
  testServer,
} from '../setup/http.ts';

const study = 'ipt-depression';
const params = { study };

describe('setting up', () => {
  let server: TestServer;
  const owner = { name: 'Aino Owner', email: 'Aino@Example.org', password: PASSWORD };
  beforeAll(async () => {
    server = await testServer([study]);
  });
  afterAll(() => server?.close());

  test('the link works once, and only the newest one', async () => {
    const stranger = server.stranger();
    expect(await done(stranger, readSetup)).toEqual({ open: false, demo: null, mail: false });
    const older = (await openSetup(server.services))!;
    const newer = (await openSetup(server.services))!;
    expect(newer).not.toBe(older);
    expect((await done(stranger, readSetup)).open).toBe(true);
    await refused(stranger, runSetup, { body: { ...owner, token: older } }, 403);
    await refused(stranger, runSetup, { body: { ...owner, token: 'guessed' } }, 403);
    await refused(stranger, runSetup, { body: { ...owner, token: newer, password: 'eleven char' } }, 400);
    expect(await done(stranger, runSetup, { body: { ...owner, token: newer } })).toEqual({
      email: 'aino@example.org',
    });
    await refused(stranger, runSetup, { body: { ...owner, token: newer } }, 409);
    expect((await done(stranger, readSetup)).open).toBe(false);
    expect(await openSetup(server.services)).toBeNull();
  });

  test('the owner signs in, however the e-mail is written, and owns the study that was there', async () => {
    const agent = await server.signIn({ email: 'AINO@example.org' });
    const session = await done(agent, readSession);
    expect(session.user).toMatchObject({ name: 'Aino Owner', initials: 'AO', email: 'aino@example.org' });
    expect(session.memberships).toMatchObject([{ study, role: 'owner', site: null }]);
    const { rows } = await done(agent, listAudit, { params, query: { action: 'people.add' } });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ by: 'Aino Owner', after: { role: 'owner', site: null } });
  });

  test('the owner owns a study that is added later, and its trail says so', async () => {
    await addStudy(
      server.services,
      await loadStudy('data/studies/example-drug-trial.yaml', ['data/instruments']),
    );
    const agent = await server.signIn({ email: owner.email });
    const { rows } = await done(agent, listAudit, { params: { study: 'example-drug-trial' } });
    expect(rows.map(({ action, by }) => `${action} by ${by}`).reverse()).toEqual([
      'studies.add by Command line',
      'people.add by Command line',
      'accounts.sign-in by Aino Owner',
    ]);
  });

  test('two who use the link at once don’t both become the owner', async () => {
    const other = await testServer([study]);
    const token = (await openSetup(other.services))!;
    const replies = await Promise.all(
      [1, 2, 3].map((n) =>
        send(other.stranger(), runSetup, { body: { ...owner, email: `owner-${n}@example.org`, token } }),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const users = await other.services.db.read.selectFrom('user').select('id').execute();
    await other.close();
    expect(users).toHaveLength(1);
  });
});

describe('with people', () => {
  let server: TestServer;
  let owner: Agent;
  beforeAll(async () => {
    server = await testServer([study]);
    owner = await server.as('owner');
  });
  beforeEach(() => {
    // A minute on, so that one test's wrong passwords don't count in the next.
    server.clock.now = new Date(server.clock.now.getTime() + 61_000);
  });
  afterAll(() => server?.close());

  const attempt = (email: string, password: string, agent = server.stranger()) =>
    send(agent, signIn, { body: { email, password } });

  test('a wrong password and an unknown e-mail are answered alike', async () => {
    const { email } = await server.account('Known Person');
    const wrong = await attempt(email, 'not the password at all');
    const unknown = await attempt('nobody@example.org', 'not the password at all');
    const noEmail = await attempt('not an e-mail', PASSWORD);
    for (const answer of [wrong, unknown, noEmail]) {
      expect(answer.status).toBe(401);
      expect({ ...answer.body, reference: '' }).toEqual({ ...wrong.body, reference: '' });
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  test('the session’s token is in the cookie, out of reach of scripts, and nowhere else', async () => {
    const { email } = await server.account('Cookie Person');
    const answer = await attempt(email, PASSWORD);
    const [cookie] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^equipoise\.session_token=/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    const token = decodeURIComponent(/=([^;.]+)/.exec(cookie!)![1]!);
    expect(answer.text).not.toContain(token);
    expect(server.logLines.join('')).not.toContain(token);
  });

  test('the eleventh wrong password within a minute is refused, and so is the right one then', async () => {
    const { email } = await server.account('Forgetful Person');
    const statuses = [];
    for (let n = 0; n < 10; n++) statuses.push((await attempt(email, `wrong password ${n}`)).status);
    expect(statuses).toEqual(Array(10).fill(401));
    expect((await attempt(email, 'wrong password 11')).status).toBe(429);
    expect((await attempt(email.toUpperCase(), PASSWORD)).status).toBe(429);
    const { email: other } = await server.account('Other Person');
    expect((await attempt(other, PASSWORD)).status, 'nobody else is locked out').toBe(200);
    server.clock.now = new Date(server.clock.now.getTime() + 60_000);
    expect((await attempt(email, PASSWORD)).status).toBe(200);
  });

  test('many wrong passwords at once don’t slip through', async () => {
    const { email } = await server.account('Attacked Person');
    const answers = await Promise.all(
      Array.from({ length: 15 }, (_, n) => attempt(email, `wrong password ${n}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  test('right passwords are never too many', async () => {
    const { email } = await server.account('Busy Person');
    for (let n = 0; n < 12; n++) expect((await attempt(email, PASSWORD)).status).toBe(200);
  });

  test('a sign-in stands in the audit trail, and changes no figure', async () => {
    const user = await server.account('Noted Person');
    await server.join(user, study, 'assessor');
    const changed = (await server.study(study)).changedAt;
    await server.signIn(user);
    const query = { subject: `person:${user.id}`, action: 'accounts.sign-in' };
    const { rows } = await done(owner, listAudit, { params, query });
    expect(rows).toMatchObject([{ by: 'Noted Person', role: 'assessor', before: null, after: null }]);
    expect((await server.study(study)).changedAt).toBe(changed);
  });

  test('signing out ends the session on the server', async () => {
    const user = await server.account('Leaving Person');
    const agent = await server.signIn(user);
    const cookie = (await attempt(user.email, PASSWORD)).headers['set-cookie']![0]!.split(';')[0]!;
    const kept = server.stranger();
    expect((await kept.get('/api/session').set('Cookie', cookie)).status).toBe(200);
    await done(agent, signOut);
    await refused(agent, readSession, {}, 401);
    expect(
      (await kept.get('/api/session').set('Cookie', cookie)).status,
      'another session of the same person',
    ).toBe(200);
    expect((await kept.post('/api/auth/sign-out').set('Cookie', cookie)).status).toBe(200);
    expect((await kept.get('/api/session').set('Cookie', cookie)).status, 'a copy of the cookie').toBe(401);
    await done(server.stranger(), signOut);
  });

  test('a session ends after half an hour without a request', async () => {
    const user = await server.account('Idle Person');
    const agent = await server.signIn(user);
    const { expiresAt } = await done(agent, readSession);
    const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(29);
    expect(minutes).toBeLessThanOrEqual(30);
    await moveExpiry(user.id, -1);
    await refused(agent, readSession, {}, 401);
    expect(await sessionsOf(user.id)).toBe(0);
  });

  test('a session that is used lives on, and its cookie with it', async () => {
    const user = await server.account('Active Person');
    const agent = await server.signIn(user);
    await moveExpiry(user.id, 5 * 60_000);
    const answer = await send(agent, readSession);
    expect(Date.parse(answer.body.expiresAt) - Date.now()).toBeGreaterThan(29 * 60_000);
    const cookies = (answer.headers['set-cookie'] ?? []) as unknown as string[];
    const renewed = cookies.find((cookie) => cookie.startsWith('equipoise.session_token='));
    expect(renewed).toContain('Max-Age=1800');
    expect(renewed).toContain('HttpOnly');
    await done(agent, readSession);
  });

  test('a sign-out among other requests of the same session makes none of them fail badly', async () => {
    const user = await server.account('Hasty Person');
    const agent = await server.signIn(user);
    await moveExpiry(user.id, 5 * 60_000);
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => send(agent, readSession)),
      send(agent, signOut),
      ...Array.from({ length: 6 }, () => send(agent, readSession)),
    ]);
    for (const { status } of answers) expect([200, 401]).toContain(status);
  });

  test('a new password needs the old one, and ends every other session', async () => {
    const user = await server.account('Careful Person');
    const here = await server.signIn(user);
    const elsewhere = await server.signIn(user);
    const next = 'a better password than before';
    await refused(here, changePassword, { body: { current: 'not my password', new: next } }, 400);
    await refused(here, changePassword, { body: { current: PASSWORD, new: 'too short' } }, 400);
    await refused(server.stranger(), changePassword, { body: { current: PASSWORD, new: next } }, 401);
    await done(elsewhere, readSession);
    await done(here, changePassword, { body: { current: PASSWORD, new: next } });
    await done(here, readSession);
    await refused(elsewhere, readSession, {}, 401);
    expect((await attempt(user.email, PASSWORD)).status).toBe(401);
    expect((await attempt(user.email, next)).status).toBe(200);
  });

  test('a role that is taken away is gone with the next request', async () => {
    const person = {
      name: 'Passing Person',
      email: 'passing@example.org',
      role: 'coordinator',
      password: PASSWORD,
    };
    const { id, membership } = await done(owner, addPerson, { params, body: person });
    const agent = await server.signIn(person);
    await done(agent, listParticipants, { params });
    await done(owner, revokeMembership, { params: { ...params, membership: membership.id } });
    await refused(agent, listParticipants, { params }, 404);
    await refused(agent, readStudy, { params }, 404);
    expect((await done(agent, readSession)).studies).toEqual([]);
    await refused(owner, revokeMembership, { params: { ...params, membership: membership.id } }, 409);
    await refused(owner, revokeMembership, { params: { ...params, membership: 'unknown' } }, 404);
    const { people } = await done(owner, listPeople, { params });
    const listed = people.find((one) => one.id === id)!;
    expect(listed.memberships).toHaveLength(1);
    expect(listed.memberships[0]!.revokedAt).not.toBeNull();
  });

  test('an owner can’t take the own role away', async () => {
    const { memberships } = await done(owner, readSession);
    await refused(owner, revokeMembership, { params: { ...params, membership: memberships[0]!.id } }, 409);
  });

  test('a person is added once, however often the button is pressed', async () => {
    const body = {
      name: 'Double Person',
      email: 'double@example.org',
      role: 'assessor',
      site: 'lohja',
      password: PASSWORD,
    };
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(owner, addPerson, { params, body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const { people } = await done(owner, listPeople, { params });
    expect(people.filter(({ email }) => email === body.email).flatMap((one) => one.memberships)).toHaveLength(
      1,
    );
  });

  test('someone with an account keeps their password and name when they get another role', async () => {
    const user = await server.account('Constant Person');
    const body = {
      name: 'Another Name',
      email: user.email.toUpperCase(),
      role: 'monitor',
      password: 'taken over by the owner',
    };
    expect((await done(owner, addPerson, { params, body })).id).toBe(user.id);
    expect((await attempt(user.email, body.password)).status).toBe(401);
    const agent = await server.signIn(user);
    expect((await done(agent, readSession)).user.name).toBe('Constant Person');
  });

  test('who is added has to make sense', async () => {
    const body = { name: 'New Person', email: 'new@example.org', role: 'assessor', site: null };
    await refused(owner, addPerson, { params, body }, 400);
    await refused(owner, addPerson, { params, body: { ...body, password: 'short' } }, 400);
    await refused(owner, addPerson, { params, body: { ...body, password: PASSWORD, site: 'mars' } }, 400);
    await refused(owner, addPerson, { params, body: { ...body, password: PASSWORD, role: 'king' } }, 400);
    await refused(owner, addPerson, { params, body: { ...body, password: PASSWORD, email: 'nowhere' } }, 400);
    const users = await server.services.db.read
      .selectFrom('user')
      .select('id')
      .where('email', '=', body.email)
      .execute();
    expect(users).toEqual([]);
  });

  test('of the accounts library nothing is reachable but what is declared', async () => {
    const declared = endpoints.filter(({ path }) => path.startsWith('/api/auth/')).map(({ path }) => path);
    expect(declared.sort()).toEqual([
      '/api/auth/change-password',
      '/api/auth/forgotten-password',
      '/api/auth/new-password',
      '/api/auth/sign-in/email',
      '/api/auth/sign-out',
    ]);
    // Every path that better-auth itself would serve.
    const offered = Object.values(server.services.auth.api as unknown as Record<string, { path?: string }>)
      .flatMap(({ path }) => path ?? [])
      .map((path) => `/api/auth${path.replaceAll(/:\w+/g, 'any')}`)
      .filter((path) => !declared.includes(path));
    expect(offered).toContain('/api/auth/sign-up/email');
    expect(offered).toContain('/api/auth/delete-user');
    expect(offered.length).toBeGreaterThan(15);
    const agent = await server.signIn(await server.account('Curious Person'));
    for (const path of [
      ...offered,
      '/api/auth/error',
      '/api/auth/ok',
      '/api/auth',
      '/api/auth/sign-in%2Femail',
    ])
      for (const method of ['get', 'post'] as const) {
        const answer = await (method === 'get' ? agent.get(path) : agent.post(path).send({}));
        expect(answer.status, `${method} ${path}`).toBe(404);
        expect(answer.body.error).toBe('not-found');
      }
    expect((await agent.get('/api/auth/sign-in/email')).status).toBe(404);
  });

  test('signing in takes an e-mail and a password and nothing more', async () => {
    const { email } = await server.account('Plain Person');
    for (const body of [
      { email, password: PASSWORD, rememberMe: true },
      { email, password: PASSWORD, callbackURL: 'https://evil.example' },
      { email: [email], password: PASSWORD },
      { email, password: { $ne: '' } },
      { email, password: 'x'.repeat(129) },
      { email: `${'x'.repeat(300)}@example.org`, password: PASSWORD },
      { email: 'a\u0000b@example.org', password: PASSWORD },
    ])
      await refused(server.stranger(), signIn, { body }, 400);
    const large = await server
      .stranger()
      .post(addressOf(signIn))
      .send({ email, password: 'x'.repeat(300_000) });
    expect(large.status).toBe(413);
  });

  async function sessionsOf(user: string): Promise<number> {
    const rows = await server.services.db.read
      .selectFrom('session')
      .select('id')
      .where('userId', '=', user)
      .execute();
    return rows.length;
  }

  /** As if the session had been opened earlier: it ends `ms` from now. */
  async function moveExpiry(user: string, ms: number): Promise<void> {
    const { db } = server.services;
    const at = new Date(Date.now() + ms);
    await db.write((tx) =>
      tx
        .updateTable('session')
        .set({ expiresAt: db.kind === 'sqlite' ? at.toISOString() : at })
        .where('userId', '=', user)
        .execute(),
    );
  }
});
