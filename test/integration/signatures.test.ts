import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveForm } from '../../server/forms/contract.ts';
import { lockData, lockReadiness } from '../../server/locks/contract.ts';
import { listSignatures, participantSignatures, sign } from '../../server/signatures/contract.ts';
import {
  markConsent,
  markVerified,
  readFormVerification,
  readVerification,
} from '../../server/verification/contract.ts';
import { Enrolment, plainAnswers } from '../setup/enrol.ts';
import { type Agent, done, PASSWORD, refused, type TestServer, testServer } from '../setup/http.ts';

const STUDY = 'ipt-depression';
const key = () => crypto.randomUUID();

let server: TestServer;
let enrolment: Enrolment;
let coordinator: Agent;
let investigator: Agent;
let monitor: Agent;

beforeAll(async () => {
  server = await testServer([STUDY]);
  coordinator = await server.as('coordinator');
  investigator = await server.as('investigator');
  monitor = await server.as('monitor');
  enrolment = new Enrolment(server, await server.study(STUDY), coordinator);
});
afterAll(() => server?.close());

const baseline = () => enrolment.document.visits[0]!;
const about = (participant: string, more: Record<string, string> = {}) => ({
  study: STUDY,
  participant,
  ...more,
});
/** Changes one answer of a complete form, with a reason. */
async function change(code: string, instrument: string, version: number, item?: string) {
  const { items } = enrolment.study.instruments.get(instrument)!;
  const choice = items.find((one) => (item ? one.id === item : one.kind === 'choice'))!;
  const values = plainAnswers(enrolment.study.instruments.get(instrument)!);
  if (choice.kind !== 'choice') throw new Error('expected a choice');
  values[choice.id] = { value: choice.options[version % choice.options.length]!.value };
  return done(coordinator, saveForm, {
    params: about(code, { visit: baseline().id, instrument }),
    body: { version, assessedOn: '2026-11-23', values, complete: true, reason: 'Read again' },
  });
}
const formsOf = (version = 1) =>
  baseline().instruments.map((instrument) => ({ visit: baseline().id, instrument, version }));

