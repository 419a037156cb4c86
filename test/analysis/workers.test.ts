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

test.each([
  ['two threads give the numbers of none, and say how far they are', 0],
  ['work too short for threads gives the same numbers, and says how far it is', 60_000],
])('%s', async (_, worthwhile) => {
  const told: [number, number][] = [];
  const results = await runOnThreads(steps(), {
    threads: 2,
    worthwhile,
    onProgress: (...how) => told.push(how),
  });
  expect(results.rows).toEqual(runAnalyses([analysis]).rows);
  expect(told.at(-1)).toEqual([6, 6]);
  expect(told.map(([done]) => done)).toEqual([1, 2, 3, 4, 5, 6]);
});

test.each([0, 60_000])('work that is stopped ends at once, with the reason (%i ms)', async (worthwhile) => {
  const stop = new AbortController();
  const stopped = runOnThreads(steps(20_000), {
    threads: 1,
    worthwhile,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
});
