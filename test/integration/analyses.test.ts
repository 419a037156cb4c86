import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cancelRun,
  listRuns,
  markRun,
  type RunView,
  runFile,
  startRun,
} from '../../server/analyses/runs/contract.ts';
import { listAudit } from '../../server/audit/contract.ts';
import { copies, Enrolment } from '../setup/enrol.ts';
import { type Agent, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

/** Runs on record: who, what, how they ended, and that nobody else gets at them. */

const params = { study: 'ipt-depression' };
const key = () => crypto.randomUUID();
let server: TestServer;
let statistician: Agent;

beforeAll(async () => {
  server = await testServer(['ipt-depression']);
  statistician = await server.as('statistician');
});
afterAll(() => server?.close());

async function ended(id: string): Promise<RunView> {
  for (;;) {
    const { runs } = await done(statistician, listRuns, { params });
    const run = runs.find((one) => one.id === id)!;
    if (run.status !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('before anybody is randomised nothing is run, and it is said why', async () => {
  const { message } = await refused(
    statistician,
    startRun,
    { params, body: { key: key(), choice: null } },
    409,
  );
  expect(message).toContain('Nobody is randomised yet');
  expect((await done(statistician, listRuns, { params })).runs).toEqual([]);
});

describe('with people', () => {
  let choice: Record<string, unknown>;
  beforeAll(async () => {
    const study = await server.study(params.study);
    const enrolment = new Enrolment(server, study, await server.as('coordinator'));
    const code = await enrolment.upTo('randomised', study.document.sites[0]!.id);
    await copies(server.services, params.study, code, 5);
    const { id: _, label: __, role: ___, ...asked } = study.document.estimands[0]!;
    choice = asked;
  });

  test('a run is kept with its hashes, and a retry of the request is the same run', async () => {
    const body = { key: key(), choice };
    const first = await done(statistician, startRun, { params, body });
    expect(await done(statistician, startRun, { params, body })).toEqual(first);
    const run = await ended(first.id);
    expect(run).toMatchObject({
      number: 1,
      status: 'done',
      perPlan: true,
      estimand: 'primary',
      seed: 1,
      by: 'Test statistician',
      dataState: 'open',
      mark: null,
    });
    for (const hash of [run.planHash, run.dataHash, run.resultHash]) expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const { rows } = await done(await server.as('owner'), listAudit, { params, query: { size: 3 } });
    const ours = rows.filter(({ action }) => action.startsWith('analyses.'));
    expect(ours.map(({ action, subject }) => [action, subject])).toEqual([
      ['analyses.end', 'analysis:1'],
      ['analyses.run', 'analysis:1'],
    ]);
  });

  test('a change of any choice is exploratory', async () => {
    const { id } = await done(statistician, startRun, {
      params,
      body: { key: key(), choice: { ...choice, missing: 'observed', population: 'started-treatment' } },
    });
    expect(await ended(id)).toMatchObject({ perPlan: false, estimand: null });
  });

  test.each([
    [{ missing: 'likelihood' }, 'choice.missing'],
    [{ visit: 'baseline' }, 'choice.visit'],
    [{ outcome: 'none' }, 'choice.outcome'],
    [{ treatments: [['ipt', 'ipt']] }, 'choice.treatments.0'],
    [{ estimator: { method: 'welch' } }, 'choice.estimator.method'],
  ])('choices that don’t go together are refused by name: %j', async (change, path) => {
    const before = await done(statistician, listRuns, { params });
    const body = { key: key(), choice: { ...choice, ...change } };
    const { issues } = await refused(statistician, startRun, { params, body }, 400);
    expect(issues?.map((issue) => issue.path)).toContain(path);
    expect((await done(statistician, listRuns, { params })).runs.length).toBe(before.runs.length);
  });

  test('a run that is cancelled stays on record as that', async () => {
    const { id } = await done(statistician, startRun, { params, body: { key: key(), choice: null } });
    const { status } = await done(statistician, cancelRun, { params: { ...params, run: id }, body: {} });
    expect(status).toBe('cancelled');
    expect(await ended(id)).toMatchObject({ status: 'cancelled', resultHash: null });
  });

  test('what was reported is said by versions', async () => {
    const { runs } = await done(statistician, listRuns, { params });
    const run = runs.find((one) => one.number === 1)!.id;
    const mark = (version: number, reported: boolean, reason: string) => ({
      params: { ...params, run },
      body: { version, reported, reason },
    });
    expect(await done(statistician, markRun, mark(0, false, 'A trial run'))).toEqual({ version: 1 });
    await refused(statistician, markRun, mark(0, true, 'Main report'), 409);
    await done(statistician, markRun, mark(1, true, 'Main report'));
    expect((await ended(run)).mark).toMatchObject({ reported: true, reason: 'Main report', version: 2 });
    const cancelled = runs.find((one) => one.status === 'cancelled')!.id;
    const sent = {
      params: { ...params, run: cancelled },
      body: { version: 0, reported: true, reason: 'None' },
    };
    await refused(statistician, markRun, sent, 409);
  });

  test('the database refuses to change or remove a run', async () => {
    const { db } = server.services;
    for (const table of ['analysis_run', 'analysis_outcome', 'analysis_material', 'analysis_mark'] as const)
      await expect(db.write((tx) => tx.deleteFrom(table).execute())).rejects.toThrow(/append-only/);
  });

  test('somebody without the role gets none of it', async () => {
    const { runs } = await done(statistician, listRuns, { params });
    for (const role of ['assessor', 'coordinator', 'monitor'] as const) {
      const agent = await server.as(role);
      const sent = { params: { ...params, run: runs[0]!.id, name: 'data.csv' } };
      expect((await send(agent, runFile, sent)).status).toBe(403);
      await refused(agent, listRuns, { params }, 403);
    }
  });
});
