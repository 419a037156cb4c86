import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { drawIndex, seededUniform } from '../../analysis/resampling/generator.ts';
import { drive } from '../../analysis/tasks/task.ts';
import type { PlanDocument } from '../../server/analyses/plan.ts';
import { stepsOnFiles } from '../../server/analyses/run.ts';
import { planFile, planOfDocument } from '../../server/analyses/study/documentPlan.ts';
import { Refused } from '../../server/errors.ts';
import { loadStudy } from '../../server/studies/load.ts';

const SHIPPED = 'data/studies/example-drug-trial.yaml';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'equipoise-study-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Thirty people for a plan: every column that it names, scores between 5 and 30. */
function dataFor({ data, arms }: PlanDocument): string {
  const uniform = seededUniform(3);
  const scores = data.measures.flatMap(({ columns }) => Object.values(columns));
  const columns = [
    data.subject,
    data.arm,
    ...data.covariates.map(({ column }) => column),
    data.randomised!,
    'started_treatment',
    ...data.events.map(({ column }) => column),
    ...scores,
  ];
  const kinds = new Map(data.covariates.map(({ column, kind }) => [column, kind]));
  const rows = Array.from({ length: 30 }, (_, i) =>
    columns.map((column) => {
      if (column === data.subject) return `P${i}`;
      if (column === data.arm) return arms[i % arms.length]!.id;
      if (column === data.randomised) return '2024-01-01';
      if (column === 'started_treatment') return 'yes';
      if (scores.includes(column)) return 5 + drawIndex(uniform, 26);
      if (!kinds.has(column)) return '';
      return kinds.get(column) === 'number' ? 20 + drawIndex(uniform, 40) : `L${drawIndex(uniform, 2)}`;
    }),
  );
  return [columns, ...rows].map((row) => row.join()).join('\n');
}

test('a study’s document is a plan for its exported table, as a file and as a folder', async () => {
  await cp(SHIPPED, join(folder, 'study.yaml'));
  const file = await planOfDocument(SHIPPED);
  expect(await planOfDocument(folder)).toEqual({ ...file, path: 'study.yaml' });
  const plan = parse(file.bytes.toString()) as PlanDocument;
  const csv = dataFor(plan);
  const results = drive(
    stepsOnFiles({ path: 'data.csv', bytes: Buffer.from(csv) }, file, {
      seed: 1,
      ranAt: '2026-01-01T00:00:00.000Z',
    }),
  );
  expect(results.plan.file).toBe('example-drug-trial.yaml');
  expect(results.data.participants).toBe(30);
  expect(results.analyses.map(({ id }) => id)).toEqual(plan.analyses.map(({ id }) => id));
  expect(results.rows.some((row) => row.versus !== null && row.estimate !== null)).toBe(true);
  expect(results.synthetic).toBeUndefined();
});

test('what is synthetic stays so from the study to its results', async () => {
  const { document, instruments } = await loadStudy(SHIPPED, ['data/instruments']);
  const study = {
    document,
    instruments: new Map(instruments.map((one) => [one.id, one])),
    syntheticNote: 'Drawn from a seed.',
  };
  const { bytes } = planFile(study, { reason: 'No log.' }, 'study.yaml');
  const plan = parse(bytes.toString()) as PlanDocument;
  const results = drive(
    stepsOnFiles(
      { path: 'data.csv', bytes: Buffer.from(dataFor(plan)) },
      { path: 'study.yaml', bytes },
      { seed: 1, ranAt: '2026-01-01T00:00:00.000Z' },
    ),
  );
  expect(results.synthetic).toBe('Drawn from a seed.');
});

test('a folder without one document, or a document without planned analyses, is refused in words', async () => {
  const empty = join(folder, 'empty');
  await mkdir(empty);
  await expect(planOfDocument(empty)).rejects.toThrow('holds no study document');
  await expect(planOfDocument('data/studies')).rejects.toThrow('holds several study documents');
  const { document, instruments } = await loadStudy(SHIPPED, ['data/instruments']);
  const bare = {
    document: { ...document, estimands: [] },
    instruments: new Map(instruments.map((one) => [one.id, one])),
  };
  expect(() => planFile(bare, { reason: '' }, 'study.yaml')).toThrow(Refused);
});
