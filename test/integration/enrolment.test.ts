import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordConsent } from '../../server/consent/contract.ts';
import { saveForm } from '../../server/forms/contract.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import {
  confirmEligibility,
  excludeParticipant,
  listParticipants,
  readHistory,
  readParticipant,
  recordEvent,
  screenParticipant,
} from '../../server/participants/contract.ts';
import { checkReadiness, correctStratum, randomise } from '../../server/randomisation/contract.ts';
import { addDuration } from '../../server/studies/rules.ts';
import { addDays } from '../../server/visits/days.rules.ts';
import { today } from '../../server/visits/today.ts';
import { countRows, grown } from '../setup/count.ts';
import { Enrolment, fittingCriteria, fittingScreening, plainAnswers } from '../setup/enrol.ts';
import {
  type Agent,
  BOTH_STUDIES,
  done,
  refused,
  type Sent,
  type TestServer,
  testServer,
} from '../setup/http.ts';

let server: TestServer;
let coordinator: Agent;
const start = new Date('2026-11-23T09:00:00.000Z');
beforeAll(async () => {
  server = await testServer(BOTH_STUDIES);
  coordinator = await server.as('coordinator');
});
beforeEach(() => {
  server.clock.now = start;
});
afterAll(() => server?.close());

describe.each(BOTH_STUDIES)('%s', (id) => {
  let enrolment: Enrolment;
  beforeAll(async () => {
    enrolment = new Enrolment(server, await server.study(id), coordinator);
  });

  /** The step is refused with the status and leaves every table as it was. */
  async function leavesAll(endpoint: Endpoint, sent: Sent, status: number): Promise<string> {
    const before = await countRows(server.services);
    const { message } = await refused(coordinator, endpoint, sent, status);
    expect(grown(before, await countRows(server.services))).toEqual({});
    return message;
  }

  const steps = {
    judge: (code: string, version: number) =>
      [confirmEligibility, sent(code, { version, answers: fittingCriteria(enrolment.document) })] as const,
    consent: (code: string, version: number) =>
      [
        recordConsent,
        sent(code, {
          version,
          consentVersion: enrolment.document.consent.versions.at(-1)!.version,
          signedOn: today(server.services),
        }),
      ] as const,
    randomise: (code: string) =>
      [randomise, sent(code, { key: crypto.randomUUID(), confirm: code })] as const,
    enter: (code: string, visit: string) => {
      const { instruments } = enrolment.document.visits.find((one) => one.id === visit)!;
      const body = { version: 0, values: plainAnswers(enrolment.study.instruments.get(instruments[0]!)!) };
      return [
        saveForm,
        { params: enrolment.params(code, { visit, instrument: instruments[0]! }), body },
      ] as const;
    },
    event: (code: string) =>
      [
        recordEvent,
        sent(code, {
          key: crypto.randomUUID(),
          event: enrolment.document.events[0]!.id,
          on: today(server.services),
        }),
      ] as const,
    exclude: (code: string, version: number) =>
      [
        excludeParticipant,
        sent(code, { version, reason: enrolment.document.screening.exclusionReasons[0]!.id }),
      ] as const,
  };
  const sent = (participant: string, body: unknown): Sent => ({
    params: enrolment.params(participant),
    body,
  });
  const followUp = () => enrolment.document.visits.find((visit) => !visit.baseline)!.id;

  test('a participant goes from screening to completed, and each step shows', async () => {
    const { document } = enrolment;
    const site = document.sites.at(-1)!;
    const code = await enrolment.screen(site.id);
    expect(code).toMatch(new RegExp(`^${site.code}-\\d{4}$`));
    const view = () => done(coordinator, readParticipant, { params: enrolment.params(code) });
    expect(await view()).toMatchObject({ status: 'screening', version: 1, site: site.id, randomised: null });
    expect(await enrolment.judge(code)).toEqual({ status: 'eligible', version: 2 });
    expect(await enrolment.consent(code)).toEqual({ status: 'consented', version: 3 });
    const early = await done(coordinator, checkReadiness, { params: enrolment.params(code) });
    expect(early.ready).toBe(false);
    expect(early.checks.filter(({ met }) => !met).map((check) => check.id)).toEqual(['baseline']);
    await enrolment.completeVisit(code, enrolment.baseline);
    const ready = await done(coordinator, checkReadiness, { params: enrolment.params(code) });
    expect(ready.ready).toBe(true);
    expect(ready.designHash).toMatch(/^[0-9a-f]{64}$/);
    await enrolment.randomise(code);
    const randomised = await view();
    expect(randomised).toMatchObject({ status: 'randomised', randomised: { at: start.toISOString() } });
    expect(randomised.visits[0]).toMatchObject({ state: 'done', seenOn: '2026-11-23' });
    for (const visit of document.visits.filter((one) => !one.baseline)) {
      server.clock.now = new Date(`${addDuration('2026-11-23', visit.target)}T09:00:00.000Z`);
      await enrolment.completeVisit(code, visit.id);
      const shown = (await view()).visits.find((one) => one.visit === visit.id)!;
      expect(shown).toMatchObject({ state: 'done', formsDone: visit.instruments.length });
      expect(shown.target).toBe(shown.seenOn);
    }
    expect((await view()).status).toBe('completed');
    const { rows } = await done(coordinator, listParticipants, {
      params: enrolment.params(),
      query: { status: 'completed' },
    });
    expect(rows.map((row) => row.code)).toContain(code);
    const { entries } = await done(coordinator, readHistory, { params: enrolment.params(code) });
    const forms = document.visits.flatMap((visit) => visit.instruments).length;
    expect(entries.map((entry) => entry.action).reverse()).toEqual([
      'participants.screen',
      'participants.eligibility',
      'consent.record',
      ...Array(document.visits[0]!.instruments.length).fill('forms.complete'),
      'randomisation.allocate',
      ...Array(forms - document.visits[0]!.instruments.length).fill('forms.complete'),
      'participants.complete',
    ]);
    for (const { summary, action } of entries) expect(summary, action).not.toContain('.');
  });

  test('someone who is only screened can do nothing that comes later', async () => {
    const code = await enrolment.upTo('screening');
    await leavesAll(...steps.consent(code, 1), 409);
    await leavesAll(...steps.enter(code, enrolment.baseline), 409);
    await leavesAll(...steps.enter(code, followUp()), 409);
    expect(await leavesAll(...steps.randomise(code), 409)).toContain('Nothing was drawn');
    await leavesAll(...steps.event(code), 409);
  });

  test('someone eligible can’t be randomised or have forms before the consent', async () => {
    const code = await enrolment.upTo('eligible');
    await leavesAll(...steps.enter(code, enrolment.baseline), 409);
    await leavesAll(...steps.randomise(code), 409);
    await leavesAll(...steps.event(code), 409);
  });

  test('someone who consented can’t be randomised before each baseline form is complete', async () => {
    const code = await enrolment.upTo('consented');
    const { instruments } = enrolment.document.visits[0]!;
    for (const instrument of instruments.slice(1))
      await enrolment.complete(code, enrolment.baseline, instrument);
    const [form, first] = steps.enter(code, enrolment.baseline);
    await done(coordinator, form, first);
    expect(await leavesAll(...steps.randomise(code), 409)).toContain(
      `${instruments.length - 1} of ${instruments.length}`,
    );
    await leavesAll(...steps.enter(code, followUp()), 409);
    await leavesAll(...steps.judge(code, 3), 409);
    await leavesAll(...steps.event(code), 409);
  });

  test('someone randomised can’t go back', async () => {
    const code = await enrolment.upTo('randomised');
    const version = await enrolment.version(code);
    await leavesAll(...steps.judge(code, version), 409);
    await leavesAll(...steps.consent(code, version), 409);
    await leavesAll(...steps.exclude(code, version), 409);
    await leavesAll(...steps.randomise(code), 409);
  });

  test('a criterion that speaks against excludes, and nothing follows but another judgement', async () => {
    const code = await enrolment.upTo('screening');
    const against = enrolment.document.eligibility.find(({ kind, field }) => kind === 'exclusion' && !field)!;
    const answers = { ...fittingCriteria(enrolment.document), [against.id]: true };
    expect(await enrolment.judge(code, answers)).toEqual({ status: 'excluded', version: 2 });
    await leavesAll(...steps.consent(code, 2), 409);
    await leavesAll(...steps.enter(code, enrolment.baseline), 409);
    await leavesAll(...steps.randomise(code), 409);
    await leavesAll(...steps.exclude(code, 2), 409);
    expect(await enrolment.judge(code)).toEqual({ status: 'eligible', version: 3 });
  });

  test('a person who is closed as not enrolled stays so', async () => {
    const code = await enrolment.upTo('consented');
    await done(coordinator, ...steps.exclude(code, 3));
    await leavesAll(...steps.enter(code, enrolment.baseline), 409);
    await leavesAll(...steps.randomise(code), 409);
    await leavesAll(...steps.consent(code, 4), 409);
    const { rows } = await done(coordinator, listParticipants, {
      params: enrolment.params(),
      query: { find: code },
    });
    expect(rows).toMatchObject([{ status: 'excluded', nextVisit: null }]);
  });

  test('each criterion is answered, and not against what was said at screening', async () => {
    const settled = enrolment.document.eligibility.find(({ field, from }) => field && from !== undefined)!;
    const values = { ...fittingScreening(enrolment.document), [settled.field!]: settled.from! - 1 };
    const code = await enrolment.screen(enrolment.document.sites[0]!.id, values);
    const all = fittingCriteria(enrolment.document);
    const { [settled.id]: _, ...some } = all;
    await leavesAll(confirmEligibility, sent(code, { version: 1, answers: some }), 400);
    await leavesAll(confirmEligibility, sent(code, { version: 1, answers: { ...all, invented: true } }), 400);
    const message = await leavesAll(confirmEligibility, sent(code, { version: 1, answers: all }), 400);
    expect(message).toContain('screening');
    const truthful = { version: 1, answers: { ...all, [settled.id]: false } };
    expect(await done(coordinator, confirmEligibility, sent(code, truthful))).toMatchObject({
      status: 'excluded',
    });
  });

  test('a screening answer that is put right before randomisation is held against the criteria', async () => {
    const code = await enrolment.upTo('baseline');
    const settled = enrolment.document.eligibility.find(({ field, from }) => field && from !== undefined)!;
    const values = { ...fittingScreening(enrolment.document), [settled.field!]: settled.from! - 1 };
    const body = { version: await enrolment.version(code), values, reason: 'Misread the letter' };
    await done(coordinator, correctStratum, { params: enrolment.params(code), body });
    const { ready, checks } = await done(coordinator, checkReadiness, { params: enrolment.params(code) });
    expect(ready).toBe(false);
    expect(checks.find((check) => check.id === 'eligibility')).toMatchObject({ met: false });
    await leavesAll(...steps.randomise(code), 409);
  });

  test('screening takes the protocol’s fields and sites only', async () => {
    const values = fittingScreening(enrolment.document);
    const site = enrolment.document.sites[0]!.id;
    const [first, ...rest] = Object.entries(values);
    const day = today(server.services);
    const body = { key: crypto.randomUUID(), site, screenedOn: day, values };
    for (const wrong of [
      { ...body, site: 'nowhere' },
      { ...body, values: Object.fromEntries(rest) },
      { ...body, values: { ...values, [first![0]]: 'invented' } },
      { ...body, values: { ...values, invented: 1 } },
      { ...body, screenedOn: addDays(day, 1) },
    ])
      await leavesAll(screenParticipant, { params: enrolment.params(), body: wrong }, 400);
  });

  test('consent names a version of the form that was approved by then, on a day that has come', async () => {
    const code = await enrolment.upTo('eligible');
    const { version, approved } = enrolment.document.consent.versions.at(-1)!;
    const day = today(server.services);
    const body = { version: 2, consentVersion: version, signedOn: day };
    await leavesAll(recordConsent, sent(code, { ...body, consentVersion: 'draft' }), 400);
    await leavesAll(recordConsent, sent(code, { ...body, signedOn: addDays(day, 1) }), 400);
    await leavesAll(recordConsent, sent(code, { ...body, signedOn: addDays(approved, -1) }), 400);
    await leavesAll(recordConsent, sent(code, { ...body, signedOn: addDays(day, -1) }), 400);
    await leavesAll(recordConsent, sent(code, { ...body, version: 1 }), 409);
  });

  test('randomising needs the participant’s own ID typed', async () => {
    const code = await enrolment.upTo('baseline');
    const body = {
      key: crypto.randomUUID(),
      confirm: code.replace(/\d$/, (digit) => String(9 - Number(digit))),
    };
    const message = await leavesAll(randomise, sent(code, body), 400);
    expect(message).toContain('Nobody was randomised');
  });

  test('a change on an older state is refused with the current one', async () => {
    const code = await enrolment.upTo('screening');
    const { current } = await refused(coordinator, ...steps.judge(code, 7), 409);
    expect(current).toEqual({ version: 1, status: 'screening' });
    const both = await Promise.all([1, 1].map((version) => enrolmentJudge(code, version)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  const enrolmentJudge = async (code: string, version: number) => {
    const { params, body } = steps.judge(code, version)[1];
    return coordinator
      .put(`/api/studies/${params!.study}/participants/${code}/eligibility`)
      .send(body as object);
  };

  test('a withdrawal has a reason of the protocol, comes after randomisation, and ends the follow-up', async () => {
    const code = await enrolment.upTo('randomised');
    const withdrawal = enrolment.document.events.find(({ kind }) => kind === 'withdrawal')!;
    const other = enrolment.document.events.find(({ kind }) => kind === 'intercurrent')!;
    const lossReason = enrolment.document.lossReasons[0]!.id;
    const day = today(server.services);
    const body = { key: crypto.randomUUID(), event: withdrawal.id, on: day, lossReason };
    await leavesAll(recordEvent, sent(code, { ...body, lossReason: undefined }), 400);
    await leavesAll(recordEvent, sent(code, { ...body, lossReason: 'invented' }), 400);
    await leavesAll(recordEvent, sent(code, { ...body, event: 'invented' }), 400);
    await leavesAll(recordEvent, sent(code, { ...body, event: other.id }), 400);
    await leavesAll(recordEvent, sent(code, { ...body, on: addDays(day, 1) }), 400);
    await leavesAll(recordEvent, sent(code, { ...body, on: addDays(day, -1) }), 400);
    await done(coordinator, recordEvent, sent(code, body));
    const view = await done(coordinator, readParticipant, { params: enrolment.params(code) });
    expect(view.status).toBe('withdrawn');
    expect(view.visits.filter((visit) => !visit.baseline).map(({ state }) => state)).toEqual(
      enrolment.document.visits.filter((visit) => !visit.baseline).map(() => 'stopped'),
    );
  });
});
