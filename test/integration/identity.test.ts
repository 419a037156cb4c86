import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAudit } from '../../server/audit/contract.ts';
import { commandCaller } from '../../server/cli/commandCaller.ts';
import {
  eraseIdentity,
  exportContacts,
  findIdentity,
  listIdentities,
  openIdentity,
  saveIdentity,
} from '../../server/identity/contract.ts';
import { rotateIdentities } from '../../server/identity/rotate.ts';
import { readHistory, readParticipant, screenParticipant } from '../../server/participants/contract.ts';
import { auditProblems } from '../setup/chain.ts';
import { Enrolment, fittingScreening } from '../setup/enrol.ts';
import { type Agent, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

const study = 'ipt-depression';
const secrets = [
  'Zebedee',
  'Quixwood',
  '0401234567',
  '+358 40 123 4567',
  'zebedee@example.org',
  '131052-308T',
];
const person = {
  name: 'Zebedee Quixwood',
  birthDate: '1952-10-13',
  nationalIdentifier: '131052-308T',
  telephone: '+358 40 123 4567',
  email: 'zebedee@example.org',
};
let server: TestServer;
let enrolment: Enrolment;
let custodian: Agent;
let code: string;
let other: string;
beforeAll(async () => {
  server = await testServer([study], {
    change: (loaded) => ({
      ...loaded,
      document: {
        ...loaded.document,
        identities: { nationalIdentifier: 'Personal identity code', coordinators: true },
      },
    }),
  });
  const coordinator = await server.as('coordinator');
  enrolment = new Enrolment(server, await server.study(study), coordinator);
  await server.as('owner');
  custodian = await server.as('identity-custodian');
  code = await enrolment.upTo('screening', 'lohja');
  other = await enrolment.upTo('screening', 'vihti');
});
afterAll(() => server?.close());

const look = (agent: Agent, participant = code) =>
  done(agent, openIdentity, { params: { study, participant }, body: { purpose: 'reach' } });
const newest = async () =>
  (await done(await server.as('owner'), listAudit, { params: { study }, query: { size: 1 } })).rows[0]!;
/** Everything in the database, as text. */
async function everything(): Promise<string> {
  const { read } = server.services.db;
  const tables = [
    'identity_record',
    'identity_term',
    'identity_digest',
    'audit',
    'idempotency',
    'participant',
  ] as const;
  return JSON.stringify(
    await Promise.all(tables.map((table) => read.selectFrom(table).selectAll().execute())),
  );
}

describe('an identity', () => {
  test('is kept, shown for a purpose, and stands nowhere in clear', async () => {
    const { version } = await done(custodian, saveIdentity, {
      params: { study, participant: code },
      body: { version: 0, identity: person },
    });
    expect(version).toBe(1);
    expect(await newest()).toMatchObject({
      action: 'identity.save',
      subject: `participant:${code}`,
      after: { fields: ['name', 'telephone', 'email', 'birthDate', 'nationalIdentifier'] },
    });
    const seen = await look(custodian);
    expect(seen).toMatchObject({ version: 1, identity: person, mayEdit: true });
    expect(await newest()).toMatchObject({
      action: 'identity.open',
      by: 'Test identity-custodian',
      after: { purpose: 'reach' },
    });
    const database = await everything();
    for (const secret of secrets) expect(database).not.toContain(secret);
    expect(server.logLines.join('')).not.toContain('Quixwood');
  });

  test('a stale version and an invented field leave it as it was', async () => {
    const params = { study, participant: code };
    await refused(custodian, saveIdentity, { params, body: { version: 0, identity: { name: 'X' } } }, 409);
    await refused(custodian, saveIdentity, { params, body: { version: 1, identity: { nick: 'X' } } }, 400);
    await refused(custodian, openIdentity, { params, body: { purpose: 'other' } }, 400);
    expect((await look(custodian)).identity.name).toBe(person.name);
  });

  test('is found by the whole name in any order, the telephone as dialled at home, and nothing less', async () => {
    const find = async (by: string, text: string) =>
      (await done(custodian, findIdentity, { params: { study }, body: { by, text } })).rows.map(
        (row) => row.participant,
      );
    expect(await find('name', 'quixwood, ZEBEDEE')).toEqual([code]);
    expect(await find('telephone', '040 123 4567')).toEqual([code]);
    expect(await find('email', 'Zebedee@example.org')).toEqual([code]);
    expect(await find('nationalIdentifier', '131052 308t')).toEqual([code]);
    expect(await find('name', 'Zebedee')).toEqual([]);
    expect(await newest()).toMatchObject({ action: 'identity.find', after: { by: 'name', found: [] } });
    expect(await everything()).not.toContain('Zebedee');
  });

  test('the same identifier finds the person at registration, and isn’t kept for another', async () => {
    const message = await refused(
      await server.as('coordinator'),
      screenParticipant,
      {
        params: { study },
        body: {
          key: crypto.randomUUID(),
          site: 'lohja',
          screenedOn: '2026-11-23',
          values: fittingScreening(enrolment.document),
          identity: { identifier: person.nationalIdentifier },
        },
      },
      409,
    );
    expect(message.message).toContain(code);
    await refused(
      custodian,
      saveIdentity,
      {
        params: { study, participant: other },
        body: { version: 0, identity: { nationalIdentifier: '131052-308t' } },
      },
      409,
    );
  });

  test('a row put together from another’s doesn’t open', async () => {
    await done(custodian, saveIdentity, {
      params: { study, participant: other },
      body: { version: 0, identity: { name: 'Other Made-up' } },
    });
    const { db } = server.services;
    const rows = await db.read.selectFrom('identity_record').selectAll().orderBy('written_at').execute();
    const [first, second] = [rows.find((row) => row.box)!, rows.filter((row) => row.box)[1]!];
    const { sealed_key, box } = first;
    await db.write((tx) =>
      tx
        .updateTable('identity_record')
        .set({ sealed_key, box })
        .where('participant_id', '=', second.participant_id)
        .execute(),
    );
    const swapped = await db.read
      .selectFrom('participant')
      .select('code')
      .where('id', '=', second.participant_id)
      .executeTakeFirstOrThrow();
    const { message } = await refused(
      custodian,
      openIdentity,
      { params: { study, participant: swapped.code }, body: { purpose: 'reach' } },
      409,
    );
    expect(message).not.toContain('Quixwood');
    await db.write((tx) =>
      tx
        .updateTable('identity_record')
        .set({ sealed_key: second.sealed_key, box: second.box })
        .where('participant_id', '=', second.participant_id)
        .execute(),
    );
  });
});

describe('who sees it', () => {
  test('a coordinator, where the document says so, name and contacts of the own site only', async () => {
    const own = await server.as('coordinator', { study, site: 'lohja' });
    const seen = await look(own);
    expect(seen.identity).toEqual({
      name: person.name,
      telephone: person.telephone,
      email: person.email,
      address: '',
      contactTimes: '',
    });
    expect(seen.mayEdit).toBe(false);
    await refused(
      own,
      openIdentity,
      { params: { study, participant: other }, body: { purpose: 'reach' } },
      404,
    );
  });

  test('a custodian of one site nothing of another', async () => {
    const here = await server.as('identity-custodian', { study, site: 'vihti' });
    await refused(
      here,
      openIdentity,
      { params: { study, participant: code }, body: { purpose: 'reach' } },
      404,
    );
    const { rows } = await done(here, listIdentities, { params: { study } });
    expect(rows.map((row) => row.participant)).not.toContain(code);
    const found = await done(here, findIdentity, {
      params: { study },
      body: { by: 'name', text: person.name },
    });
    expect(found.rows).toEqual([]);
  });

  test('others get no trace of it: neither on the participant’s page nor in the history', async () => {
    const assessor = await server.as('assessor');
    await refused(
      assessor,
      openIdentity,
      { params: { study, participant: code }, body: { purpose: 'reach' } },
      403,
    );
    const params = { study, participant: code };
    const seen = JSON.stringify([
      await done(assessor, readParticipant, { params }),
      await done(assessor, readHistory, { params }),
    ]);
    expect(seen.toLowerCase()).not.toContain('identity');
    for (const secret of secrets) expect(seen).not.toContain(secret);
  });

  test('the contacts list is taken with a reason, and only by the custodian', async () => {
    const list = await send(custodian, exportContacts, {
      params: { study },
      body: { reason: 'Letters of thanks' },
    });
    expect(list.status).toBe(200);
    // RFC 4180 lines; a leading + of a telephone is kept from being a formula.
    expect(list.text).toContain(`${code},lohja,Zebedee Quixwood,'+358 40 123 4567,zebedee@example.org`);
    expect(await newest()).toMatchObject({ action: 'identity.export', reason: 'Letters of thanks' });
    await refused(custodian, exportContacts, { params: { study }, body: { reason: '' } }, 400);
    await refused(
      await server.as('data-manager'),
      exportContacts,
      { params: { study }, body: { reason: 'Letters' } },
      403,
    );
  });
});

test('a new key: what is left under the old one stays readable, and all is under the new one in the end', async () => {
  const { services } = server;
  const { config } = services;
  config.identityKey = Buffer.alloc(32, 7);
  expect((await look(custodian)).identity.name).toBe(person.name);
  const before = await newest();
  const caller = await commandCaller(services, study);
  expect(await rotateIdentities(services, caller)).toBe(2);
  expect(await rotateIdentities(services, caller), 'nothing is left').toBe(0);
  expect((await newest()).seq).toBe(before.seq + 1);
  expect((await look(custodian)).identity).toMatchObject(person);
  const found = await done(custodian, findIdentity, {
    params: { study },
    body: { by: 'name', text: person.name },
  });
  expect(found.rows.map((row) => row.participant)).toEqual([code]);
  // Without the key nobody reads it, and the server says which key is missing.
  config.identityKey = undefined;
  const { message } = await refused(
    custodian,
    openIdentity,
    { params: { study, participant: code }, body: { purpose: 'reach' } },
    409,
  );
  expect(message).toContain('EQUIPOISE_IDENTITY_KEY');
  config.identityOldKey = Buffer.alloc(32, 7);
  expect((await look(custodian)).identity.name).toBe(person.name);
});

test('an erased identity is gone for good, and the research data stay', async () => {
  const params = { study, participant: code };
  const body = { version: 1, confirm: code, reason: 'Consent withdrawn' };
  await refused(custodian, eraseIdentity, { params, body: { ...body, confirm: other } }, 400);
  const { version } = await done(custodian, eraseIdentity, { params, body });
  expect(await look(custodian)).toMatchObject({
    version,
    identity: {},
    erasedAt: server.clock.now.toISOString(),
  });
  const row = await server.services.db.read
    .selectFrom('identity_record')
    .selectAll()
    .where('erased_at', 'is not', null)
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ box: null, sealed_key: null, key_name: null });
  for (const table of ['identity_term', 'identity_digest'] as const) {
    const left = await server.services.db.read
      .selectFrom(table)
      .selectAll()
      .where('participant_id', '=', row.participant_id)
      .execute();
    expect(left).toEqual([]);
  }
  expect((await done(await server.as('coordinator'), readParticipant, { params })).code).toBe(code);
  await refused(custodian, saveIdentity, { params, body: { version, identity: person } }, 409);
  expect(await auditProblems(server.services, study)).toEqual([]);
});
