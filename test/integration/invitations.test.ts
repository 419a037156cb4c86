import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listPeople, readSession, revokeMembership, signIn } from '../../server/accounts/contract.ts';
import {
  acceptInvitation,
  invite,
  inviteAgain,
  joinByInvitation,
  listInvitations,
  readInvitation,
  revokeInvitation,
} from '../../server/accounts/invitations/contract.ts';
import { listAccountLog } from '../../server/accounts/log/contract.ts';
import { chooseLanguage } from '../../server/accounts/sessions/contract.ts';
import { listAudit } from '../../server/audit/contract.ts';
import { deliverMail } from '../../server/mail/deliver.ts';
import { type Agent, done, PASSWORD, refused, send, type TestServer, testServer } from '../setup/http.ts';
import { type Mailbox, mailbox } from '../setup/mailbox.ts';

const study = 'ipt-depression';
const params = { study };
const DAY = 86_400_000;
let server: TestServer;
let owner: Agent;
beforeAll(async () => {
  server = await testServer([study]);
  owner = await server.as('owner');
});
beforeEach(() => pass(60_000));
afterAll(() => server?.close());

function pass(ms: number): void {
  server.clock.now = new Date(server.clock.now.getTime() + ms);
}
const tokenOf = (link: string): string => new URLSearchParams(link.split('#')[1]).get('token')!;
let people = 0;
const person = (more: object = {}) => {
  people += 1;
  return { name: 'Invited Person', email: `invited-${people}@example.org`, role: 'monitor', ...more };
};
async function invited(body: object): Promise<{ id: string; token: string }> {
  const { id, link } = await done(owner, invite, { params, body });
  return { id, token: tokenOf(link!) };
}

