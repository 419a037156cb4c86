import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '../../server/api.ts';
import { saveForm } from '../../server/forms/contract.ts';
import { refusal } from '../../server/http/wire.ts';
import {
  listParticipants,
  logContact,
  readParticipant,
  screenParticipant,
} from '../../server/participants/contract.ts';
import { roleName } from '../../server/studies/document.ts';
import { bookVisit } from '../../server/visits/contract.ts';
import { Enrolment, fittingScreening } from '../setup/enrol.ts';
import {
  type Agent,
  type Answer,
  addressOf,
  refused,
  send,
  type TestServer,
  testServer,
} from '../setup/http.ts';

/** Whatever is sent, the reply is a refusal in our words; a 5xx would be a bug. */

let server: TestServer;
/** Holds every role, so that nothing is refused for want of a right. */
let anyone: Agent;
let code: string;
let enrolment: Enrolment;
const study = 'ipt-depression';

beforeAll(async () => {
  server = await testServer([study]);
  const user = await server.account('Every Role');
  for (const role of roleName.options) await server.join(user, study, role);
  anyone = await server.signIn(user);
  enrolment = new Enrolment(server, await server.study(study), anyone);
  code = await enrolment.upTo('baseline');
});
afterAll(() => server?.close());

const place = () => ({
  study,
  participant: code,
  visit: 'baseline',
  instrument: 'hamd17',
  chart: 'response',
  query: 'none',
  alert: 'none',
  membership: 'none',
});

function expectRefusal(answer: Answer, status: number): void {
  expect(answer.status, answer.text).toBe(status);
  expect(refusal.safeParse(answer.body).error?.issues ?? []).toEqual([]);
}

const raw =
  (text: string) => (answer: { set(name: string, value: string): { send(body: string): Promise<Answer> } }) =>
    answer.set('Content-Type', 'application/json').send(text);

const withBody = endpoints.filter((endpoint) => endpoint.body);

