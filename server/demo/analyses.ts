import { drive } from '../../analysis/tasks/task.ts';
import { stepsOnFiles } from '../analyses/run.ts';
import { markRun } from '../analyses/runs/mark.ts';
import type { Performer } from '../analyses/runs/perform.ts';
import { startRun } from '../analyses/runs/start.ts';
import type { EstimandDefinition, StudyDocument } from '../studies/document.ts';
import { currentStudy } from '../studies/store.ts';
import type { Script } from './script.ts';

/** Primary and secondary analyses that take no time to speak of: nothing is drawn, imputed or left out in turn. */
const isQuick = ({ role, estimator, missing }: EstimandDefinition): boolean =>
  (role === 'primary' || role === 'secondary') &&
  (missing === 'observed' || missing === 'non-response' || missing === 'likelihood') &&
  estimator?.method !== 'rerandomisation' &&
  !(estimator?.method === 'standardisation' && estimator.variance === 'bootstrap');

/**
 * The statistician has run the plan's quick primary and secondary analyses and reported the primary one.
 *
 * @param day YYYY-MM-DD
 */
export function analyses(script: Script, document: StudyDocument, day: string): void {
  const own = document.estimands.filter(isQuick);
  const primary = own.find(({ role }) => role === 'primary');
  own
    .toSorted((a, b) => Number(b === primary) - Number(a === primary))
    .forEach((estimand, index) => {
      const { id: _, label: __, role: ___, ...choice } = estimand;
      script.at(`${day}T11:${String(index).padStart(2, '0')}:00.000Z`, async (services, as) => {
        const statistician = as('statistician');
        const study = (await currentStudy(services.db.read, statistician.study.id))!;
        const caller = { ...statistician, study };
        const { id } = await startRun(services, caller, { key: crypto.randomUUID(), seed: 1, choice }, here);
        if (estimand === primary)
          await markRun(services, caller, id, {
            version: 0,
            reported: true,
            reason: 'The primary result, for the monitoring board and the report of the trial',
          });
      });
    });
}

/** Works a run off at once: the demonstration is written in one transaction, before anything else can happen. */
const here: Performer = async (_, { plan, data, seed, ranAt }, __, ended) => {
  const steps = stepsOnFiles(
    { path: 'data.csv', bytes: Buffer.from(data) },
    { path: 'plan.yaml', bytes: Buffer.from(plan) },
    { seed, ranAt },
  );
  await ended({ status: 'done', results: drive(steps) });
};
