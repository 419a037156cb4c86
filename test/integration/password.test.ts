import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, readSession, resetPassword, signIn } from '../../server/accounts/contract.ts';
import { listAudit } from '../../server/audit/contract.ts';
import { done, PASSWORD, refused, type TestServer, testServer } from '../setup/http.ts';

const study = 'ipt-depression';
const other = 'example-drug-trial';
const fresh = 'another long password';
let server: TestServer;

beforeAll(async () => {
  server = await testServer([study, other]);
});
afterAll(() => server?.close());

test('the owner sets a forgotten password anew: old sessions end, the new one works, the trail says so', async () => {
  const owner = await server.as('owner');
  const email = 'forgetful@example.org';
  const person = { name: 'Oona Forgetful', email, role: 'monitor', site: null, password: PASSWORD } as const;
  const { id } = await done(owner, addPerson, { params: { study }, body: person });
  const agent = await server.signIn({ email });
  await done(agent, readSession);

  await refused(agent, resetPassword, { params: { study, person: id }, body: { password: fresh } }, 403);
  await refused(
    owner,
    resetPassword,
    { params: { study, person: 'nobody' }, body: { password: fresh } },
    404,
  );
  await refused(owner, resetPassword, { params: { study, person: id }, body: { password: 'short' } }, 400);
  expect(
    await done(owner, resetPassword, { params: { study, person: id }, body: { password: fresh } }),
  ).toEqual({
    reset: true,
  });

  await refused(agent, readSession, {}, 401);
  await refused(server.stranger(), signIn, { body: { email, password: PASSWORD } }, 401);
  await done(server.stranger(), signIn, { body: { email, password: fresh } });
  const { rows } = await done(owner, listAudit, { params: { study }, query: { action: 'people.password' } });
  expect(rows.map((row) => row.subject)).toEqual([`person:${id}`]);
});

async function ownerOf(id: string, name: string) {
  const user = await server.account(`Owner ${name}`);
  await server.join(user, id, 'owner');
  return server.signIn(user);
}

test('nobody takes over an account through a study of their own', async () => {
  const owner = await ownerOf(study, 'One');
  const stranger = await ownerOf(other, 'Two');
  const email = 'shared@example.org';
  const person = { name: 'Siiri Shared', email, role: 'monitor', site: null, password: PASSWORD } as const;
  const { id } = await done(owner, addPerson, { params: { study }, body: person });
  await done(stranger, addPerson, { params: { study: other }, body: { ...person, password: undefined } });
  await refused(
    stranger,
    resetPassword,
    { params: { study: other, person: id }, body: { password: fresh } },
    409,
  );
  await done(server.stranger(), signIn, { body: { email, password: PASSWORD } });
});
