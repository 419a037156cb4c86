import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse as readCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EstimateRow, PlanResults } from '../../analysis/estimands/results.ts';
import { drive } from '../../analysis/tasks/task.ts';
import { stepsOnFiles } from '../../server/analyses/run.ts';
import { readStudy } from '../../server/studies/contract.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';

/** A statistician’s analyses of the demonstration, from the plan in its document to the same numbers elsewhere. */

const run = promisify(execFile);
const base = '/api/studies/ipt-depression/analyses';
let place: Place;
let cookie: string;
let folder: string;

beforeAll(async () => {
  place = await demonstration();
  cookie = await place.signIn('statistician');
  folder = await mkdtemp(join(tmpdir(), 'equipoise-analyses-'));
}, 240_000);
afterAll(async () => {
  await place?.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask(path: string, body?: unknown): Promise<Response> {
  return fetch(`${place.server.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie, Origin: place.server.url, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

interface Read {
  run: {
    number: number;
    status: string;
    failure: string | null;
    sameAs: object | null;
    perPlan: boolean;
    resultHash: string;
  };
  results: PlanResults;
  cards: { light: string; dark: string; title: string }[];
  code: string | null;
  noCode: string | null;
}

async function finished(choice: object | null, seed = 1): Promise<{ id: string } & Read> {
  const started = await ask(base, { key: crypto.randomUUID(), seed, choice });
  expect(started.status, await started.clone().text()).toBe(200);
  const { id } = (await started.json()) as { id: string };
  for (;;) {
    const read = (await (await ask(`${base}/${id}`)).json()) as Read;
    if (read.run.status !== 'running') return { id, ...read };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const file = async (id: string, name: string, analysis?: string): Promise<string> => {
  const reply = await ask(`${base}/${id}/files/${name}${analysis ? `?analysis=${analysis}` : ''}`);
  expect(reply.status, name).toBe(200);
  return reply.text();
};

async function choiceOf(id: string): Promise<Record<string, unknown>> {
  const view = readStudy.reply!.parse(await (await ask('/api/studies/ipt-depression')).json());
  const { id: _, label: __, role: ___, ...choice } = view.document.estimands.find((one) => one.id === id)!;
  return choice;
}

describe('the whole plan', () => {
  let whole: { id: string } & Read;
  beforeAll(async () => {
    whole = await finished(null);
  }, 180_000);

  test('is run, with numbers or a reason in every row', () => {
    expect(whole.run).toMatchObject({ status: 'done', failure: null, perPlan: true });
    expect(whole.results.analyses.map(({ id }) => id)).toEqual([
      'primary',
      'response-adjusted',
      'hamd-repeated',
      'baseline-balance',
      'response-observed',
      'response-imputed',
      'response-rerandomised',
      'hamd-ancova',
      'hamd-j2r',
      'hamd-tipping',
      'response-m3',
    ]);
    for (const row of whole.results.rows)
      expect(row.estimate ?? row.p ?? row.reason, `${row.analysis} ${row.arm} ${row.versus}`).not.toBeNull();
    const comparisons = whole.results.rows.filter((row) => row.versus !== null);
    expect(comparisons.filter((row) => row.reason !== null)).toEqual([]);
    expect(whole.cards.length).toBeGreaterThan(0);
  });

  test('gives the same rows from its own CSV and plan by equipoise analyse', async () => {
    const steps = stepsOnFiles(
      { path: 'data.csv', bytes: Buffer.from(await file(whole.id, 'data.csv')) },
      { path: 'plan.yaml', bytes: Buffer.from(await file(whole.id, 'plan.yaml')) },
      { seed: 1, ranAt: '2026-11-23T09:00:00.000Z' },
    );
    const results = drive(steps);
    expect(JSON.parse(JSON.stringify(results.rows))).toEqual(whole.results.rows);
  }, 120_000);

  test('again on the same data is known to be the same, to the last digit', async () => {
    const primary = await choiceOf('primary');
    const [one, two] = [await finished(primary), await finished(primary)];
    expect(two.run.sameAs).toEqual({ number: one.run.number, identical: true });
    expect(one.results.rows).toEqual(whole.results.rows.filter((row) => row.analysis === 'primary'));
  }, 60_000);
});

const hasR = await run('Rscript', ['--version']).then(
  () => true,
  () => false,
);

/** Numbers of R beside ours: `estimate` and limits agree to so many decimals. */
describe.runIf(hasR)('the R script of an analysis', () => {
  const continuous = { summary: 'mean-difference', adjust: 'none' };
  test.each([
    ['primary', {}, ['estimate', 'lower', 'upper'], 9],
    ['response-observed', {}, ['estimate', 'lower', 'upper'], 9],
    [
      'response-observed',
      { estimator: { method: 'risk-difference', interval: 'miettinen-nurminen' } },
      ['estimate', 'lower', 'upper'],
      5,
    ],
    ['response-observed', { estimator: { method: 'fisher' }, summary: 'association' }, ['p'], 8],
    ['response-observed', { estimator: { method: 'chi-square' }, summary: 'association' }, ['p'], 8],
    [
      'response-observed',
      { estimator: { method: 'logistic', covariates: ['site', 'age'] }, summary: 'odds-ratio' },
      ['estimate', 'lower', 'upper', 'p'],
      5,
    ],
    ['hamd-ancova', {}, ['estimate', 'p'], 8],
    [
      'hamd-ancova',
      { estimator: { method: 'ancova', covariates: ['site', 'sex', 'age'] }, adjust: 'none' },
      ['estimate', 'lower', 'upper', 'p'],
      8,
    ],
    [
      'hamd-ancova',
      { ...continuous, estimator: { method: 'welch' } },
      ['estimate', 'lower', 'upper', 'p'],
      8,
    ],
    ['hamd-repeated', {}, ['estimate'], 3],
    // Ours are Kenward and Roger’s, R’s gls gives the model’s.
    ['hamd-repeated', {}, ['se'], 2],
  ] as const)(
    '%s %j gives our %j',
    async (id, change, columns, decimals) => {
      const done = await finished({ ...(await choiceOf(id)), ...change });
      expect(done.run.status, done.run.failure ?? '').toBe('done');
      expect(done.noCode).toBeNull();
      const [data, code] = [join(folder, 'data.csv'), join(folder, 'code.R')];
      await writeFile(data, await file(done.id, 'data.csv'));
      await writeFile(code, done.code!);
      const { stdout } = await run('Rscript', [code, data]);
      const found = readCsv(stdout, { columns: true }) as Record<string, string>[];
      const ours = done.results.rows.filter((row) => row.versus !== null);
      expect(found.length).toBe(ours.length);
      expect(ours.length).toBeGreaterThan(0);
      for (const row of ours) {
        const same = found.find(
          (one) => one.visit === row.visit && one.arm === row.arm && one.versus === row.versus,
        )!;
        for (const column of columns)
          expect(Number(same[column]), `${row.visit} ${row.arm} ${column}`).toBeCloseTo(
            row[column as keyof EstimateRow] as number,
            decimals,
          );
      }
    },
    60_000,
  );
});

test('a bundle is an archive that tar reads', async () => {
  const { id } = await finished(await choiceOf('primary'));
  const reply = await ask(`${base}/${id}/files/bundle.tar`);
  const path = join(folder, 'bundle.tar');
  await writeFile(path, Buffer.from(await reply.arrayBuffer()));
  await run('tar', ['-xf', path, '-C', folder]);
  expect(await readFile(join(folder, 'data.csv'), 'utf8')).toBe(await file(id, 'data.csv'));
  expect(await readFile(join(folder, 'plan.yaml'), 'utf8')).toBe(await file(id, 'plan.yaml'));
});
