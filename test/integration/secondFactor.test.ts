import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readSession, signIn } from '../../server/accounts/contract.ts';
import {
  beginFactor,
  confirmFactor,
  endFactor,
  renewBackupCodes,
  requireFactor,
  resetFactor,
} from '../../server/accounts/factor/contract.ts';
import { resetFactorOf } from '../../server/accounts/factor/manage.ts';
import { listAccountLog } from '../../server/accounts/log/contract.ts';
import { reauthenticate } from '../../server/accounts/reauthenticate.ts';
import { listAudit } from '../../server/audit/contract.ts';
import type { User } from '../../server/services.ts';
import { readStudy } from '../../server/studies/contract.ts';
import { type Agent, done, PASSWORD, refused, send, type TestServer, testServer } from '../setup/http.ts';

const study = 'ipt-depression';
const params = { study };
let server: TestServer;
let owner: Agent;
beforeAll(async () => {
  server = await testServer([study]);
  owner = await server.as('owner');
});
// Another step of the codes, and failures of the test before are forgotten.
beforeEach(() => pass(3 * 60 * 60_000));
afterAll(() => server?.close());

function pass(ms: number): void {
  server.clock.now = new Date(server.clock.now.getTime() + ms);
}

/** The code that somebody's app shows now. */
const shown = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: server.clock.now.getTime() });

async function withFactor(
  name: string,
): Promise<{ user: User; agent: Agent; secret: string; backup: string[] }> {
  const user = await server.account(name);
  const agent = await server.signIn(user);
  const { secret } = await done(agent, beginFactor, { body: { password: PASSWORD } });
  const { backupCodes } = await done(agent, confirmFactor, { body: { code: shown(secret) } });
  pass(30_000);
  return { user, agent, secret, backup: backupCodes };
}

const attempt = (user: User, code?: string, password = PASSWORD) =>
  send(server.stranger(), signIn, { body: { email: user.email, password, ...(code && { code }) } });

