import { type RerandomisationTask, rerandomise } from './rerandomise.ts';
import { bootstrapRisks, type RiskBootstrapTask } from './risk-bootstrap.ts';

/**
 * A piece of a long computation that needs nothing but itself: plain values and typed arrays, which can be sent to
 * another thread. How it is cut into pieces doesn't depend on the number of threads, and each piece has a seed of its
 * own, so that the result is the same wherever the pieces are worked on.
 */
export type Task = RerandomisationTask | RiskBootstrapTask;
export type TaskResult = Float64Array;

/** Asks for pieces of work, goes on with their results in the same order, and gives a T in the end. */
export type Steps<T> = Generator<Task[], T, TaskResult[]>;

export function performTask(task: Task): TaskResult {
  switch (task.kind) {
    case 'rerandomisation':
      return rerandomise(task);
    case 'risk-bootstrap':
      return bootstrapRisks(task);
  }
}

/** Works on all pieces here and now. */
export function drive<T>(steps: Steps<T>): T {
  let next = steps.next();
  while (!next.done) next = steps.next(next.value.map(performTask));
  return next.value;
}

/** @param perform gives the results in the order of the tasks, from as many threads as it likes */
export async function driveWith<T>(
  steps: Steps<T>,
  perform: (tasks: readonly Task[]) => Promise<TaskResult[]>,
): Promise<T> {
  let next = steps.next();
  while (!next.done) next = steps.next(await perform(next.value));
  return next.value;
}

/** Replicates in a piece. */
const PIECE = 1000;

/** Sizes of the pieces that make up so many replicates. */
export const pieces = (replicates: number): number[] =>
  Array.from({ length: Math.ceil(replicates / PIECE) }, (_, i) => Math.min(PIECE, replicates - i * PIECE));
