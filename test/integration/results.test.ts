import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveForm } from '../../server/forms/contract.ts';
import { excludeParticipant, recordEvent } from '../../server/participants/contract.ts';
import { asked } from '../../server/results/asked.ts';
import { readDashboard } from '../../server/results/contract.ts';
import type { Finished } from '../../server/results/kept.ts';
import answer from '../../server/results/worker.ts';
import type { Caller } from '../../server/services.ts';
import { addDuration } from '../../server/studies/rules.ts';
import { Enrolment, plainAnswers } from '../setup/enrol.ts';
import { type Agent, done, type TestServer, testServer } from '../setup/http.ts';

const START = '2026-06-01T09:00:00.000Z';
const LATER = '2026-09-01T09:00:00.000Z';
const study = 'ipt-depression';

let server: TestServer;
let coordinator: Agent;
let investigator: Agent;
let enrolment: Enrolment;
let codes: string[];

beforeAll(async () => {
  server = await testServer([study], { now: START });
  coordinator = await server.as('coordinator');
  investigator = await server.as('investigator');
  enrolment = new Enrolment(server, await server.study(study), coordinator);
  codes = [await enrolment.upTo('randomised'), await enrolment.upTo('randomised')];
}, 60_000);
afterAll(() => server?.close());

const dashboard = (query: object = {}) =>
  done(investigator, readDashboard, { params: { study }, query: query as Record<string, unknown> });

/** What a thread answers that has read the study before under this name, or never. */
async function rowsFrom(desk: string): Promise<Finished> {
  const answered = await answer(await askedAt(desk));
  if (!('revision' in answered)) throw new Error(JSON.stringify(answered));
  return answered;
}

async function askedAt(desk: string) {
  const caller = {
    study: await server.study(study),
    blinded: false,
    roles: ['investigator'],
    sites: null,
  } as unknown as Caller;
  const question = {
    what: 'dashboard',
    query: { population: 'all-randomised', missing: 'observed', layout: 'wide' },
  } as const;
  return asked(server.services, caller, question, desk);
}

async function followUp(code: string): Promise<void> {
  const visit = enrolment.document.visits.find((one) => !one.baseline)!;
  const instrument = enrolment.study.instruments.get(visit.instruments[0]!)!;
  const day = addDuration(START.slice(0, 10), visit.target);
  server.clock.now = new Date(`${day}T09:00:00.000Z`);
  await done(coordinator, saveForm, {
    params: enrolment.params(code, { visit: visit.id, instrument: instrument.id }),
    body: { version: 0, assessedOn: day, values: plainAnswers(instrument), complete: true },
  });
}

test('facts that follow the trail are those of a database read anew, and only who changed is read again', async () => {
  await rowsFrom('kept');
  const event = enrolment.document.events.find(({ kind }) => kind === 'treatment-start')!;
  const steps = [
    () => followUp(codes[0]!),
    () => enrolment.upTo('randomised'),
    async () => {
      const code = await enrolment.upTo('screening');
      await done(coordinator, excludeParticipant, {
        params: enrolment.params(code),
        body: {
          version: await enrolment.version(code),
          reason: enrolment.document.screening.exclusionReasons[0]!.id,
        },
      });
    },
    () =>
      done(coordinator, recordEvent, {
        params: enrolment.params(codes[1]!),
        body: { key: crypto.randomUUID(), event: event.id, on: START.slice(0, 10) },
      }),
  ];
  for (const [index, step] of steps.entries()) {
    await step();
    const kept = await rowsFrom('kept');
    const anew = await rowsFrom(`anew ${index}`);
    expect(anew.read).toBe('wholly');
    expect(kept.read, `step ${index}`).toBe('partly');
    expect(Buffer.from(kept.body).toString()).toBe(Buffer.from(anew.body).toString());
  }
  expect((await rowsFrom('kept')).read).toBe('nothing');
}, 60_000);

test('people whom no entry of the trail tells of are seen nevertheless', async () => {
  await rowsFrom('astray');
  const { db } = server.services;
  const row = await db.read.selectFrom('participant').selectAll().limit(1).executeTakeFirstOrThrow();
  await db.write((tx) =>
    tx
      .insertInto('participant')
      .values({ ...row, id: crypto.randomUUID(), code: `${row.code.slice(0, 4)}9999`, status: 'screened' })
      .execute(),
  );
  const kept = await rowsFrom('astray');
  expect(kept.read).toBe('wholly');
  expect(Buffer.from(kept.body).toString()).toBe(Buffer.from((await rowsFrom('none')).body).toString());
});

test('figures as of an instant are those that were shown then', async () => {
  server.clock.now = new Date(LATER);
  const code = await enrolment.upTo('randomised');
  const then = await dashboard();
  server.clock.now = new Date('2026-10-15T09:00:00.000Z');
  await enrolment.upTo('randomised');
  const visit = enrolment.document.visits.find(({ baseline }) => baseline)!;
  const instrument = enrolment.study.instruments.get(visit.instruments[0]!)!;
  const values = plainAnswers(instrument);
  const choice = instrument.items.find((item) => item.kind === 'choice')!;
  values[choice.id] = { value: choice.options.at(-1)!.value };
  await done(coordinator, saveForm, {
    params: enrolment.params(code, { visit: visit.id, instrument: instrument.id }),
    body: {
      version: 1,
      assessedOn: LATER.slice(0, 10),
      values,
      complete: true,
      reason: 'Read wrongly from paper',
    },
  });
  const now = await dashboard();
  expect(now.flow.randomised).toBe(then.flow.randomised! + 1);
  const { locked: _, live: ___, ...pictures } = await dashboard({ asOf: then.asOf });
  const { locked: __, live: ____, ...before } = then;
  expect(pictures).toEqual(before);
});

test('whoever asks while newer results are made gets the last that were finished, with their “as of”', async () => {
  const first = await dashboard();
  const { services } = server;
  const make = services.results;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  services.results = async (task) => {
    await released;
    return make(task);
  };
  services.patience = 20;
  try {
    await enrolment.upTo('screening');
    const meanwhile = await dashboard();
    expect(meanwhile.asOf).toBe(first.asOf);
    release();
    await expect.poll(async () => (await dashboard()).asOf > first.asOf, { timeout: 10_000 }).toBe(true);
  } finally {
    services.results = make;
    services.patience = Number.POSITIVE_INFINITY;
  }
});

test('a server that stops gives up what is being worked out with a refusal, which is no bug of its', async () => {
  const stop = new SharedArrayBuffer(4);
  new Int32Array(stop)[0] = 1;
  const answered = await answer({ ...(await askedAt('stopped')), stop });
  expect(answered).toMatchObject({ refused: { kind: 'stopping' } });
});