describe('an invitation', () => {
  test('lets a person in who had no account: name and password by the link, once', async () => {
    const body = person({ role: 'assessor', site: 'lohja' });
    const { token } = await invited(body);
    const stranger = server.stranger();
    expect(await done(stranger, readInvitation, { body: { token } })).toMatchObject({
      email: body.email,
      role: 'assessor',
      hasAccount: false,
    });
    const account = { token, name: 'Chosen Name', password: PASSWORD };
    await refused(stranger, acceptInvitation, { body: { ...account, password: 'password1234' } }, 400);
    await refused(stranger, acceptInvitation, { body: { ...account, token: 'guessed' } }, 404);
    expect(await done(stranger, acceptInvitation, { body: account })).toEqual({ email: body.email, study });
    const agent = await server.signIn(body);
    const session = await done(agent, readSession);
    expect(session.user.name).toBe('Chosen Name');
    expect(session.memberships).toMatchObject([{ study, role: 'assessor', site: 'lohja' }]);
    await refused(stranger, acceptInvitation, { body: account }, 404);
    await refused(stranger, readInvitation, { body: { token } }, 404);
    const { rows } = await done(owner, listAudit, { params, query: { action: 'people.accept' } });
    expect(rows[0]).toMatchObject({ by: 'Chosen Name', after: { role: 'assessor', site: 'lohja' } });
  });

  test('gives whoever has an account the role, signed in as themselves and nobody else', async () => {
    const user = await server.account('Known Person');
    const { token } = await invited(person({ email: user.email.toUpperCase() }));
    const stranger = server.stranger();
    expect((await done(stranger, readInvitation, { body: { token } })).hasAccount).toBe(true);
    await refused(stranger, acceptInvitation, { body: { token, name: 'Thief', password: PASSWORD } }, 409);
    await refused(stranger, joinByInvitation, { body: { token } }, 401);
    const other = await server.signIn(await server.account('Other Person'));
    await refused(other, joinByInvitation, { body: { token } }, 403);
    const agent = await server.signIn(user);
    await done(agent, joinByInvitation, { body: { token } });
    expect((await done(agent, readSession)).memberships).toMatchObject([{ role: 'monitor' }]);
    await refused(agent, joinByInvitation, { body: { token } }, 404);
  });

  test('of one who has an account and of one who has none are answered alike to the owner', async () => {
    const user = await server.account('Secret Person');
    const known = await send(owner, invite, { params, body: person({ email: user.email }) });
    const unknown = await send(owner, invite, { params, body: person() });
    const shape = (body: object) => Object.entries(body).map(([key, value]) => [key, typeof value]);
    expect(known.status).toBe(200);
    expect(shape(known.body)).toEqual(shape(unknown.body));
  });

  test('is good for seven days, until it is taken back, and only by its newest link', async () => {
    const late = await invited(person());
    pass(7 * DAY);
    await refused(server.stranger(), readInvitation, { body: { token: late.token } }, 404);
    const { link } = await done(owner, inviteAgain, { params: { ...params, invitation: late.id } });
    await refused(server.stranger(), readInvitation, { body: { token: late.token } }, 404);
    const token = tokenOf(link!);
    await done(server.stranger(), readInvitation, { body: { token } });
    await done(owner, revokeInvitation, { params: { ...params, invitation: late.id } });
    await refused(server.stranger(), readInvitation, { body: { token } }, 404);
    await refused(
      server.stranger(),
      acceptInvitation,
      { body: { token, name: 'Too Late', password: PASSWORD } },
      404,
    );
    await refused(owner, revokeInvitation, { params: { ...params, invitation: late.id } }, 409);
    await refused(owner, inviteAgain, { params: { ...params, invitation: late.id } }, 409);
    await refused(owner, inviteAgain, { params: { ...params, invitation: 'unknown' } }, 404);
    const { rows } = await done(owner, listInvitations, { params });
    expect(rows.find(({ id }) => id === late.id)!.state).toBe('revoked');
  });

  test('that has lapsed is shown so, and a new link for it stands in the account log', async () => {
    const body = person();
    const { id } = await invited(body);
    const stateOf = async () =>
      (await done(owner, listInvitations, { params })).rows.find((one) => one.id === id)!.state;
    pass(7 * DAY - 1);
    expect(await stateOf()).toBe('open');
    pass(1);
    expect(await stateOf()).toBe('expired');
    await done(owner, inviteAgain, { params: { ...params, invitation: id } });
    expect(await stateOf()).toBe('open');
    const { rows } = await done(owner, listAccountLog, { params });
    expect(rows[0]).toMatchObject({ action: 'invitation.sent-again', detail: { email: body.email } });
  });

  test('that has lapsed gets no new link where another one is open, or the role is held by now', async () => {
    const body = person();
    const lapsed = await invited(body);
    pass(7 * DAY);
    const newer = await invited(body);
    await refused(owner, inviteAgain, { params: { ...params, invitation: lapsed.id } }, 409);
    await done(server.stranger(), acceptInvitation, {
      body: { token: newer.token, name: 'Came Later', password: PASSWORD },
    });
    await refused(owner, inviteAgain, { params: { ...params, invitation: lapsed.id } }, 409);
    await done(owner, revokeInvitation, { params: { ...params, invitation: lapsed.id } });
  });

  test('used by several at once makes one account and one role', async () => {
    const body = person();
    const { token } = await invited(body);
    const answers = await Promise.all(
      [1, 2, 3].map((n) =>
        send(server.stranger(), acceptInvitation, {
          body: { token, name: `Person ${n}`, password: PASSWORD },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const listed = await done(owner, listPeople, { params });
    expect(listed.people.find(({ email }) => email === body.email)!.memberships).toHaveLength(1);
  });

  test('made twice is refused the second time, and so is one to a role that is held', async () => {
    const body = person();
    await invited(body);
    await refused(owner, invite, { params, body }, 409);
    await invited({ ...body, role: 'assessor' });
    await refused(owner, invite, { params, body: person({ site: 'mars' }) }, 400);
    const user = await server.account('Holding Person');
    await server.join(user, study, 'monitor');
    await refused(owner, invite, { params, body: person({ email: user.email }) }, 409);
  });

  test('of an owner who is one no more lets nobody in', async () => {
    const user = await server.account('Former Owner');
    const membership = await server.join(user, study, 'owner');
    const former = await server.signIn(user);
    const { link } = await done(former, invite, { params, body: person() });
    await done(owner, revokeMembership, { params: { ...params, membership } });
    await refused(server.stranger(), readInvitation, { body: { token: tokenOf(link!) } }, 404);
  });
});

describe('where mail is sent', () => {
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

  test('the link goes by mail, with the public address, and to the owner no more', async () => {
    const body = person();
    expect((await done(owner, invite, { params, body })).link).toBeNull();
    await expect.poll(() => mail.received.filter(({ to }) => to.includes(body.email)).length).toBe(1);
    const { text } = mail.received.find(({ to }) => to.includes(body.email))!;
    expect(text).toContain('From: Equipoise <trials@example.org>');
    const link = /https:\/\/trials\.example\.org\/invitation#token=\S+/.exec(text)![0];
    await done(server.stranger(), acceptInvitation, {
      body: { token: tokenOf(link), name: 'Mailed Person', password: PASSWORD },
    });
    await done(server.stranger(), signIn, { body: { email: body.email, password: PASSWORD } });
  });

  test('the mail is in the language of the account it goes to', async () => {
    const user = await server.account('Suomenkielinen Lukija');
    const agent = await server.signIn(user);
    await done(agent, chooseLanguage, { body: { language: 'fi' } });
    await done(owner, invite, { params, body: person({ email: user.email, role: 'data-manager' }) });
    await expect.poll(() => mail.received.filter(({ to }) => to.includes(user.email)).length).toBe(1);
    const { text } = mail.received.find(({ to }) => to.includes(user.email))!;
    expect(text).toContain('Roolisi: tiedonhallitsija.');
    expect(text).toContain('Hyväksy kutsu avaamalla tämä linkki.');
    expect(text).not.toMatch(/Dear|invites|Open this link/);
  });

  test('what the mail server refuses is kept, sealed, and tried again later, once', async () => {
    mail.refuse(true);
    const body = person();
    await done(owner, invite, { params, body });
    const row = () =>
      server.services.db.read
        .selectFrom('mail_outbox')
        .selectAll()
        .where('recipient', '=', body.email)
        .executeTakeFirstOrThrow();
    await expect.poll(async () => (await row()).last_error).toContain('Mailbox is away');
    expect((await row()).body).not.toContain('invites');
    mail.refuse(false);
    expect(await deliverMail(server.services), 'not at once').toBe(0);
    pass(61_000);
    const sent = await Promise.all([deliverMail(server.services), deliverMail(server.services)]);
    expect(
      sent.reduce((sum, one) => sum + one, 0),
      'by two processes',
    ).toBe(1);
    expect(await row()).toMatchObject({ tries: 2, body: null, next_at: null, last_error: null });
    expect(mail.received.filter(({ to }) => to.includes(body.email))).toHaveLength(1);
  });
});
