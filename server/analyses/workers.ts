import { setMaxListeners } from 'node:events';
import type { Piscina } from 'piscina';
import { driveWith, type Steps, type Task, type TaskResult } from '../../analysis/tasks/task.ts';
import { openPool } from '../threads.ts';

export interface Threads {
  /** How many; as many as there are cores otherwise. */
  threads?: number;
  /** Told after each piece: how many of the pieces known so far are done. */
  onProgress?: (done: number, total: number) => void;
  /** Stops the work; the promise is rejected with an AbortError. */
  signal?: AbortSignal;
}

/**
 * Goes through the steps with their work on worker threads. The numbers don't depend on how many there are.
 *
 * @throws AbortError when the signal stops it
 */
export async function runOnThreads<T>(
  steps: Steps<T>,
  { threads, onProgress, signal }: Threads = {},
): Promise<T> {
  let pool: Piscina<Task, TaskResult> | undefined;
  let [done, total] = [0, 0];
  try {
    return await driveWith(steps, async (tasks) => {
      // Every piece listens to the signal.
      if (signal) setMaxListeners(0, signal);
      signal?.throwIfAborted();
      pool ??= openPool('analyses', { threads }) as Piscina<Task, TaskResult>;
      const own = pool;
      total += tasks.length;
      return Promise.all(
        tasks.map(async (task) => {
          const result = await own.run(task, signal ? { signal } : {});
          done += 1;
          onProgress?.(done, total);
          return result;
        }),
      );
    });
  } finally {
    await pool?.destroy();
  }
}
