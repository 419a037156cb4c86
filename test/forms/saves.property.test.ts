import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refused } from '../../server/errors.ts';
import type { ItemValues } from '../../server/forms/contract.ts';
import { readForm, readVersions } from '../../server/forms/read.ts';
import { type FormInput, saveForm } from '../../server/forms/save.ts';
import type { Caller } from '../../server/services.ts';
import { auditProblems } from '../setup/chain.ts';
import { countRows } from '../setup/count.ts';
import { copies, Enrolment } from '../setup/enrol.ts';
import { type TestServer, testServer } from '../setup/http.ts';

/** Whatever people save in whatever order, nothing that was saved is lost and everything is on record. */

const study = 'ipt-depression';
let server: TestServer;
let caller: Caller;
let template: string;
beforeAll(async () => {
  server = await testServer([study], { now: '2027-01-10T09:00:00.000Z' });
  const user = await server.account('Any Assessor');
  caller = { user, study: await server.study(study), roles: ['assessor'], sites: null, blinded: true };
  const enrolment = new Enrolment(server, caller.study, await server.as('coordinator'));
  // Consented on the first day of the baseline window, which is 28 days long.
  server.clock.now = new Date('2026-11-23T09:00:00.000Z');
  template = await enrolment.upTo('consented');
  server.clock.now = new Date('2027-01-10T09:00:00.000Z');
});
afterAll(() => server?.close());

const instrument = 'cgi-s';
const within = '2026-12-01';
const late = '2027-01-05';

interface Step {
  /** What the person thinks is the newest version, off by so many. */
  off: number;
  input: Omit<FormInput, 'version'>;
}

const answer = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 7 }).map((value) => ({ value })) },
  fc.constantFrom('not-asked', 'refused', 'unknown').map((missing) => ({ missing })),
);
const step: fc.Arbitrary<Step> = fc.record({
  off: fc.constantFrom(0, 0, 0, 0, -1, 1),
  input: fc.record({
    assessedOn: fc.constantFrom(null, within, within, late),
    values: fc.option(answer, { nil: undefined }).map((one): ItemValues => (one ? { severity: one } : {})),
    complete: fc.boolean(),
    reason: fc.constantFrom(undefined, undefined, 'x', 'A correction', 'Read again'),
    lateReason: fc.constantFrom(undefined, '', 'Was abroad'),
  }),
});

/** The form as the rules of the protocol have it, computed apart from the server. */
interface Model {
  version: number;
  status: 'not-started' | 'started' | 'complete';
  values: ItemValues;
  assessedOn: string | null;
  lateReason: string | null;
}

/** What the step should come to: the next state, the same state, or a refusal. */
function expected(model: Model, { off, input }: Step): Model | 'conflict' | 'not-valid' {
  if (off !== 0) return 'conflict';
  const lateReason = input.assessedOn === late ? input.lateReason || model.lateReason : null;
  const status = model.status === 'complete' || input.complete ? 'complete' : 'started';
  const next: Model = {
    version: model.version + 1,
    status,
    values: input.values,
    assessedOn: input.assessedOn,
    lateReason,
  };
  const same = (a: Model) => JSON.stringify([a.status, a.values, a.assessedOn, a.lateReason]);
  const nothingYet =
    model.version === 0 && !input.complete && input.assessedOn === null && !input.values.severity;
  if (nothingYet || same(next) === same(model)) return model;
  if (model.status === 'complete' && (input.reason ?? '').length < 3) return 'not-valid';
  const whole =
    input.assessedOn !== null && input.values.severity && (input.assessedOn !== late || lateReason);
  return status === 'complete' && !whole ? 'not-valid' : next;
}

test('any sequence of saves, stale saves, completions and changes', async () => {
  const { services } = server;
  const { db } = services;
  const [item] = caller.study.instruments.get(instrument)!.items;
  expect(item).toMatchObject({ id: 'severity', kind: 'choice' });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const [participant] = (await copies(services, study, template, 1)) as [string];
      const address = { participant, visit: 'baseline', instrument };
      let model: Model = {
        version: 0,
        status: 'not-started',
        values: {},
        assessedOn: null,
        lateReason: null,
      };
      const history: Model[] = [];
      for (const one of steps) {
        const before = await countRows(services);
        const outcome = expected(model, one);
        const saved = await saveForm(services, caller, address, {
          ...one.input,
          version: Math.max(0, model.version + one.off) + (model.version === 0 && one.off < 0 ? 1 : 0),
        }).catch((error: unknown) => {
          if (error instanceof Refused) return error.kind;
          throw error;
        });
        const after = await countRows(services);
        if (typeof outcome === 'string') {
          expect(saved).toBe(outcome);
          expect(after).toEqual(before);
          continue;
        }
        expect(saved).toMatchObject(outcome);
        expect(after.form_version - before.form_version).toBe(outcome.version - model.version);
        expect(after.audit - before.audit).toBeGreaterThanOrEqual(outcome.version - model.version);
        if (outcome.version > model.version) history.push(outcome);
        model = outcome;
      }
      expect(await readForm(services, caller, address)).toMatchObject(model);
      const { versions } = await readVersions(services, caller, address);
      expect(versions.map(({ version }) => version)).toEqual(history.map(({ version }) => version).reverse());
      const rows = await db.read
        .selectFrom('form_version')
        .innerJoin('form', 'form.id', 'form_version.form_id')
        .innerJoin('participant', 'participant.id', 'form.participant_id')
        .selectAll('form_version')
        .where('participant.code', '=', participant)
        .where('form.instrument', '=', instrument)
        .orderBy('form_version.version')
        .execute();
      const kept = rows.map((row) => ({
        version: row.version,
        status: row.status,
        values: JSON.parse(row.answers),
        assessedOn: row.assessed_on,
        lateReason: row.late_reason,
      }));
      expect(kept).toEqual(history);
      const trail = await db.read
        .selectFrom('audit')
        .select('action')
        .where('subject', '=', `form:${participant}/baseline/${instrument}`)
        .execute();
      expect(trail).toHaveLength(history.length);
    }),
    { numRuns: 40 },
  );
  expect(await auditProblems(services, study)).toEqual([]);
}, 60_000);
