import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, revokeMembership } from '../../server/accounts/contract.ts';
import { listAudit } from '../../server/audit/contract.ts';
import { recordConsent } from '../../server/consent/contract.ts';
import { saveForm } from '../../server/forms/contract.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import {
  confirmEligibility,
  excludeParticipant,
  logContact,
  readHistory,
  recordEvent,
  screenParticipant,
} from '../../server/participants/contract.ts';
import { closeQuery, openQuery, replyToQuery } from '../../server/queries/contract.ts';
import { randomise, revealArm } from '../../server/randomisation/contract.ts';
import { addStudy } from '../../server/studies/add.ts';
import { loadStudy } from '../../server/studies/load.ts';
import { bookVisit, resolveAlert } from '../../server/visits/contract.ts';
import { auditProblems } from '../setup/chain.ts';
import { countRows } from '../setup/count.ts';
import { Enrolment, fittingCriteria, fittingScreening, plainAnswers } from '../setup/enrol.ts';
import { type Agent, done, PASSWORD, refused, type TestServer, testServer } from '../setup/http.ts';

const study = 'ipt-depression';
const day = '2026-11-23';
let server: TestServer;
let coordinator: Agent;
let manager: Agent;
let owner: Agent;
let enrolment: Enrolment;
let code: string;
beforeAll(async () => {
  server = await testServer([study]);
  [coordinator, manager, owner] = await Promise.all([
    server.as('coordinator'),
    server.as('data-manager'),
    server.as('owner'),
  ]);
  enrolment = new Enrolment(server, await server.study(study), coordinator);
});
afterAll(() => server?.close());

const newest = async () => {
  const { rows, total } = await done(owner, listAudit, { params: { study }, query: { size: 1 } });
  return { entry: rows[0]!, total };
};

