import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDeviation, correctDeviation } from '../../server/deviations/contract.ts';
import { type ItemValues, saveForm } from '../../server/forms/contract.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { freezeData, listHolds, lockData, unfreezeData, unlockData } from '../../server/locks/contract.ts';
import { participantSignatures, sign } from '../../server/signatures/contract.ts';
import { markVerified, readFormVerification } from '../../server/verification/contract.ts';
import { auditProblems } from '../setup/chain.ts';
import { Enrolment, plainAnswers } from '../setup/enrol.ts';
import { type Agent, done, PASSWORD, type Sent, send, type TestServer, testServer } from '../setup/http.ts';

const STUDY = 'example-drug-trial';
const key = () => crypto.randomUUID();
const params = { study: STUDY };
/** What a refused write must leave as it was, and no accepted one may take anything from. */
const tables = [
  'form',
  'form_version',
  'study_record',
  'record_version',
  'data_hold',
  'signature',
  'signature_form',
  'source_verification',
  'query',
  'query_message',
  'safety_alert',
  'idempotency',
  'audit',
] as const;
const appendOnly = ['form_version', 'record_version', 'signature', 'signature_form', 'source_verification'];

/** Items of a form that can be answered without raising an alert. */
const choices = ({ items, safety }: InstrumentDocument) =>
  items.filter((item) => item.kind === 'choice').filter(({ id }) => !safety.some(({ item }) => item === id));

let server: TestServer;
let enrolment: Enrolment;
let agents: Record<'coordinator' | 'investigator' | 'monitor' | 'data-manager' | 'owner', Agent>;
/** Two forms of the baseline visit, each with the two fields that are changed. */
let forms: { instrument: string; plain: ItemValues; fields: { id: string; options: number[] }[] }[];

beforeAll(async () => {
  // A visit is signed when all of its forms are complete: it has no others than the two.
  server = await testServer([STUDY], {
    change: ({ document, instruments }) => {
      const chosen = instruments.filter((one) => choices(one).length > 1).slice(0, 2);
      const two = chosen.map(({ id }) => id);
      const visits = document.visits.map((visit) =>
        visit.baseline ? { ...visit, instruments: two } : visit,
      );
      return { document: { ...document, visits }, instruments };
    },
  });
  agents = {
    coordinator: await server.as('coordinator'),
    investigator: await server.as('investigator'),
    monitor: await server.as('monitor'),
    'data-manager': await server.as('data-manager'),
    owner: await server.as('owner'),
  };
  enrolment = new Enrolment(server, await server.study(STUDY), agents.coordinator);
  forms = enrolment.document.visits
    .find(({ id }) => id === enrolment.baseline)!
    .instruments.map((id) => enrolment.study.instruments.get(id)!)
    .map((instrument) => ({
      instrument: instrument.id,
      plain: plainAnswers(instrument),
      fields: choices(instrument).map(({ id, options }) => ({
        id,
        options: options.map(({ value }) => value),
      })),
    }));
  expect(forms).toHaveLength(2);
});
afterAll(() => server?.close());

