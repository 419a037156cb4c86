import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessTable } from '../../server/access/table.ts';
import { endpoints } from '../../server/api.ts';
import { addDeviation } from '../../server/deviations/contract.ts';
import { saveForm } from '../../server/forms/contract.ts';
import { addHarm } from '../../server/harms/contract.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import {
  freezeData,
  listHolds,
  lockData,
  lockReadiness,
  lockStudy,
  participantHolds,
  unfreezeData,
  unlockData,
} from '../../server/locks/contract.ts';
import { addMedication } from '../../server/medication/contract.ts';
import { readParticipant, recordEvent } from '../../server/participants/contract.ts';
import { listQueries, openQuery, replyToQuery } from '../../server/queries/contract.ts';
import { type RoleName, roleName } from '../../server/studies/document.ts';
import { auditProblems } from '../setup/chain.ts';
import { Enrolment, fittingCriteria, fittingScreening, plainAnswers } from '../setup/enrol.ts';
import { type Agent, done, refused, send, type TestServer, testServer } from '../setup/http.ts';
import { sampleOf } from '../setup/sample.ts';

const STUDY = 'ipt-depression';
const key = () => crypto.randomUUID();

let server: TestServer;
let enrolment: Enrolment;
const agents = {} as Record<RoleName, Agent>;

beforeAll(async () => {
  server = await testServer([STUDY]);
  for (const role of roleName.options) agents[role] = await server.as(role);
  enrolment = new Enrolment(server, await server.study(STUDY), agents.coordinator);
});
afterAll(() => server?.close());

const params = { study: STUDY };
const reason = 'Every form was checked';
const override = 'The sponsor asked for it';
const lockParticipant = (participant: string) =>
  done(agents['data-manager'], lockData, {
    params,
    body: { key: key(), scope: { level: 'participant', participant }, reason, override },
  });
const audits = async () => (await server.services.db.read.selectFrom('audit').select('seq').execute()).length;

/** Writes that a lock doesn't refuse, and why. */
const exceptions: Record<string, string> = {
  'unblinding.request': 'an emergency doesn’t wait for a lock, and changes no data',
  'unblinding.open': 'the same',
  'forms.upload': 'it asks the same function; a file needs an item that takes one, which this study has not',
  'randomisation.reveal': 'it reads the arm and logs that it was read',
  'randomisation.emergency-list': 'it prints envelopes of no participant',
  'randomisation.beacon': 'it belongs to the allocation list, not to a participant',
  'randomisation.reveal-secret': 'it belongs to the allocation list; trials reveal it after the lock',
};
const sameCode = 'it goes through `appendVersion` as harms.correct does';
/** Of rows that take a therapist and a session to make. */
const through: Record<string, string> = {
  'sessions.correct': sameCode,
  'sessions.strike': sameCode,
  'fidelity.correct': sameCode,
  'fidelity.strike': sameCode,
  'fidelity.add': 'it is of a site',
};
/** Families of endpoints that write no data of the trial; who somebody is can be put right and erased after a lock. */
const apart = [
  'accounts',
  'auth',
  'session',
  'setup',
  'people',
  'studies',
  'locks',
  'identity',
  'audit',
  'analyses',
  'board',
  'calendars',
];

const isWrite = ({ method, access, id }: Endpoint): boolean =>
  method !== 'get' &&
  access !== 'public' &&
  access !== 'signed-in' &&
  !apart.includes(id.split('.')[0]!) &&
  !(id in exceptions) &&
  !(id in through);

