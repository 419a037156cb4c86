import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  disablePerson,
  enablePerson,
  readSession,
  revokeMembership,
  signIn,
} from '../../server/accounts/contract.ts';
import { askPasswordLink, usePasswordLink } from '../../server/accounts/forgotten/contract.ts';
import { checkAccountLog } from '../../server/accounts/log/check.ts';
import { exportAccountLog, listAccountLog } from '../../server/accounts/log/contract.ts';
import {
  chooseLanguage,
  endOtherSessions,
  endSession,
  readAccount,
} from '../../server/accounts/sessions/contract.ts';
import { listParticipants } from '../../server/participants/contract.ts';
import { openUnblinding, requestUnblinding } from '../../server/unblinding/contract.ts';
import { Enrolment } from '../setup/enrol.ts';
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
import { type Mailbox, mailbox } from '../setup/mailbox.ts';

const study = 'ipt-depression';
const params = { study };
let server: TestServer;
let owner: Agent;
beforeAll(async () => {
  server = await testServer([study, 'example-drug-trial']);
  owner = await server.as('owner');
});
afterAll(() => server?.close());

const attempt = (email: string, password = PASSWORD) =>
  send(server.stranger(), signIn, { body: { email, password } });

describe('the language of an account', () => {
  test('is the person’s on every device, and is logged once', async () => {
    const user = await server.account('Suomen Puhuja');
    const here = await server.signIn(user);
    expect((await done(here, readSession)).user.language).toBeNull();
    for (const _ of [1, 2])
      expect(await done(here, chooseLanguage, { body: { language: 'fi' } })).toEqual({ language: 'fi' });
    const elsewhere = await server.signIn(user);
    expect((await done(elsewhere, readSession)).user.language).toBe('fi');
    // Renewed, the session is read by the accounts library, which has to know the language too.
    expect((await done(elsewhere, readSession)).user.language).toBe('fi');
    const chosen = await server.services.db.read
      .selectFrom('account_log')
      .select('detail')
      .where('subject_id', '=', user.id)
      .where('action', '=', 'language.chosen')
      .execute();
    expect(chosen).toEqual([{ detail: '{"language":"fi"}' }]);
    await refused(here, chooseLanguage, { body: { language: 'sv' as 'fi' } }, 400);
  });

  test('is that of refusals, unless the request asks for another; English otherwise', async () => {
    const user = await server.account('Toinen Puhuja');
    const agent = await server.signIn(user);
    const refusal = async (asked?: string) => {
      const request = agent.delete(addressOf(endSession, { params: { session: 'nobody' } }));
      const { body, headers } = await (asked === undefined ? request : request.set('Accept-Language', asked));
      return [headers['content-language'], body.error, body.message];
    };
    const english = ['en', 'not-found', 'The session was not found, or isn’t at one of your sites.'];
    const suomeksi = ['fi', 'not-found', 'Istunto: ei löytynyt, tai ei ole tutkimuspaikoillasi.'];
    expect(await refusal()).toEqual(english);
    expect(await refusal('fi-FI, en;q=0.5')).toEqual(suomeksi);
    await done(agent, chooseLanguage, { body: { language: 'fi' } });
    expect(await refusal()).toEqual(suomeksi);
    expect(await refusal('en-GB')).toEqual(english);
  });
});