describe('one deed, one entry', () => {
  /** Does the write, and says which single entry it left. */
  async function entryOf<E extends Endpoint>(agent: Agent, endpoint: E, params: object, body?: unknown) {
    const before = await newest();
    const reply = await done(agent, endpoint, { params: { study, participant: code, ...params }, body });
    const { entry, total } = await newest();
    expect(total, endpoint.id).toBe(before.total + 1);
    expect(entry).toMatchObject({ seq: before.entry.seq + 1, at: server.clock.now.toISOString() });
    const { action, subject, by, role, before: was, after: is, reason } = entry;
    return { reply, entry: { action, subject, by, role, was, is, reason } };
  }
  const key = () => crypto.randomUUID();

  test('through the life of a participant, with the values before and after', async () => {
    const values = fittingScreening(enrolment.document);
    code = 'LOH-0001';
    const screened = await entryOf(
      coordinator,
      screenParticipant,
      {},
      { key: key(), site: 'lohja', screenedOn: day, values },
    );
    const subject = `participant:${code}`;
    const by = { by: 'Test coordinator', role: 'coordinator', reason: null };
    expect(screened.entry).toEqual({
      ...by,
      action: 'participants.screen',
      subject,
      was: null,
      is: { site: 'lohja', screenedOn: day, values },
    });

    const answers = fittingCriteria(enrolment.document);
    const against = { ...answers, bipolar: true };
    const first = await entryOf(coordinator, confirmEligibility, {}, { version: 1, answers: against });
    expect(first.entry).toMatchObject({
      was: { status: 'screening', answers: null },
      is: { status: 'excluded', answers: against },
    });
    const second = await entryOf(coordinator, confirmEligibility, {}, { version: 2, answers });
    expect(second.entry).toMatchObject({
      action: 'participants.eligibility',
      was: { status: 'excluded', answers: against },
      is: { status: 'eligible', answers },
    });

    const consented = await entryOf(
      coordinator,
      recordConsent,
      {},
      { version: 3, consentVersion: '2', signedOn: day },
    );
    expect(consented.entry).toMatchObject({
      action: 'consent.record',
      was: null,
      is: { version: '2', signedOn: day },
    });
    const again = await entryOf(
      coordinator,
      recordConsent,
      {},
      { version: 4, consentVersion: '3', signedOn: day },
    );
    expect(again.entry).toMatchObject({ was: { version: '2', signedOn: day }, is: { version: '3' } });

    const place = { visit: 'baseline', instrument: 'cgi-s' };
    const draft = await entryOf(coordinator, saveForm, place, { version: 0, values: {}, assessedOn: day });
    const form = `form:${code}/baseline/cgi-s`;
    expect(draft.entry).toEqual({
      ...by,
      action: 'forms.save',
      subject: form,
      was: { version: 0, answers: {} },
      is: { version: 1, status: 'started', assessedOn: day, lateReason: null, answers: {} },
    });
    const plain = plainAnswers(enrolment.study.instruments.get('cgi-s')!);
    const [item] = Object.keys(plain) as [string];
    const full = await entryOf(coordinator, saveForm, place, {
      version: 1,
      values: plain,
      assessedOn: day,
      complete: true,
    });
    expect(full.entry).toMatchObject({
      action: 'forms.complete',
      was: {
        version: 1,
        status: 'started',
        answers: Object.fromEntries(Object.keys(plain).map((one) => [one, null])),
      },
      is: { version: 2, status: 'complete', answers: plain },
    });
    const changed = { ...plain, [item]: { missing: 'refused' } };
    const late = {
      version: 2,
      values: changed,
      assessedOn: '2026-11-22',
      lateReason: 'Seen early',
      reason: 'Wrong day',
    };
    const correction = await entryOf(manager, readHistory, {}).catch(() => null);
    expect(correction, 'reading leaves no entry').toBeNull();
    const before = await newest();
    await done(coordinator, saveForm, { params: { study, participant: code, ...place }, body: late });
    const { rows } = await done(owner, listAudit, { params: { study }, query: { size: 2 } });
    expect((await newest()).total, 'the change, and the query that asks about it').toBe(before.total + 2);
    expect(rows[1]).toMatchObject({
      action: 'forms.change',
      reason: 'Wrong day',
      before: { version: 2, assessedOn: day, lateReason: null, answers: { [item]: plain[item] } },
      after: {
        version: 3,
        assessedOn: '2026-11-22',
        lateReason: 'Seen early',
        answers: { [item]: changed[item] },
      },
    });
    expect(rows[0]).toMatchObject({ action: 'queries.open', after: { automatic: true } });

    for (const instrument of ['hamd17', 'sofas', 'background', 'medication'])
      await enrolment.complete(code, 'baseline', instrument);
    const allocated = await entryOf(coordinator, randomise, {}, { key: key(), confirm: code });
    expect(allocated.entry).toMatchObject({
      action: 'randomisation.allocate',
      subject,
      was: { status: 'consented' },
      is: { status: 'randomised', number: 1 },
    });
    const looked = await entryOf(coordinator, revealArm, {});
    expect(looked.entry).toMatchObject({ action: 'randomisation.reveal', subject, was: null, is: null });

    const booked = await entryOf(coordinator, bookVisit, { visit: 'm3' }, { bookedFor: '2027-02-20T10:00' });
    expect(booked.entry).toMatchObject({ was: { bookedFor: null }, is: { bookedFor: '2027-02-20T10:00' } });
    const moved = await entryOf(
      coordinator,
      bookVisit,
      { visit: 'm3' },
      { bookedFor: null, reason: 'Calls back' },
    );
    expect(moved.entry).toMatchObject({ was: { bookedFor: '2027-02-20T10:00' }, is: { bookedFor: null } });
    const call = { on: day, outcome: 'not-reached', note: 'No answer' };
    const called = await entryOf(coordinator, logContact, {}, { key: key(), ...call });
    expect(called.entry).toMatchObject({ action: 'contacts.log', subject, was: null, is: call });

    const { reply: query, entry: asked } = await entryOf(
      manager,
      openQuery,
      {},
      { key: key(), participant: code, visit: 'baseline', text: 'Which day was it?' },
    );
    expect(asked).toMatchObject({
      action: 'queries.open',
      is: { text: 'Which day was it?', automatic: false },
    });
    const thread = { query: query.id };
    const answered = await entryOf(coordinator, replyToQuery, thread, { key: key(), text: 'Sunday' });
    expect(answered.entry).toMatchObject({
      was: { status: 'open' },
      is: { status: 'answered', text: 'Sunday' },
    });
    const closed = await entryOf(manager, closeQuery, thread, { key: key(), version: 2 });
    expect(closed.entry).toMatchObject({
      by: 'Test data-manager',
      was: { status: 'answered' },
      is: { status: 'closed' },
    });

    const left = { event: 'withdrawal', on: day, detail: 'By letter', lossReason: 'moved' };
    const withdrawn = await entryOf(coordinator, recordEvent, {}, { key: key(), ...left });
    expect(withdrawn.entry).toMatchObject({
      action: 'events.record',
      was: { status: 'randomised' },
      is: { status: 'withdrawn', ...left },
    });
  });

  test('of closing, alerts and people', async () => {
    code = await enrolment.upTo('consented');
    const place = { study, participant: code, visit: 'baseline', instrument: 'hamd17' };
    const before = await newest();
    const { alerts } = await done(coordinator, saveForm, {
      params: place,
      body: { version: 0, values: { 3: { value: 4 } } },
    });
    expect((await newest()).total, 'the save, and the alert that it opened').toBe(before.total + 2);
    const what = { done: ['Asked at once'], note: 'Clinician called' };
    const resolved = await entryOf(coordinator, resolveAlert, { alert: alerts[0]!.id }, what);
    expect(resolved.entry).toMatchObject({ action: 'alerts.resolve', is: { item: '3', ...what } });
    const excluded = await entryOf(coordinator, excludeParticipant, {}, { version: 3, reason: 'declined' });
    expect(excluded.entry).toMatchObject({
      was: { status: 'consented' },
      is: { status: 'excluded', reason: 'declined' },
    });
    const person = {
      name: 'New Person',
      email: 'new@example.org',
      role: 'monitor',
      site: 'vihti',
      password: PASSWORD,
    };
    const { reply, entry } = await entryOf(owner, addPerson, {}, person);
    expect(entry).toMatchObject({
      action: 'people.add',
      subject: `person:${reply.id}`,
      is: { role: 'monitor', site: 'vihti' },
    });
    expect((await newest()).entry.subjectName, 'an account goes by its person’s name').toBe('New Person');
    expect(JSON.stringify(entry)).not.toContain(PASSWORD);
    const revoked = await entryOf(owner, revokeMembership, { membership: reply.membership.id });
    expect(revoked.entry).toMatchObject({
      action: 'people.revoke',
      was: { role: 'monitor', site: 'vihti' },
      is: null,
    });
  });

  test('a refusal leaves none', async () => {
    const before = await newest();
    const rows = await countRows(server.services);
    const params = { study, participant: 'LOH-0001' };
    await refused(coordinator, randomise, { params, body: { key: key(), confirm: 'LOH-0001' } }, 409);
    await refused(coordinator, confirmEligibility, { params, body: { version: 1, answers: {} } }, 400);
    await refused(await server.as('assessor'), revealArm, { params }, 403);
    expect((await newest()).total).toBeGreaterThanOrEqual(before.total);
    expect((await countRows(server.services)).audit - rows.audit, 'only the assessor’s sign-in').toBe(1);
  });
});