describe('a locked participant', () => {
  let code: string;
  let known: Record<string, unknown>;
  let ids: Record<string, string>;
  let paths: (endpoint: string) => string | undefined;
  let own: Record<string, Record<string, unknown>>;

  beforeAll(async () => {
    const { document, study } = enrolment;
    code = await enrolment.upTo('randomised');
    const visit = document.visits[0]!;
    const [safety] = [...study.instruments.values()].filter((one) => one.safety.length > 0);
    const late = document.visits[1]!;
    const rule = safety!.safety[0]!;
    const { alerts } = await done(agents.coordinator, saveForm, {
      params: { ...params, participant: code, visit: late.id, instrument: safety!.id },
      body: { version: 0, values: { [rule.item]: { value: rule.atLeast } } },
    });
    const query = await done(agents['data-manager'], openQuery, {
      params,
      body: { key: key(), participant: code, text: 'Is this right?' },
    });
    const day = '2026-11-23';
    const harm = {
      term: 'Overdose',
      onset: day,
      end: null,
      ongoing: true,
      serious: ['hospitalisation'],
      awareAt: '2026-11-23T09:00:00.000Z',
      severity: 4,
      relatedness: 'unlikely',
      expectedness: 'not-judged',
      action: 'none',
      outcome: 'not-recovered',
    };
    const deviation = { category: 'other', severity: 'minor', on: day, description: 'A form was left' };
    const medication = {
      drug: 'Paracetamol',
      dose: 500,
      unit: 'mg',
      frequency: 'As needed',
      indication: 'Headache',
      start: '2026',
      end: null,
      ongoing: true,
      event: null,
    };
    const mine = { params: { ...params, participant: code } };
    const { site } = (await done(agents.coordinator, readParticipant, mine)) as { site: string };
    const recorded = async (add: Endpoint, body: object): Promise<string> => {
      const reply = await send(agents.coordinator, add, { ...mine, body: { key: key(), ...body } });
      return (reply.body as { id: string }).id;
    };
    const occurred = document.events.find(({ kind }) => kind === 'intercurrent')!.id;
    const records = {
      harms: await recorded(addHarm, { content: harm }),
      medication: await recorded(addMedication, { content: medication }),
      deviations: await recorded(addDeviation, { site, participant: code, content: deviation }),
      events: await recorded(recordEvent, { event: occurred, on: day }),
    };
    paths = (id) => records[id.split('.')[0] as keyof typeof records];
    ids = {
      study: STUDY,
      participant: code,
      visit: visit.id,
      instrument: visit.instruments[0]!,
      query: query.id,
      alert: alerts[0]!.id,
    };
    known = {
      participant: code,
      confirm: code,
      site: document.sites[0]!.id,
      visit: visit.id,
      instrument: visit.instruments[0]!,
      event: document.events[0]!.id,
    };
    own = {
      'harms.add': { content: harm },
      'harms.correct': { content: { ...harm, severity: 3 } },
      'deviations.add': { content: deviation },
      'deviations.correct': { content: { ...deviation, severity: 'major' } },
      'medication.add': { content: medication },
      'medication.correct': { content: { ...medication, dose: 20 } },
      'events.correct': { on: day, until: null, detail: 'Corrected' },
      'events.follow-up': {
        number: 0,
        on: day,
        stops: ['treatment'],
        askedBy: 'participant',
        reason: document.lossReasons[0]!.id,
        detail: '',
      },
      'sessions.record': {
        on: day,
        minutes: 50,
        therapist: 'unknown',
        group: null,
        participants: [{ participant: code, number: 1, attended: true }],
      },
      'participants.eligibility': { answers: fittingCriteria(document) },
      'participants.exclude': { reason: document.screening.exclusionReasons[0]!.id },
      'consent.record': {
        consentVersion: document.consent.versions.at(-1)!.version,
        signedOn: '2026-11-23',
      },
      'randomisation.correct': { values: fittingScreening(document) },
      'randomisation.envelope': { openedAt: '2026-11-22T09:00:00.000Z', code: 'AAAAAAAAAA' },
      'groups.join': { group: 'any' },
      'groups.add': { arm: document.arms.find(({ group }) => group)!.id, seats: 4 },
      'queries.bulk': { queries: [{ id: query.id, version: query.version }] },
      'verification.mark': { fields: null },
      'visits.unscheduled': { instruments: [visit.instruments[0]!] },
      'visits.book': { bookedFor: '2026-11-23T10:00' },
      'signatures.sign': {
        meaning: 'reviewed',
        forms: [{ visit: visit.id, instrument: visit.instruments[0]!, version: 1 }],
        password: 'correct horse battery',
      },
    };
    await lockParticipant(code);
  });

  test('refuses every write of its data that the server has, whoever asks, and writes nothing', async () => {
    const sites = ['participants.screen', 'groups.add', 'groups.add-therapist'];
    const writes = endpoints.filter((one) => isWrite(one) && !sites.includes(one.id));
    expect(writes.length).toBeGreaterThan(15);
    const before = await audits();
    const missed: string[] = [];
    for (const endpoint of writes) {
      if (endpoint.id === 'imports.run') continue;
      const answer = await ask(endpoint);
      if (answer.status !== 409 || !/is locked by Test data-manager since/.test(answer.body.message))
        missed.push(`${endpoint.id}: ${answer.status} ${answer.text}`);
    }
    expect(missed).toEqual([]);
    // Signing says first who it is; that much stands in the account log, and nothing in the study’s trail.
    expect(await audits()).toBe(before);
  });

  test('refuses a row of an import', async () => {
    const last = enrolment.document.visits.at(-1)!;
    const [instrument] = last.instruments;
    const item = enrolment.study.instruments.get(instrument!)!.items[0]!;
    const endpoint = endpoints.find(({ id }) => id === 'imports.run')!;
    const place = { visit: last.id, instrument: instrument! };
    const mapping = {
      participant: { column: 'id' },
      answers: [{ column: 'first', ...place, item: item.id }],
      assessedOn: [{ column: 'day', ...place }],
    };
    const answer = await send(agents['data-manager'], endpoint, {
      params,
      body: { key: key(), csv: `id,day,first\n${code},2026-11-20,1\n`, mapping, dryRun: false },
    });
    expect(answer.body.refused?.[0]?.why ?? answer.text).toMatch(/is locked by/);
  });

  test('is unlocked by the owner, with a reason, and can be written to again', async () => {
    const { holds } = await done(agents.coordinator, participantHolds, {
      params: { ...params, participant: code },
    });
    expect(holds).toMatchObject([{ kind: 'locked', label: code, lifted: null }]);
    await refused(
      agents['data-manager'],
      unlockData,
      { params: { ...params, hold: holds[0]!.id }, body: { reason } },
      403,
    );
    const lifted = await done(agents.owner, unlockData, {
      params: { ...params, hold: holds[0]!.id },
      body: { reason: 'A form was missing' },
    });
    expect(lifted.lifted?.reason).toBe('A form was missing');
    await refused(
      agents.owner,
      unlockData,
      { params: { ...params, hold: holds[0]!.id }, body: { reason } },
      409,
    );
    const log = endpoints.find(({ id }) => id === 'contacts.log')!;
    expect((await ask(log)).status).toBe(200);
    expect(await auditProblems(server.services, STUDY)).toEqual([]);
  });

  function ask(endpoint: Endpoint) {
    const [role] = accessTable[endpoint.access as keyof typeof accessTable];
    return send(agents[role!], endpoint, {
      params: { ...ids, record: paths(endpoint.id) ?? 'none', event: paths(endpoint.id) ?? 'none' },
      body: endpoint.body
        ? { ...(sampleOf(endpoint.body, known) as object), ...own[endpoint.id] }
        : undefined,
    });
  }
});