const form = fc.nat({ max: 1 });
const field = fc.nat({ max: 1 });
const level = fc.constantFrom<Level>('form 0', 'form 1', 'visit', 'participant');
const often = fc.boolean();
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      form,
      field,
      complete: often,
      stale: fc.constantFrom(false, false, false, true),
      reason: fc.constantFrom(true, true, true, false),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('freeze' as const, 'lock' as const), level }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lift' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('sign' as const),
      level,
      stale: fc.constantFrom(false, false, true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('verify' as const),
      form,
      field: fc.option(field),
      stale: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('record' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('amend' as const), stale: often }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Level = 'form 0' | 'form 1' | 'visit' | 'participant';

/** Whether what is held at one level is over a place at another: a participant’s over all, a visit’s over its forms. */
const over = (held: Level, place: Level): boolean =>
  held === place || held === 'participant' || (held === 'visit' && place.startsWith('form'));
const within = (signed: Level, index: number): boolean => over(signed, `form ${index}` as Level);

/** What the server ought to know, kept apart from it by the simplest bookkeeping. */
class Expected {
  readonly forms = [0, 1].map(() => ({ version: 0, complete: false, changed: [0, 0], answer: [0, 0] }));
  readonly holds: { id: string; kind: 'frozen' | 'locked'; level: Level }[] = [];
  readonly signatures: { id: string; level: Level; versions: number[] }[] = [];
  /** The version at which each field was last verified; 0: never. */
  readonly verified = [
    [0, 0],
    [0, 0],
  ];
  record: { id: string; version: number } | null = null;

  locked(place: Level): boolean {
    return this.holds.some(({ kind, level: held }) => kind === 'locked' && over(held, place));
  }
  held(place: Level): boolean {
    return this.holds.some(({ level: held }) => over(held, place));
  }
}

async function rows(): Promise<Record<string, string[]>> {
  const { db } = server.services;
  const read = tables.map(async (table) => {
    const all = await db.read.selectFrom(table).selectAll().execute();
    return [table, all.map((row) => JSON.stringify(row)).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/** One participant, to whom the steps happen. */
class Trial {
  readonly expected = new Expected();
  constructor(
    readonly code: string,
    readonly site: string,
  ) {}

  get visit(): string {
    return enrolment.baseline;
  }
  place(index: number): Record<string, string> {
    return {
      ...params,
      participant: this.code,
      visit: this.visit,
      instrument: forms[index]!.instrument,
    };
  }
  part(at: Level): { visit?: string; instrument?: string } {
    if (at === 'participant') return {};
    if (at === 'visit') return { visit: this.visit };
    return { visit: this.visit, instrument: forms[at === 'form 0' ? 0 : 1]!.instrument };
  }

  /** The request of a step, whether it ought to be accepted, and what is so afterwards; null where there is none. */
  request(
    one: Step,
  ): { agent: Agent; endpoint: Endpoint; sent: Sent; allowed: boolean; after: After } | null {
    const { expected, code } = this;
    switch (one.do) {
      case 'save': {
        const now = expected.forms[one.form]!;
        const { plain, fields } = forms[one.form]!;
        const answer = now.answer.map((at, index) =>
          index === one.field ? (at + 1) % fields[index]!.options.length : at,
        );
        const chosen = answer.map((at, index) => [fields[index]!.id, { value: fields[index]!.options[at]! }]);
        return {
          agent: agents.coordinator,
          endpoint: saveForm,
          sent: {
            params: this.place(one.form),
            body: {
              version: one.stale ? now.version + 1 : now.version,
              assessedOn: '2026-11-23',
              values: { ...plain, ...Object.fromEntries(chosen) },
              complete: one.complete,
              ...(one.reason ? { reason: 'Read again' } : {}),
            },
          },
          allowed: !one.stale && !expected.held(`form ${one.form}` as Level) && (!now.complete || one.reason),
          after: () => {
            now.version += 1;
            now.complete ||= one.complete;
            now.answer = answer;
            now.changed = now.changed.map((before, index) =>
              index === one.field || now.version === 1 ? now.version : before,
            );
          },
        };
      }
      case 'freeze':
      case 'lock': {
        const kind = one.do === 'freeze' ? ('frozen' as const) : ('locked' as const);
        const at = one.level.startsWith('form') ? 'form' : one.level;
        const scope = { level: at, participant: code, ...this.part(one.level) };
        const override = kind === 'locked' ? { override: 'It was asked for' } : {};
        return {
          agent: agents['data-manager'],
          endpoint: kind === 'frozen' ? freezeData : lockData,
          sent: { params, body: { key: key(), scope, reason: 'All was checked', ...override } },
          allowed: !expected.holds.some(
            (held) => over(held.level, one.level) && (held.kind === 'locked' || held.kind === kind),
          ),
          after: (body) => expected.holds.push({ id: body.id as string, kind, level: one.level }),
        };
      }
      case 'lift': {
        const hold = expected.holds.at(-1);
        if (!hold) return null;
        return {
          agent: hold.kind === 'locked' ? agents.owner : agents['data-manager'],
          endpoint: hold.kind === 'locked' ? unlockData : unfreezeData,
          sent: { params: { ...params, hold: hold.id }, body: { reason: 'It was too early' } },
          allowed: true,
          after: () => expected.holds.pop(),
        };
      }
      case 'sign': {
        const covered = [0, 1].filter(
          (index) => within(one.level, index) && expected.forms[index]!.version > 0,
        );
        if (covered.length === 0) return null;
        return {
          agent: agents.investigator,
          endpoint: sign,
          sent: {
            params: { ...params, participant: code },
            body: {
              key: key(),
              ...this.part(one.level),
              meaning: 'reviewed',
              forms: covered.map((index) => ({
                visit: this.visit,
                instrument: forms[index]!.instrument,
                version: expected.forms[index]!.version + (one.stale ? 1 : 0),
              })),
              password: PASSWORD,
            },
          },
          allowed:
            !one.stale &&
            !expected.locked(one.level) &&
            covered.every((index) => !expected.locked(`form ${index}` as Level)) &&
            (one.level === 'visit' ? [0, 1] : covered).every((index) => expected.forms[index]!.complete),
          after: (body) =>
            expected.signatures.push({
              id: body.id as string,
              level: one.level,
              versions: expected.forms.map(({ version }) => version),
            }),
        };
      }
      case 'verify': {
        const now = expected.forms[one.form]!;
        if (now.version === 0) return null;
        const chosen = one.field === null ? null : [forms[one.form]!.fields[one.field]!.id];
        return {
          agent: agents.monitor,
          endpoint: markVerified,
          sent: {
            params: this.place(one.form),
            body: { key: key(), version: now.version + (one.stale ? 1 : 0), fields: chosen },
          },
          allowed: !one.stale && now.complete && !expected.locked(`form ${one.form}` as Level),
          after: () =>
            expected.verified[one.form]!.forEach((_, index) => {
              if (one.field === null || one.field === index)
                expected.verified[one.form]![index] = now.version;
            }),
        };
      }
      case 'record':
      case 'amend': {
        const content = {
          category: 'other',
          severity: 'minor',
          on: '2026-11-23',
          description: 'A form was late',
        };
        const allowed = !expected.held('participant');
        if (one.do === 'record')
          return {
            agent: agents.coordinator,
            endpoint: addDeviation,
            sent: { params, body: { key: key(), site: this.site, participant: code, content } },
            allowed,
            after: (body) => {
              expected.record = { id: body.id as string, version: 1 };
            },
          };
        const { record } = expected;
        if (!record) return null;
        const description = `Two forms were late, told ${record.version} times`;
        const version = record.version + (one.stale ? 1 : 0);
        return {
          agent: agents.coordinator,
          endpoint: correctDeviation,
          sent: {
            params: { ...params, record: record.id },
            body: { version, reason: 'Counted again', content: { ...content, description } },
          },
          allowed: allowed && !one.stale,
          after: () => {
            record.version += 1;
          },
        };
      }
    }
  }

  /** Everything that is said of the participant, against what it ought to be. */
  async holds(): Promise<void> {
    const { expected, code } = this;
    const person = { ...params, participant: code };
    const { signatures } = await done(agents.investigator, participantSignatures, { params: person });
    expect(Object.fromEntries(signatures.map((one) => [one.id, one.void === null]))).toEqual(
      Object.fromEntries(
        expected.signatures.map(({ id, level: signed, versions }) => [
          id,
          expected.forms.every(({ version }, index) => !within(signed, index) || version === versions[index]),
        ]),
      ),
    );
    expect(signatures.every(({ intact }) => intact)).toBe(true);
    for (const [index, { version, changed }] of expected.forms.entries()) {
      const stored = await server.services.db.read
        .selectFrom('form_version')
        .innerJoin('form', 'form.id', 'form_version.form_id')
        .innerJoin('participant', 'participant.id', 'form.participant_id')
        .select('form_version.version')
        .where('participant.code', '=', code)
        .where('form.instrument', '=', forms[index]!.instrument)
        .orderBy('form_version.version')
        .execute();
      expect(stored.map((one) => one.version)).toEqual(Array.from({ length: version }, (_, at) => at + 1));
      const { fields } = await done(agents.monitor, readFormVerification, { params: this.place(index) });
      const states = forms[index]!.fields.slice(0, 2).map(
        ({ id }) => fields.find((one) => one.field === id)?.state,
      );
      expect(states).toEqual(
        expected.verified[index]!.map((marked, at) =>
          marked === 0 ? 'unverified' : changed[at]! > marked ? 'stale' : 'verified',
        ),
      );
    }
  }
}
type After = (body: Record<string, unknown>) => unknown;

test('whatever people do in whatever order, nothing is lost, signed or verified wrongly, or written under a lock', async () => {
  const seen = { accepted: 0, refused: 0, void: 0 };
  const site = enrolment.document.sites[0]!.id;
  const play = async (steps: Step[]) => {
    const trial = new Trial(await enrolment.upTo('consented', site), site);
    let before = await rows();
    for (const one of steps) {
      const asked = trial.request(one);
      if (!asked) continue;
      server.clock.now = new Date(server.clock.now.getTime() + 1000);
      const answer = await send(asked.agent, asked.endpoint, asked.sent);
      const after = await rows();
      const what = `${JSON.stringify(one)}: ${answer.status} ${answer.text.slice(0, 200)}`;
      expect(answer.status === 200, what).toBe(asked.allowed);
      if (answer.status === 200) {
        seen.accepted += 1;
        expect(after.audit!.length, what).toBe(before.audit!.length + 1);
        for (const table of appendOnly) {
          const kept = new Set(after[table]);
          expect(
            before[table]!.filter((row) => !kept.has(row)),
            `${table}, ${what}`,
          ).toEqual([]);
        }
        asked.after(answer.body);
      } else {
        seen.refused += 1;
        expect(after, what).toEqual(before);
      }
      before = after;
    }
    await trial.holds();
    expect(await auditProblems(server.services, STUDY)).toEqual([]);
    seen.void += trial.expected.signatures.filter(({ level: signed, versions }) =>
      trial.expected.forms.some((now, index) => within(signed, index) && now.version > versions[index]!),
    ).length;
  };
  // One that reaches every state is always played.
  const save = (index: number) =>
    ({ do: 'save', form: index, field: 0, complete: true, stale: false, reason: true }) as const;
  await play([
    save(0),
    save(1),
    { do: 'record' },
    { do: 'sign', level: 'visit', stale: false },
    { do: 'verify', form: 0, field: null, stale: false },
    { do: 'freeze', level: 'form 0' },
    save(0),
    { do: 'lift' },
    save(0),
    { do: 'lock', level: 'participant' },
    save(1),
    { do: 'amend', stale: false },
    { do: 'sign', level: 'form 1', stale: false },
  ]);
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), play), {
    numRuns: 12,
    endOnFailure: true,
  });
  expect(seen.accepted).toBeGreaterThan(25);
  expect(seen.refused).toBeGreaterThan(10);
  expect(seen.void).toBeGreaterThan(0);
  const { holds } = await done(agents.owner, listHolds, { params });
  expect(holds.length).toBeGreaterThan(0);
});