describe('the trail as a whole', () => {
  test('every hash can be recomputed and follows the one before', async () => {
    expect(await auditProblems(server.services, study)).toEqual([]);
  });

  test('text of any script, and what JSON escapes, hash as they are stored', async () => {
    const other = await enrolment.upTo('screening');
    const note = 'Äiti 👩🏽‍⚕️ “x” \\ \u2028 \u007f \u0001 é é';
    const body = { key: crypto.randomUUID(), on: day, outcome: 'other', note };
    await done(coordinator, logContact, { params: { study, participant: other }, body });
    expect((await newest()).entry.after).toMatchObject({ note });
    expect(await auditProblems(server.services, study)).toEqual([]);
  });

  test('many writers at once leave one chain without gaps', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => enrolment.screen('vihti')));
    expect(new Set(people).size).toBe(12);
    expect(await auditProblems(server.services, study)).toEqual([]);
  });

  test('each study has a chain of its own', async () => {
    await addStudy(
      server.services,
      await loadStudy('data/studies/example-drug-trial.yaml', ['data/instruments']),
    );
    expect(await auditProblems(server.services, 'example-drug-trial')).toEqual([]);
    expect(await auditProblems(server.services, study)).toEqual([]);
  });

  test('the database itself refuses to change or remove an entry, an allocation or a version', async () => {
    const { db } = server.services;
    for (const table of ['audit', 'allocation', 'form_version', 'randomisation_design']) {
      const rows = sql.table(table);
      const column = table === 'form_version' ? 'answers' : table === 'audit' ? 'reason' : 'study_id';
      await expect(
        db.writer.executeQuery(sql`delete from ${rows}`.compile(db.writer)),
        table,
      ).rejects.toThrow();
      await expect(
        db.writer.executeQuery(sql`update ${rows} set ${sql.ref(column)} = 'x'`.compile(db.writer)),
        table,
      ).rejects.toThrow();
    }
    expect(await auditProblems(server.services, study)).toEqual([]);
  });

  test('no entry holds an arm, in any field', async () => {
    const rows = await server.services.db.read
      .selectFrom('audit')
      .selectAll()
      .where('study_id', '=', study)
      .execute();
    const text = JSON.stringify(rows);
    expect(rows.some(({ action }) => action === 'randomisation.allocate')).toBe(true);
    for (const { id, short, name } of enrolment.document.arms)
      for (const word of [id, short, name])
        expect(text).not.toMatch(new RegExp(`(?<![\\w-])${word}(?![\\w-])`));
  });

  test('it is listed newest first, by pages, by subject, by its beginning and by action', async () => {
    const list = (query: object) => done(owner, listAudit, { params: { study }, query: { ...query } });
    const all = await list({ size: 500 });
    expect(all.rows).toHaveLength(all.total);
    expect(all.rows.map(({ seq }) => seq)).toEqual(
      Array.from({ length: all.total }, (_, n) => all.total - n),
    );
    const pages = [await list({ size: 7, page: 1 }), await list({ size: 7, page: 2 })];
    expect(pages.flatMap(({ rows }) => rows)).toEqual(all.rows.slice(0, 14));
    const subjects = (rows: { subject: string }[]) => [...new Set(rows.map(({ subject }) => subject))];
    expect(subjects((await list({ subject: 'participant:LOH-0001' })).rows)).toEqual([
      'participant:LOH-0001',
    ]);
    const forms = subjects((await list({ subject: 'form:LOH-0001/*' })).rows);
    expect(forms.length).toBe(5);
    expect(forms.every((subject) => subject.startsWith('form:LOH-0001/'))).toBe(true);
    expect((await list({ subject: '%*' })).rows).toHaveLength(0);
    expect((await list({ action: 'queries.close' })).rows).toHaveLength(1);
    expect((await list({ action: 'nothing' })).total).toBe(0);
  });

  test('someone with one site sees that site’s participants only', async () => {
    const near = await server.as('monitor', { study, site: 'vihti' });
    const { rows } = await done(near, listAudit, { params: { study }, query: { size: 500 } });
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify(rows)).not.toContain('LOH-');
    expect([...new Set(rows.map(({ subject }) => subject.split(/[:-]/)[0]))].sort()).toEqual([
      'participant',
      'study',
    ]);
  });
});