describe('a site', () => {
  test('that is locked takes nobody new and no group', async () => {
    const site = enrolment.document.sites[1]!.id;
    const code = await enrolment.upTo('consented', site);
    const body = { key: key(), scope: { level: 'site', site }, reason };
    const { message } = await refused(agents['data-manager'], lockData, { params, body }, 409);
    expect(message).toMatch(/isn’t ready to be locked: people still being enrolled \(1\)/);
    const hold = await done(agents['data-manager'], lockData, {
      params,
      body: { ...body, key: key(), override },
    });
    expect(hold.leftOpen).toContainEqual({ label: 'People still being enrolled', count: 1 });
    const { document } = enrolment;
    const arm = document.arms.find(({ group }) => group)!.id;
    const asked: Record<string, object> = {
      'participants.screen': { site, screenedOn: '2026-11-23', values: fittingScreening(document) },
      'groups.add': { site, arm, name: 'Tuesdays', startsOn: '2026-11-23', seats: 4 },
      'groups.add-therapist': { site, name: 'A therapist' },
      'contacts.log': { on: '2026-11-23', outcome: 'reached' },
    };
    for (const [id, more] of Object.entries(asked)) {
      const endpoint = endpoints.find((one) => one.id === id)!;
      const sent = { params: { ...params, participant: code }, body: { key: key(), ...more } };
      const answer = await refused(agents.coordinator, endpoint, sent, 409);
      expect(answer.message, id).toMatch(/is locked by/);
    }
    // The other site goes on.
    await enrolment.upTo('screening', document.sites[0]!.id);
  });
});