describe('one’s own sessions', () => {
  test('are listed with their device, and end one by one or all but this', async () => {
    const user = await server.account('Much Signed In');
    const here = await server.signIn(user);
    const others = [await server.signIn(user), await server.signIn(user), await server.signIn(user)];
    const stranger = await server.signIn(await server.account('Somebody Else'));
    const phone = server.stranger();
    await phone
      .post(addressOf(signIn))
      .set('User-Agent', 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0')
      .send({ email: user.email, password: PASSWORD })
      .expect(200);
    const { sessions } = await done(here, readAccount);
    expect(sessions).toHaveLength(5);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const onPhone = sessions.find(({ device }) => device === 'Firefox on Android')!;
    await refused(stranger, endSession, { params: { session: onPhone.id } }, 404);
    await done(phone, readSession);
    await done(here, endSession, { params: { session: onPhone.id } });
    await refused(phone, readSession, {}, 401);
    expect(await done(here, endOtherSessions)).toEqual({ ended: 3 });
    for (const other of others) await refused(other, readSession, {}, 401);
    await done(here, readSession);
    await done(stranger, readSession);
  });

  test('end twelve hours after the sign-in, however much they are used', async () => {
    const user = await server.account('Tireless Person');
    const agent = await server.signIn(user);
    await done(agent, readSession);
    const started = async (ms: number) => {
      const at = new Date(Date.now() - ms);
      const { db } = server.services;
      await db.write((tx) =>
        tx
          .updateTable('session')
          .set({ createdAt: db.kind === 'sqlite' ? at.toISOString() : at })
          .where('userId', '=', user.id)
          .execute(),
      );
    };
    await started(12 * 3_600_000 - 5 * 60_000);
    const { expiresAt } = await done(agent, readSession);
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
    await started(12 * 3_600_000);
    await refused(agent, readSession, {}, 401);
  });
});

describe('what is taken away is gone with the next request', () => {
  test('a disabled account, wherever it is signed in, until it is enabled', async () => {
    const user = await server.account('Suspended Person');
    await server.join(user, study, 'coordinator');
    const agents = [await server.signIn(user), await server.signIn(user)];
    for (const agent of agents) await done(agent, listParticipants, { params });
    await done(owner, disablePerson, { params: { ...params, person: user.id } });
    for (const agent of agents) await refused(agent, listParticipants, { params }, 401);
    const right = await attempt(user.email);
    expect(right.status).toBe(401);
    expect(right.body.message).toContain('disabled');
    expect((await attempt(user.email, 'a wrong password')).body.message).not.toContain('disabled');
    await refused(owner, disablePerson, { params: { ...params, person: user.id } }, 409);
    await done(owner, enablePerson, { params: { ...params, person: user.id } });
    expect((await attempt(user.email)).status).toBe(200);
  });

  test('nobody disables themselves, or whoever works in somebody else’s study', async () => {
    const { user } = await done(owner, readSession);
    await refused(owner, disablePerson, { params: { ...params, person: user.id } }, 409);
    const one = await server.account('Owner of One');
    await server.join(one, study, 'owner');
    const agent = await server.signIn(one);
    const shared = await server.account('Shared Person');
    await server.join(shared, study, 'monitor');
    await server.join(shared, 'example-drug-trial', 'monitor');
    await refused(agent, disablePerson, { params: { ...params, person: shared.id } }, 409);
  });

  test('a role, on another server process too', async () => {
    const { listen } = await import('../../server/start.ts');
    const { openServices } = await import('../../server/open.ts');
    const { default: request } = await import('supertest');
    const second = await listen(await openServices({ ...server.services.config, logLevel: 'silent' }));
    try {
      const user = await server.account('Person of Both');
      const membership = await server.join(user, study, 'coordinator');
      const agent = request.agent(second.url);
      const body = { email: user.email, password: PASSWORD };
      expect((await send(agent, signIn, { body })).status).toBe(200);
      await done(agent, listParticipants, { params });
      await done(owner, revokeMembership, { params: { ...params, membership } });
      await refused(agent, listParticipants, { params }, 404);
    } finally {
      await second.close();
    }
  });
});

test('two server processes count wrong passwords together', async () => {
  const { openServices } = await import('../../server/open.ts');
  const { createApp } = await import('../../server/app.ts');
  const { default: request } = await import('supertest');
  const services = await openServices({ ...server.services.config, logLevel: 'silent' });
  // The same clock; otherwise a process of its own, with its own connections.
  const second = request(createApp({ ...services, now: server.services.now }));
  try {
    const { email } = await server.account('Twice Attacked');
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) {
      const body = { email, password: `wrong password ${n}` };
      statuses.push((await attempt(email, body.password)).status);
      statuses.push((await second.post(addressOf(signIn)).send(body)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.slice(10)).toEqual([429, 429]);
  } finally {
    await services.db.close();
  }
});

describe('mail', () => {
  let mail: Mailbox;
  beforeAll(async () => {
    mail = await mailbox();
    server.services.config.mail = { smtpUrl: mail.url, from: 'Equipoise <trials@example.org>' };
    server.services.config.publicUrl = 'https://trials.example.org';
  });
  afterAll(async () => {
    server.services.config.mail = null;
    server.services.config.publicUrl = null;
    await mail.close();
  });
  const to = (email: string) => mail.received.filter((one) => one.to.includes(email));

  test('renews a forgotten password once, and says nothing of who has an account', async () => {
    const user = await server.account('Forgetful Person');
    const agent = await server.signIn(user);
    const known = await send(server.stranger(), askPasswordLink, { body: { email: user.email } });
    const unknown = await send(server.stranger(), askPasswordLink, { body: { email: 'nobody@example.org' } });
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    await done(server.stranger(), askPasswordLink, { body: { email: user.email } });
    await expect.poll(() => to(user.email).length).toBe(1);
    expect(to('nobody@example.org')).toEqual([]);
    const token = /new-password#token=(\S+)/.exec(to(user.email)[0]!.text)![1]!;
    const fresh = 'a wholly new password';
    await refused(server.stranger(), usePasswordLink, { body: { token: 'guessed', password: fresh } }, 409);
    await refused(server.stranger(), usePasswordLink, { body: { token, password: 'qwertyuiop12' } }, 400);
    await done(server.stranger(), usePasswordLink, { body: { token, password: fresh } });
    await refused(agent, readSession, {}, 401);
    expect((await attempt(user.email)).status).toBe(401);
    expect((await attempt(user.email, fresh)).status).toBe(200);
    await refused(server.stranger(), usePasswordLink, { body: { token, password: PASSWORD } }, 409);
  });

  test('a link to a new password lasts an hour', async () => {
    const user = await server.account('Slow Person');
    await done(server.stranger(), askPasswordLink, { body: { email: user.email } });
    await expect.poll(() => to(user.email).length).toBe(1);
    const token = /new-password#token=(\S+)/.exec(to(user.email)[0]!.text)![1]!;
    server.clock.now = new Date(server.clock.now.getTime() + 60 * 60_000);
    await refused(
      server.stranger(),
      usePasswordLink,
      { body: { token, password: 'a wholly new password' } },
      409,
    );
  });

  test('tells of an unblinding whoever may read of it, without the arm and the reason', async () => {
    const coordinator = await server.as('coordinator');
    const enrolment = new Enrolment(server, await server.study(study), coordinator);
    const site = enrolment.document.sites[0]!.id;
    const elsewhere = enrolment.document.sites[1]!.id;
    const participant = await enrolment.upTo('randomised', site);
    const monitor = await server.account('Mailed Monitor');
    await server.join(monitor, study, 'monitor', site);
    const far = await server.account('Far Monitor');
    await server.join(far, study, 'monitor', elsewhere);
    const assessor = await server.account('Mailed Assessor');
    await server.join(assessor, study, 'assessor', site);
    const body = { confirm: participant, reason: 'Overdose at home' };
    const { id } = await done(coordinator, requestUnblinding, { params: { ...params, participant }, body });
    expect(to(monitor.email)).toEqual([]);
    const { arm } = await done(coordinator, openUnblinding, { params: { ...params, unblinding: id } });
    await expect.poll(() => to(monitor.email).length).toBe(1);
    const { user } = await done(owner, readSession);
    await expect.poll(() => to(user.email).length).toBe(1);
    expect(to(far.email)).toEqual([]);
    expect(to(assessor.email)).toEqual([]);
    const { text } = to(monitor.email)[0]!;
    expect(text).toContain(participant);
    expect(text).toContain('Test coordinator');
    expect(text).not.toContain('Overdose');
    for (const name of [arm.name, arm.short, `(${arm.id})`]) expect(text).not.toContain(name);
  });
});

describe('the account log', () => {
  test('holds what was done, for the owner of the study, and filters', async () => {
    const user = await server.account('Logged Person');
    await attempt(user.email, 'a wrong password');
    await server.join(user, study, 'monitor');
    const agent = await server.signIn(user);
    const of = { person: 'logged person' };
    const { rows } = await done(owner, listAccountLog, { params, query: of });
    expect(rows.map(({ action }) => action)).toEqual(['session.opened', 'session.refused', 'account.made']);
    expect(rows[1]).toMatchObject({
      by: 'Nobody signed in',
      about: 'Logged Person',
      address: expect.any(String),
    });
    const query = { ...of, action: 'session.refused' };
    expect((await done(owner, listAccountLog, { params, query })).total).toBe(1);
    await refused(agent, listAccountLog, { params }, 403);
    expect((await done(owner, listAccountLog, { params, query: { person: "%' or 1=1" } })).total).toBe(0);
  });

  test('shows the owner of one study nothing of people of another', async () => {
    const user = await server.account('Foreign Person');
    await server.join(user, 'example-drug-trial', 'monitor');
    await server.signIn(user);
    const one = await server.account('Owner of This');
    await server.join(one, study, 'owner');
    const agent = await server.signIn(one);
    const { rows } = await done(agent, listAccountLog, { params, query: { size: 500 } });
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify(rows)).not.toContain('Foreign Person');
  });

  test('is a file too, one line for each entry, in which no name becomes a formula', async () => {
    const user = await server.account('=HYPERLINK("x")');
    await server.join(user, study, 'monitor');
    await server.signIn(user);
    const { total } = await done(owner, listAccountLog, { params });
    const answer = await send(owner, exportAccountLog, { params });
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.text.trim().split('\n')).toHaveLength(total + 1);
    expect(answer.text).not.toMatch(/(^|,)"?=HYPER/m);
  });

  test('one of several writers at once follows the other', async () => {
    const people = await Promise.all([1, 2, 3, 4, 5].map((n) => server.account(`Crowd ${n}`)));
    await Promise.all(people.flatMap(({ email }) => [attempt(email), attempt(email, 'a wrong password')]));
    expect((await checkAccountLog(server.services.db.read)).broken).toBeNull();
  });

  test('can’t be changed; where somebody gets round that, the chain tells where', async () => {
    const { db } = server.services;
    const forge = () =>
      db.write((tx) => sql`update account_log set actor_name = 'Somebody' where seq = 5`.execute(tx));
    await expect(forge()).rejects.toThrow('append-only');
    await expect(db.write((tx) => tx.deleteFrom('account_log').execute())).rejects.toThrow('append-only');
    expect((await checkAccountLog(db.read)).broken).toBeNull();
    const trigger =
      db.kind === 'sqlite'
        ? sql`drop trigger account_log_no_update`
        : sql`drop trigger account_log_append_only on account_log`;
    await db.write((tx) => trigger.execute(tx));
    await forge();
    expect(await checkAccountLog(db.read)).toMatchObject({ entries: 4, broken: 5 });
  });
});