describe('a signature', () => {
  test('stands under the hashes of the versions, and the next change makes it void with who, when and which', async () => {
    const code = await enrolment.upTo('baseline');
    const body = {
      key: key(),
      visit: baseline().id,
      meaning: 'reviewed',
      forms: formsOf(),
      password: PASSWORD,
    };
    const signed = await done(investigator, sign, { params: about(code), body });
    expect(signed).toMatchObject({
      name: 'Test investigator',
      role: 'investigator',
      void: null,
      intact: true,
      meaning: enrolment.document.signatures!.meanings[0]!.label,
    });
    // The hash by hand, from the row that the database keeps: SHA-256 of its JSON with keys in order (RFC 8785).
    const [form] = signed.forms;
    const row = await server.services.db.read
      .selectFrom('form_version')
      .innerJoin('form', 'form.id', 'form_version.form_id')
      .innerJoin('participant', 'participant.id', 'form.participant_id')
      .selectAll('form_version')
      .where('participant.code', '=', code)
      .where('form.instrument', '=', form!.instrument)
      .executeTakeFirstOrThrow();
    const json = JSON.stringify(row, Object.keys(row).sort());
    expect(form!.hash).toBe(createHash('sha256').update(json).digest('hex'));

    // A retry signs nothing again.
    expect(await done(investigator, sign, { params: about(code), body })).toEqual(signed);
    const instrument = baseline().instruments[0]!;
    server.clock.now = new Date('2026-11-23T10:00:00.000Z');
    await change(code, instrument, 1);
    const { signatures, maySign } = await done(investigator, participantSignatures, { params: about(code) });
    expect(maySign).toBe(true);
    expect(signatures).toMatchObject([
      {
        id: signed.id,
        intact: true,
        void: { at: '2026-11-23T10:00:00.000Z', by: 'Test coordinator', instrument, version: 2 },
      },
    ]);
    const list = await done(investigator, listSignatures, { params: { study: STUDY } });
    expect(list.void.map(({ id }) => id)).toContain(signed.id);
    expect(list.toSign).toContainEqual(
      expect.objectContaining({ participant: code, complete: baseline().instruments.length, signed: 0 }),
    );

    // Signed again, it is off the list; the void one stays on record.
    const again = formsOf().map((one) => (one.instrument === instrument ? { ...one, version: 2 } : one));
    server.clock.now = new Date('2026-11-23T11:00:00.000Z');
    await done(investigator, sign, {
      params: about(code),
      body: { key: key(), meaning: 'responsible', forms: again, password: PASSWORD },
    });
    const after = await done(investigator, listSignatures, { params: { study: STUDY } });
    expect(after.void.map(({ id }) => id)).not.toContain(signed.id);
    expect(after.toSign.map(({ participant }) => participant)).not.toContain(code);
    const kept = await done(investigator, participantSignatures, { params: about(code) });
    expect(kept.signatures.map((one) => one.void === null)).toEqual([true, false]);
  });

  test('isn’t put under a visit whose forms aren’t all complete, nor under a form that is locked', async () => {
    const code = await enrolment.upTo('consented');
    const [first, ...rest] = baseline().instruments;
    const enter = (instrument: string) =>
      done(coordinator, saveForm, {
        params: about(code, { visit: baseline().id, instrument }),
        body: {
          version: 0,
          assessedOn: '2026-11-23',
          values: plainAnswers(enrolment.study.instruments.get(instrument)!),
          complete: true,
        },
      });
    const body = (instruments: readonly string[]) => ({
      key: key(),
      visit: baseline().id,
      meaning: 'reviewed',
      forms: formsOf().filter(({ instrument }) => instruments.includes(instrument)),
      password: PASSWORD,
    });
    await enter(first!);
    const early = await refused(investigator, sign, { params: about(code), body: body([first!]) }, 409);
    expect(early.message).toContain(enrolment.study.instruments.get(rest[0]!)!.short);
    for (const instrument of rest) await enter(instrument);
    const place = { participant: code, visit: baseline().id, instrument: first! };
    await done(await server.as('data-manager'), lockData, {
      params: { study: STUDY },
      body: { key: key(), reason: 'By accident', override: 'None', scope: { level: 'form', ...place } },
    });
    const held = await refused(
      investigator,
      sign,
      { params: about(code), body: body(baseline().instruments) },
      409,
    );
    expect(held.message).toMatch(/is locked by .* \(By accident/);
    const { signatures } = await done(investigator, participantSignatures, { params: about(code) });
    expect(signatures).toEqual([]);
  });

  test('is of what was on the screen: another version, a form too few or an open form signs nothing', async () => {
    const code = await enrolment.upTo('baseline');
    const signing = (forms: object[]) => ({
      params: about(code),
      body: { key: key(), meaning: 'reviewed', forms, password: PASSWORD },
    });
    await refused(investigator, sign, signing(formsOf(2)), 409);
    await refused(investigator, sign, signing(formsOf().slice(1)), 409);
    const open = await enrolment.upTo('consented');
    await done(coordinator, saveForm, {
      params: about(open, { visit: baseline().id, instrument: baseline().instruments[0]! }),
      body: { version: 0, assessedOn: '2026-11-23', values: {} },
    });
    const { message } = await refused(
      investigator,
      sign,
      { ...signing(formsOf().slice(0, 1)), params: about(open) },
      409,
    );
    expect(message).toMatch(/Only complete forms are signed/);
    const { signatures } = await done(investigator, participantSignatures, { params: about(code) });
    expect(signatures).toEqual([]);
  });

  test('needs the password each time; wrong ones are counted and logged, and sign nothing', async () => {
    const code = await enrolment.upTo('baseline');
    const user = await server.account('Careless Investigator');
    await server.join(user, STUDY, 'investigator');
    const agent = await server.signIn(user);
    const signing = (password: string) => ({
      params: about(code),
      body: { key: key(), meaning: 'reviewed', forms: formsOf(), password },
    });
    const wrong = await refused(agent, sign, signing('not my password'), 400);
    expect(wrong.issues).toEqual([{ path: 'password', message: 'Type the password that you sign in with.' }]);
    for (let attempt = 0; attempt < 15; attempt += 1) {
      const answer = await agent
        .post(`/api/studies/${STUDY}/participants/${code}/signatures`)
        .send(signing('no').body);
      if (answer.status === 429) break;
      expect(answer.status).toBe(400);
    }
    await refused(agent, sign, signing(PASSWORD), 429);
    const { signatures } = await done(investigator, participantSignatures, { params: about(code) });
    expect(signatures).toEqual([]);
    const log = await server.services.db.read
      .selectFrom('account_log')
      .select(['action', 'detail'])
      .where('action', '=', 'identity.refused')
      .execute();
    expect(log.length).toBeGreaterThan(1);
  });
});

describe('source verification', () => {
  test('goes stale for the fields that changed and for no other, and is not brought back by changing back', async () => {
    const code = await enrolment.upTo('baseline');
    const [instrument] = baseline().instruments;
    const params = about(code, { visit: baseline().id, instrument: instrument! });
    const marked = await done(monitor, markVerified, {
      params,
      body: { key: key(), version: 1, fields: null },
    });
    expect(new Set(marked.fields.map(({ state }) => state))).toEqual(new Set(['verified']));
    const choice = enrolment.study.instruments.get(instrument!)!.items.find(({ kind }) => kind === 'choice')!;
    await change(code, instrument!, 1, choice.id);
    const stale = (await done(monitor, readFormVerification, { params })).fields.filter(
      ({ state }) => state === 'stale',
    );
    expect(stale.map(({ field }) => field)).toEqual([choice.id]);
    const values = plainAnswers(enrolment.study.instruments.get(instrument!)!);
    await done(coordinator, saveForm, {
      params,
      body: { version: 2, assessedOn: '2026-11-23', values, complete: true, reason: 'Was right before' },
    });
    const back = await done(monitor, readFormVerification, { params });
    expect(back.fields.find(({ field }) => field === choice.id)?.state).toBe('stale');
    await refused(
      monitor,
      markVerified,
      { params, body: { key: key(), version: 2, fields: [choice.id] } },
      409,
    );
    const again = await done(monitor, markVerified, {
      params,
      body: { key: key(), version: 3, fields: [choice.id] },
    });
    expect(again.fields.every(({ state }) => state === 'verified')).toBe(true);
    const taken = await done(monitor, markVerified, {
      params,
      body: { key: key(), version: 3, fields: ['@date'], verified: false },
    });
    expect(taken.fields.find(({ field }) => field === '@date')?.state).toBe('unverified');
  });

  test('is asked for by the plan: everything of the first two of a site, and the lock waits for it', async () => {
    const site = enrolment.document.sites[1]!.id;
    const codes = [
      await enrolment.upTo('randomised', site),
      await enrolment.upTo('randomised', site),
      await enrolment.upTo('randomised', site),
    ];
    const read = async () =>
      (await done(monitor, readVerification, { params: { study: STUDY }, query: { site } })).rows;
    const rows = await read();
    const whole = enrolment.study.instruments.get('hamd17')!.items.length + 1;
    for (const code of codes.slice(0, 2)) {
      expect(rows).toContainEqual(expect.objectContaining({ participant: code, visit: null, due: 1 }));
      expect(rows).toContainEqual(
        expect.objectContaining({ participant: code, instrument: 'hamd17', fields: whole, due: whole }),
      );
    }
    // One item of everyone's, unless the draw asks for more.
    const third = rows.find((row) => row.participant === codes[2] && row.instrument === 'hamd17')!;
    expect([1, whole]).toContain(third.due);
    await done(monitor, markConsent, { params: about(codes[0]!), body: { key: key() } });
    await done(monitor, markVerified, {
      params: about(codes[0]!, { visit: baseline().id, instrument: 'hamd17' }),
      body: { key: key(), version: 1, fields: null },
    });
    const due = (await read()).filter(({ participant, due: open }) => participant === codes[0] && open > 0);
    expect(due).toEqual([]);
    const manager = await server.as('data-manager');
    const ready = async (participant: string) =>
      (await done(manager, lockReadiness, { params: { study: STUDY }, query: { participant } })).checks.find(
        ({ check }) => check === 'unverified',
      )!.count;
    expect(await ready(codes[0]!)).toBe(0);
    expect(await ready(codes[1]!)).toBe(2);
  });
});
