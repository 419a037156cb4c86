import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runOnThreads } from '../../server/analyses/workers.ts';
import { planOf, response, runAnalyses, stepsOf, TRIAL } from './estimands/trial.ts';

const analysis = {
  estimator: { method: 'standardisation', variance: 'bootstrap', replicates: 3000 },
  estimand: response,
};
const steps = (replicates = 3000) =>
  stepsOf(
    planOf([{ ...analysis, estimator: { ...analysis.estimator, replicates } }]),
    readFileSync(TRIAL, 'utf8'),
  );

test('two threads give the numbers of none, and say how far they are', async () => {
  const told: [number, number][] = [];
  const results = await runOnThreads(steps(), { threads: 2, onProgress: (...how) => told.push(how) });
  expect(results.rows).toEqual(runAnalyses([analysis]).rows);
  expect(told.at(-1)).toEqual([6, 6]);
  expect(told.map(([done]) => done)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('work that is stopped ends at once, with the reason', async () => {
  const stop = new AbortController();
  const stopped = runOnThreads(steps(20_000), {
    threads: 1,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
});
