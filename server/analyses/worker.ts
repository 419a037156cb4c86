import type { MessagePort } from 'node:worker_threads';
import type { PlanResults } from '../../analysis/estimands/results.ts';
import { performTask } from '../../analysis/tasks/task.ts';
import { DocumentError } from '../documents/error.ts';
import { Refused } from '../errors.ts';
import { stepsOnFiles } from './run.ts';

export { imputeStudy } from './imputeStudy.ts';

/** What a worker thread does for a command: one piece of an analysis at a time. */
export default performTask;

export interface WholeRun {
  plan: string;
  data: string;
  seed: number;
  /** ISO 8601, UTC. */
  ranAt: string;
  /** Told the number of analyses that are done, with the share of the one under way. */
  port: MessagePort;
}

export type WholeResult = { results: PlanResults } | { failure: string };

/** A run of the server, from its plan and data to its results, so that the server itself goes on answering. */
export function runWhole({ plan, data, seed, ranAt, port }: WholeRun): WholeResult {
  let done = 0;
  const steps = stepsOnFiles(
    { path: 'data.csv', bytes: Buffer.from(data) },
    { path: 'plan.yaml', bytes: Buffer.from(plan) },
    {
      seed,
      ranAt,
      onAnalysis: (count) => {
        done = count;
        port.postMessage(done);
      },
    },
  );
  try {
    let next = steps.next();
    while (!next.done) {
      const tasks = next.value;
      const drawn = tasks.map((task, index) => {
        const result = performTask(task);
        port.postMessage(done + (index + 1) / (tasks.length + 1));
        return result;
      });
      next = steps.next(drawn);
    }
    return { results: next.value };
  } catch (error) {
    if (error instanceof DocumentError || error instanceof Refused || error instanceof RangeError)
      return { failure: error.message };
    throw error;
  } finally {
    port.close();
  }
}
