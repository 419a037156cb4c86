import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Piscina } from 'piscina';
import { driveWith, performTask, type Steps, type Task, type TaskResult } from '../../analysis/tasks/task.ts';
import { openPool } from '../threads.ts';

export interface Threads {
  /** How many; as many as there are cores otherwise. */
  threads?: number;
  /** Told after each piece: how many of the pieces known so far are done. */
  onProgress?: (done: number, total: number) => void;
  /** Stops the work; the promise is rejected with an AbortError. */
  signal?: AbortSignal;
  /** Threads are started for what would take longer than this here, in milliseconds: they take a while to start. */
  worthwhile?: number;
}

/** Until so many milliseconds of work are done, how long the rest takes can't be told: code is still cold. */
const WARM = 100;

/**
 * Goes through the steps, small work here and long work on worker threads. The numbers don't depend on where it is
 * done, nor on how many threads there are.
 *
 * @throws AbortError when the signal stops it
 */
export async function runOnThreads<T>(
  steps: Steps<T>,
  { threads, onProgress, signal, worthwhile = 1000 }: Threads = {},
): Promise<T> {
  let pool: Piscina<Task, TaskResult> | undefined;
  let [done, total, spent] = [0, 0, 0];
  const isLong = (left: number) => worthwhile === 0 || (spent > WARM && (spent / done) * left > worthwhile);
  const count = (result: TaskResult) => {
    done += 1;
    onProgress?.(done, total);
    return result;
  };
  try {
    return await driveWith(steps, async (tasks) => {
      // Every piece listens to the signal.
      if (signal) setMaxListeners(0, signal);
      total += tasks.length;
      const results: TaskResult[] = [];
      while (!pool && results.length < tasks.length && !isLong(tasks.length - results.length)) {
        await setImmediate();
        signal?.throwIfAborted();
        const begin = performance.now();
        const result = performTask(tasks[results.length]!);
        spent += performance.now() - begin;
        results.push(count(result));
      }
      if (results.length === tasks.length) return results;
      signal?.throwIfAborted();
      pool ??= openPool('analyses', { threads }) as Piscina<Task, TaskResult>;
      const own = pool;
      const rest = await Promise.all(
        tasks.slice(results.length).map(async (task) => count(await own.run(task, signal ? { signal } : {}))),
      );
      return [...results, ...rest];
    });
  } finally {
    await pool?.destroy();
  }
}
