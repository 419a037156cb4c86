import { parse } from 'csv-parse/sync';
import { stringify as csvOf } from 'csv-stringify/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { drive } from '../../../analysis/tasks/task.ts';
import { designHash, designOf, emergencyList, seedFor } from '../../../randomisation/index.ts';
import { stepsOnFiles } from '../../../server/analyses/run.ts';
import { materialOf } from '../../../server/analyses/study/material.ts';
import { planOfStudy, type Replayable } from '../../../server/analyses/study/plan.ts';
import { enterEnvelope } from '../../../server/randomisation/emergency.ts';
import type { EstimandDefinition } from '../../../server/studies/document.ts';
import { minimisation, people, secretOf, studyOf } from './study.ts';
import { Trial } from './trial.ts';

/** A re-randomisation test of a study that changed its design and opened an envelope on the way. */
let trial: Trial;
beforeAll(async () => {
  const study = await studyOf({ rule: minimisation });
  trial = await Trial.open(study, secretOf(6));
  await trial.enrol(people(4));
  const design = designOf(study.document);
  const [envelope] = emergencyList(design, seedFor(secretOf(6), designHash(design)), 1, 1);
  const code = await trial.readyOne();
  await enterEnvelope(trial.services, await trial.as('coordinator'), code, {
    key: crypto.randomUUID(),
    confirm: code,
    code: envelope!.code,
    openedAt: '2026-11-23T08:00:00Z',
  });
  await trial.enrol(people(3));
  await trial.amend((document) => ({
    ...document,
    allocation: {
      ...document.allocation,
      rule: { ...minimisation, probability: '2/3' } as typeof minimisation,
    },
  }));
  await trial.enrol(people(4));
});
afterAll(() => trial?.close());

const material = async () =>
  materialOf(trial.services, trial.services.db.read, await trial.as('statistician'));

const asked: EstimandDefinition = {
  id: 'replayed',
  label: 'Remission, re-randomisation test',
  role: 'sensitivity',
  treatments: [['beta', 'alpha']],
  population: 'all-randomised',
  outcome: 'phq-remission',
  visit: 'w8',
  intercurrent: [],
  summary: 'risk-difference',
  estimator: { method: 'rerandomisation', replicates: 500, covariates: [], baseline: false },
  missing: 'non-response',
};

test('replays each design from the allocation on that it was in force for, and keeps the envelope’s arm', async () => {
  const { csv, replay } = await material();
  const { designs, fixed } = replay as Replayable;
  expect(designs.map(({ from }) => from)).toEqual([1, 9]);
  expect(designs.map(({ design }) => (design.scheme as { probability: string }).probability)).toEqual([
    '4/5',
    '2/3',
  ]);
  expect([...fixed]).toEqual([5]);
  const rows: Record<string, string>[] = parse(csv, { columns: true });
  expect(rows.map((row) => row.allocated_outside)).toEqual(rows.map((_, i) => (i === 4 ? 'yes' : '')));

  const { study } = await trial.as('statistician');
  const scored = rows.map((row, i) => ({ ...row, 'w8.phq9.total': String(i) }));
  const results = drive(
    stepsOnFiles(
      { path: 'data.csv', bytes: Buffer.from(csvOf(scored, { header: true })) },
      { path: 'plan.yaml', bytes: Buffer.from(stringify(planOfStudy(study, [asked], replay))) },
      { seed: 1, ranAt: '2026-11-23T09:00:00.000Z' },
    ),
  );
  const [row] = results.rows;
  expect(row!.reason).toBeNull();
  expect(row!.p).toBeGreaterThan(0);
  expect(results.analyses[0]!.notes).toEqual([
    expect.stringMatching(/^1 of 12 kept their arm in every replay/),
  ]);
});

test('is refused, with the reason, once the minimisation went on from a corrected screening value', async () => {
  const [first] = await trial.allocations();
  const { code } = await trial.services.db.read
    .selectFrom('participant')
    .select('code')
    .where('id', '=', first!.participant_id)
    .executeTakeFirstOrThrow();
  await trial.correct(code, { sex: 'female', age: 40 });
  expect((await material()).replay).toEqual({
    reason: expect.stringMatching(/^1 screening values were corrected/),
  });
});