describe('a form and a visit', () => {
  test('are locked without what stands beside them', async () => {
    const code = await enrolment.upTo('consented');
    const [visit] = enrolment.document.visits;
    const [first, second] = visit!.instruments;
    await enrolment.complete(code, visit!.id, first!);
    const scope = { level: 'form', participant: code, visit: visit!.id, instrument: first! };
    const body = { key: key(), scope, reason, override };
    await done(agents['data-manager'], lockData, { params, body });
    const save = (instrument: string, version: number) =>
      send(agents.coordinator, saveForm, {
        params: { ...params, participant: code, visit: visit!.id, instrument },
        body: {
          version,
          assessedOn: '2026-11-23',
          values: plainAnswers(enrolment.study.instruments.get(instrument)!),
          complete: true,
          reason: 'Read again',
        },
      });
    expect((await save(first!, 1)).body.message).toMatch(/is locked by/);
    expect((await save(second!, 0)).status).toBe(200);
    const whole = { key: key(), scope: { level: 'visit', participant: code, visit: visit!.id }, reason };
    await done(agents['data-manager'], lockData, { params, body: { ...whole, override } });
    expect((await save(second!, 1)).status).toBe(409);
    // What is of the participant and not of the visit stays open.
    const log = endpoints.find(({ id }) => id === 'contacts.log')!;
    await done(agents.coordinator, log, {
      params: { ...params, participant: code },
      body: { key: key(), on: '2026-11-23', outcome: 'reached' },
    });
  });
});

describe('frozen data', () => {
  test('can’t be changed while queries are answered, until a data manager unfreezes them', async () => {
    const code = await enrolment.upTo('consented');
    const [visit] = enrolment.document.visits;
    const scope = { level: 'participant', participant: code };
    const freezing = { params, body: { key: key(), scope, reason: 'Before the interim look' } };
    const hold = await done(agents['data-manager'], freezeData, freezing);
    expect(await done(agents['data-manager'], freezeData, freezing)).toEqual(hold);
    const saving = {
      params: { ...params, participant: code, visit: visit!.id, instrument: visit!.instruments[0]! },
      body: { version: 0, assessedOn: '2026-11-23', values: {} },
    };
    const { message } = await refused(agents.coordinator, saveForm, saving, 409);
    expect(message).toMatch(/is frozen by .* queries can still be answered/);
    const query = await done(agents.monitor, openQuery, {
      params,
      body: { key: key(), participant: code, text: 'Is this right?' },
    });
    await done(agents.coordinator, replyToQuery, {
      params: { ...params, query: query.id },
      body: { key: key(), text: 'It is' },
    });
    await refused(
      agents['data-manager'],
      freezeData,
      { params, body: { key: key(), scope, reason: 'Again' } },
      409,
    );
    await done(agents['data-manager'], unfreezeData, {
      params: { ...params, hold: hold.id },
      body: { reason: 'The look was put off' },
    });
    await done(agents.coordinator, saveForm, saving);
  });
});

describe('the study', () => {
  test('is locked by the owner; its readiness counts what is open, by site and by participant', async () => {
    const whole = await done(agents.owner, lockReadiness, { params });
    const counts = Object.fromEntries(whole.checks.map(({ check, count }) => [check, count]));
    const parts = await Promise.all(
      enrolment.document.sites.map(({ id }) =>
        done(agents.owner, lockReadiness, { params, query: { site: id } }),
      ),
    );
    for (const { check, count } of whole.checks)
      expect(
        parts.reduce((sum, part) => sum + part.checks.find((one) => one.check === check)!.count, 0),
        check,
      ).toBe(count);
    const { rows } = await done(agents.coordinator, listQueries, { params, query: { size: 500 } });
    expect(counts.queries).toBe(rows.length);
    await refused(agents['data-manager'], lockStudy, { params, body: { key: key(), reason, override } }, 403);
    await refused(agents.owner, lockStudy, { params, body: { key: key(), reason } }, 409);
    await done(agents.owner, lockStudy, { params, body: { key: key(), reason, override } });
    const screen = endpoints.find(({ id }) => id === 'participants.screen')!;
    const values = fittingScreening(enrolment.document);
    const { message } = await refused(
      agents.coordinator,
      screen,
      {
        params,
        body: { key: key(), site: enrolment.document.sites[0]!.id, screenedOn: '2026-11-23', values },
      },
      409,
    );
    expect(message).toMatch(/^The whole study is locked by Test owner/);
    const { holds } = await done(agents.monitor, listHolds, { params });
    const hold = holds.find(({ scope, lifted }) => scope.level === 'study' && lifted === null);
    expect(hold?.kind).toBe('locked');
    expect(hold?.leftOpen.length).toBeGreaterThan(0);
  });
});