describe('bodies', () => {
  test.each([
    ['an array', '[]'],
    ['a list of lists, very deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['objects, very deep', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['null', 'null'],
    ['a number', '7'],
    ['a text', '"text"'],
    ['broken JSON', '{"key": '],
    ['nothing of what is wanted', '{}'],
    ['an unknown key', '{"surprise": 1}'],
    ['a prototype', '{"__proto__": {"key": 1}}'],
    ['a constructor', '{"constructor": {"prototype": {"key": 1}}}'],
  ])('%s is refused by every endpoint', async (_, text) => {
    for (const endpoint of withBody) {
      const answer = await raw(text)(anyone[endpoint.method](addressOf(endpoint, { params: place() })));
      expect(answer.status, `${endpoint.id}: ${answer.text.slice(0, 200)}`).toBeGreaterThanOrEqual(400);
      expect(answer.status, `${endpoint.id}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
      expect(refusal.safeParse(answer.body).error?.issues ?? []).toEqual([]);
    }
  });

  test('an unknown key is named', async () => {
    const body = {
      key: crypto.randomUUID(),
      on: '2026-11-20',
      outcome: 'reached',
      colour: 'blue',
    };
    const { issues } = await refused(anyone, logContact, { params: place(), body }, 400);
    expect(JSON.stringify(issues)).toContain('colour');
  });

  test('a key called __proto__ is refused and not left out', async () => {
    const address = addressOf(screenParticipant, { params: place() });
    const values = JSON.stringify(fittingScreening(enrolment.document)).slice(1);
    const body = `{"key":"${crypto.randomUUID()}","site":"lohja","screenedOn":"2026-11-20","values":{"__proto__":"x",${values}}`;
    const answer = await raw(body)(anyone.post(address));
    expectRefusal(answer, 400);
    expect(answer.body.message).toContain('__proto__');
  });

  test('ten megabytes are too large for all but imports', async () => {
    const answer = await raw(JSON.stringify({ note: 'x'.repeat(10_000_000) }))(
      anyone.post(addressOf(logContact, { params: place() })),
    );
    expectRefusal(answer, 413);
    expect(answer.body.error).toBe('too-large');
  });

  test('a body that isn’t JSON is refused', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await anyone
        .post(addressOf(logContact, { params: place() }))
        .set('Content-Type', type)
        .send('on=2026-11-20');
      expectRefusal(answer, 400);
    }
    const odd = await anyone
      .post(addressOf(logContact, { params: place() }))
      .set('Content-Type', 'application/json; charset=utf-7')
      .send('{}');
    expectRefusal(odd, 400);
    const packed = await anyone
      .post(addressOf(logContact, { params: place() }))
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'gzip')
      .send('not gzip');
    expectRefusal(packed, 400);
  });

  test.each([
    ['U+0000', 'nothing\u0000ness'],
    ['half of a surrogate pair', 'half \ud83d'],
  ])('text with %s, which no database keeps, is refused', async (_, note) => {
    const body = `{"key":"${crypto.randomUUID()}","on":"2026-11-20","outcome":"reached","note":${JSON.stringify(note)}}`;
    expectRefusal(await raw(body)(anyone.post(addressOf(logContact, { params: place() }))), 400);
  });

  test('every other character is kept as it is', async () => {
    const note = 'Äiti “said” 👩🏽‍⚕️ — ‮abc‬ \t\n\u0001 \u2028 %s ; drop table participant; --';
    const body = { key: crypto.randomUUID(), on: '2026-11-20', outcome: 'reached', note };
    const sent = await send(anyone, logContact, { params: place(), body });
    expect(sent.status, sent.text).toBe(200);
    const { body: view } = await send(anyone, readParticipant, { params: place() });
    expect(view.contacts.find(({ id }: { id: string }) => id === sent.body.id).note).toBe(note);
  });

  test.each([
    '2026-02-30',
    '2026-13-01',
    '2025-02-29',
    '0000-00-00',
    '20261120',
    '2026-11-20T00:00:00Z',
    '',
    'today',
  ])('the day %j is refused', async (day) => {
    const contact = { key: crypto.randomUUID(), on: day, outcome: 'reached' };
    await refused(anyone, logContact, { params: place(), body: contact }, 400);
    const screening = {
      key: crypto.randomUUID(),
      site: 'lohja',
      screenedOn: day,
      values: fittingScreening(enrolment.document),
    };
    await refused(anyone, screenParticipant, { params: place(), body: screening }, 400);
  });

  test.each(['2026-02-30T10:00', '2026-11-31T10:00', '2026-12-01T24:00', '2026-12-01T10:60', '2026-12-01'])(
    'the appointment %s is refused',
    async (bookedFor) => {
      await refused(anyone, bookVisit, { params: place(), body: { bookedFor } }, 400);
    },
  );

  test('numbers beyond all measure are refused', async () => {
    const values = { ...fittingScreening(enrolment.document) };
    for (const age of ['1e999', '-1e999', '1e308', '-1', '121', '"40"', 'true', '[40]']) {
      const body = JSON.stringify({
        key: crypto.randomUUID(),
        site: 'lohja',
        screenedOn: '2026-11-20',
        values: { ...values, age: '@' },
      }).replace('"@"', age);
      expectRefusal(await raw(body)(anyone.post(addressOf(screenParticipant, { params: place() }))), 400);
    }
    for (const version of ['1e999', '9007199254740993', '-1', '0.5', '"0"']) {
      const body = `{"version":${version},"values":{}}`;
      expectRefusal(await raw(body)(anyone.put(addressOf(saveForm, { params: place() }))), 400);
    }
  });
});

describe('addresses', () => {
  test('addresses that mean nothing are refused', async () => {
    const addresses = [
      '/api/studies/%ff',
      '/api/studies/%00',
      '/api/studies/%E0%A4%A',
      '/api/studies/..%2f..%2fetc%2fpasswd',
      '/api/studies/ipt-depression/participants/%00',
      '/api/studies/ipt-depression/participants/%ed%a0%80',
      "/api/studies/ipt-depression'%20or%201=1",
      '/api/studies/constructor',
      '/api/studies/__proto__',
      `/api/studies/${'a'.repeat(8000)}`,
      `/api/studies/ipt-depression/participants/LOH-0001/${'x/'.repeat(3000)}`,
      '/api/studies/ipt-depression/queries/%00/messages',
      '/api//studies',
      '/api/nothing',
      '/healthz/nothing',
    ];
    for (const address of addresses)
      for (const agent of [anyone, server.stranger()]) {
        const answer = await agent.get(address);
        expect(answer.status, `${address}: ${answer.text}`).toBeGreaterThanOrEqual(400);
        expect(answer.status, `${address}: ${answer.text}`).toBeLessThan(500);
      }
  });

  test('an address that is longer than HTTP takes is refused', async () => {
    const answer = await anyone.get(`/api/studies/${'a'.repeat(40_000)}`);
    expect(answer.status).toBe(431);
  });

  test.each([
    'site=lohja&site=vihti',
    'site[]=lohja',
    'site=',
    'site=%00',
    'site=LOHJA',
    'page=0',
    'page=-1',
    'page=1.5',
    'page=NaN',
    'page=1e400',
    'page=9007199254740992',
    'size=501',
    'size=abc',
    'status=asleep',
    'status[$ne]=excluded',
    'surprise=1',
    '__proto__=1',
    'constructor=1',
    `find=${'x'.repeat(41)}`,
  ])('the query ?%s is refused', async (query) => {
    const answer = await anyone.get(`${addressOf(listParticipants, { params: place() })}?${query}`);
    expectRefusal(answer, 400);
  });

  test('the last page that can be asked for is empty', async () => {
    for (const endpoint of endpoints.filter(({ id }) =>
      ['participants.list', 'queries.list', 'audit.list', 'randomisation.log'].includes(id),
    )) {
      const answer = await send(anyone, endpoint, {
        params: place(),
        query: { page: Number.MAX_SAFE_INTEGER, size: 500 },
      });
      expect(answer.status, `${endpoint.id}: ${answer.text}`).toBe(200);
    }
  });

  test('a part of a participant ID is looked for as text, not as a pattern', async () => {
    for (const find of ['%', '_', '\\', "'", '*']) {
      const { body } = await send(anyone, listParticipants, { params: place(), query: { find } });
      expect(body.rows, find).toEqual([]);
    }
    const { body } = await send(anyone, listParticipants, { params: place(), query: { find: 'loh-0' } });
    expect(body.rows).toHaveLength(1);
  });
});

describe('methods and headers', () => {
  test('HEAD answers as GET without a body; other methods are not there', async () => {
    const address = addressOf(listParticipants, { params: place() });
    const head = await anyone.head(address);
    expect(head.status).toBe(200);
    expect(head.text ?? '').toBe('');
    for (const method of ['OPTIONS', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE']) {
      const status = await statusOf(method, address);
      expect(status, method).toBeGreaterThanOrEqual(400);
      expect(status, method).toBeLessThan(500);
    }
    expect(await statusOf('MADEUP', address)).toBe(400);
  });

  test('headers that lie about themselves are refused or left alone', async () => {
    for (const [name, value] of [
      ['Cookie', 'equipoise.session_token=%ff'],
      ['Cookie', 'equipoise.session_token=a.b'],
      ['Cookie', '=;;; ='],
      ['Cookie', `equipoise.session_token=${'x'.repeat(5000)}`],
      ['Authorization', 'Bearer anything'],
      ['X-Forwarded-For', "1.2.3.4', --"],
      ['X-Forwarded-Host', 'evil.example'],
    ] as const) {
      const answer = await server.stranger().get('/api/session').set(name, value);
      expectRefusal(answer, 401);
    }
  });

  test('a write from another site’s page is refused, and a read is not', async () => {
    const body = { key: crypto.randomUUID(), on: '2026-11-20', outcome: 'reached' };
    const address = addressOf(logContact, { params: place() });
    for (const from of ['cross-site', 'same-site']) {
      const answer = await anyone.post(address).set('Sec-Fetch-Site', from).send(body);
      expectRefusal(answer, 403);
      const signIn = await server
        .stranger()
        .post('/api/auth/sign-in/email')
        .set('Sec-Fetch-Site', from)
        .send({ email: 'person-1@example.org', password: 'correct horse battery' });
      expectRefusal(signIn, 403);
    }
    const old = await anyone.post(address).set('Origin', 'https://evil.example').send(body);
    expectRefusal(old, 403);
    for (const from of ['same-origin', 'none'])
      expect((await anyone.post(address).set('Sec-Fetch-Site', from).send(body)).status).toBe(200);
    const read = await anyone.get('/api/session').set('Sec-Fetch-Site', 'cross-site');
    expect(read.status).toBe(200);
    expect(read.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('what the API answers is never cached', async () => {
    for (const address of [
      '/api/session',
      '/api/nothing',
      '/api/setup',
      addressOf(readParticipant, { params: place() }),
    ]) {
      const answer = await anyone.get(address);
      expect(answer.headers['cache-control'], address).toBe('no-store');
    }
  });

  function statusOf(method: string, path: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = rawRequest(`${server.url}${path}`, { method }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      request.on('error', reject);
      request.end();
    });
  }
});

test('a bug is logged with what happened and where, and answered without it', async () => {
  const before = server.logLines.length;
  const { db } = server.services;
  server.services.db = {
    ...db,
    get read(): never {
      throw new Error('the cable is out');
    },
  };
  const answer = await anyone.get(addressOf(readParticipant, { params: place() }));
  server.services.db = db;
  expect(answer.status).toBe(500);
  expect(refusal.safeParse(answer.body).success).toBe(true);
  expect(answer.text).not.toContain('cable');
  const line = server.logLines.slice(before).find((one) => one.includes(answer.body.reference))!;
  expect(line).toContain('the cable is out');
  expect(line).toContain('badInput.test.ts');
});