describe('a second factor', () => {
  test('counts only once a code of it was sent; its secret is sealed and its backup codes are hashes', async () => {
    const user = await server.account('Cautious Person');
    const agent = await server.signIn(user);
    await refused(agent, beginFactor, { body: { password: 'not my password' } }, 400);
    const { secret, address } = await done(agent, beginFactor, { body: { password: PASSWORD } });
    expect(new URL(address).searchParams.get('secret')).toBe(secret);
    expect((await attempt(user)).body.next).toBeNull();
    await refused(agent, confirmFactor, { body: { code: '000000' } }, 400);
    const { backupCodes } = await done(agent, confirmFactor, { body: { code: shown(secret) } });
    expect(new Set(backupCodes).size).toBe(10);
    expect((await done(agent, readSession)).secondFactor.on).toBe(true);
    const rows = JSON.stringify([
      await server.services.db.read.selectFrom('second_factor').selectAll().execute(),
      await server.services.db.read.selectFrom('backup_code').selectAll().execute(),
    ]);
    expect(rows).not.toContain(secret);
    expect(rows).not.toContain(backupCodes[0]);
    expect(rows).not.toContain(backupCodes[0]!.replace('-', ''));
    await refused(agent, beginFactor, { body: { password: PASSWORD } }, 409);
    await refused(agent, confirmFactor, { body: { code: shown(secret) } }, 409);
  });

  test('is asked for at sign-in, after the password and not before', async () => {
    const { user, secret } = await withFactor('Second Person');
    const first = await attempt(user);
    expect(first.status).toBe(200);
    expect(first.body).toEqual({ user: null, next: 'code' });
    expect(first.headers['set-cookie']).toBeUndefined();
    expect((await attempt(user, shown(secret), 'not the password')).status).toBe(401);
    const full = await attempt(user, shown(secret));
    expect(full.body.user.id).toBe(user.id);
    expect(full.headers['set-cookie']).toBeDefined();
  });

  test('takes no code twice, not even by two at once, and none of an earlier step', async () => {
    const { user, secret } = await withFactor('Replayed Person');
    const code = shown(secret);
    const answers = await Promise.all([attempt(user, code), attempt(user, code), attempt(user, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    pass(30_000);
    expect((await attempt(user, code)).status, 'still within the window').toBe(401);
    expect((await attempt(user, shown(secret))).status).toBe(200);
  });

  test('can’t be guessed: codes count like passwords, and the right password between them resets nothing', async () => {
    const { user, secret } = await withFactor('Guessed Person');
    const wrong = shown(secret) === '000000' ? '000001' : '000000';
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) {
      statuses.push((await attempt(user, wrong)).status);
      await attempt(user);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect((await attempt(user, shown(secret))).status).toBe(429);
  });

  test('has ten backup codes, each good once', async () => {
    const { user, agent, secret, backup } = await withFactor('Phoneless Person');
    expect((await attempt(user, backup[0])).status).toBe(200);
    expect((await attempt(user, backup[0])).status).toBe(401);
    expect((await attempt(user, backup[1]!.replace('-', ' ').toUpperCase())).status).toBe(200);
    const { backupCodes } = await done(agent, renewBackupCodes, {
      body: { password: PASSWORD, code: shown(secret) },
    });
    expect((await attempt(user, backup[2])).status, 'of the set before').toBe(401);
    expect((await attempt(user, backupCodes[2])).status).toBe(200);
    const { user: other } = await withFactor('Another Person');
    expect((await attempt(other, backupCodes[3])).status, 'of somebody else').toBe(401);
  });

  test('goes off with password and code, and with neither alone', async () => {
    const { user, agent, secret } = await withFactor('Changing Person');
    await refused(agent, endFactor, { body: { password: PASSWORD } }, 400);
    await refused(agent, endFactor, { body: { password: 'not my password', code: shown(secret) } }, 400);
    await done(agent, endFactor, { body: { password: PASSWORD, code: shown(secret) } });
    expect((await attempt(user)).body.next).toBeNull();
  });

  test('the owner resets it, and so does the command line: sessions end, and both logs say so', async () => {
    const { user, agent } = await withFactor('Lost Person');
    await server.join(user, study, 'monitor');
    await done(owner, resetFactor, { params: { ...params, person: user.id } });
    await refused(agent, readSession, {}, 401);
    expect((await attempt(user)).body.next).toBeNull();
    await refused(owner, resetFactor, { params: { ...params, person: user.id } }, 409);
    const { rows } = await done(owner, listAudit, { params, query: { action: 'people.reset-factor' } });
    expect(rows.map(({ subject }) => subject)).toEqual([`person:${user.id}`]);
    const log = await done(owner, listAccountLog, { params, query: { action: 'factor.reset' } });
    expect(log.rows).toMatchObject([{ about: 'Lost Person' }]);
    const { user: other } = await withFactor('Other Lost Person');
    await resetFactorOf(server.services, other.email);
    expect((await attempt(other)).body.next).toBeNull();
    await expect(resetFactorOf(server.services, 'nobody@example.org')).rejects.toThrow('not found');
  });

  test('a role that needs it is let in nowhere else until it is on', async () => {
    const user = await server.account('Required Person');
    await server.join(user, study, 'monitor');
    const agent = await server.signIn(user);
    await done(agent, readStudy, { params });
    expect(await done(owner, requireFactor, { params, body: { roles: ['monitor'] } })).toEqual({
      roles: ['monitor'],
    });
    expect((await refused(agent, readStudy, { params }, 403)).message).toContain('second factor');
    const session = await done(agent, readSession);
    expect(session.secondFactor).toMatchObject({ on: false, neededBy: [expect.any(String)] });
    expect(session.studies[0]!.actions).toEqual([]);
    const { secret } = await done(agent, beginFactor, { body: { password: PASSWORD } });
    await refused(agent, readStudy, { params }, 403);
    await done(agent, confirmFactor, { body: { code: shown(secret) } });
    await done(agent, readStudy, { params });
    pass(30_000);
    await refused(agent, endFactor, { body: { password: PASSWORD, code: shown(secret) } }, 409);
    await done(await server.as('assessor'), readStudy, { params });
    await done(owner, requireFactor, { params, body: { roles: [] } });
    await done(agent, endFactor, { body: { password: PASSWORD, code: shown(secret) } });
    await done(agent, readStudy, { params });
  });

  test('reauthenticating asks for what signing in asks for, counts, and is logged', async () => {
    const plain = await server.account('Signing Person');
    await reauthenticate(server.services, plain, { password: PASSWORD }, 'test');
    const { user, secret } = await withFactor('Careful Signing Person');
    const prove = (proof: { password: string; code?: string }) =>
      reauthenticate(server.services, user, proof, 'a signature');
    await expect(prove({ password: 'wrong password' })).rejects.toMatchObject({
      kind: 'not-valid',
      detail: { issues: [{ path: 'password' }] },
    });
    await expect(prove({ password: PASSWORD })).rejects.toMatchObject({
      detail: { issues: [{ path: 'code' }] },
    });
    const code = shown(secret);
    await prove({ password: PASSWORD, code });
    await expect(prove({ password: PASSWORD, code })).rejects.toMatchObject({
      detail: { issues: [{ path: 'code' }] },
    });
    for (let n = 0; n < 9; n++) await prove({ password: 'wrong password' }).catch(() => undefined);
    await expect(prove({ password: PASSWORD })).rejects.toMatchObject({ kind: 'too-many' });
  });
});
