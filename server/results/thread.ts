import { setTimeout } from 'node:timers/promises';
import type { Piscina } from 'piscina';
import { openPool } from '../threads.ts';
import type { Answered, Asked } from './worker.ts';

/** A thread that nobody asks for so long ends, and with it what it has read of studies. */
const IDLE_MS = 5 * 60_000;
const LONGEST_END_MS = 10_000;

let pool: Piscina<Asked, Answered> | undefined;
const underWay = new Set<Promise<Answered>>();
/** Not 0 where what is under way is to be given up. */
let stop = new SharedArrayBuffer(4);

/** One thread for all results of this process: it keeps what it has read, and one core stays free for answers. */
export function onThread(task: Asked): Promise<Answered> {
  const answered = open().run({ ...task, stop });
  underWay.add(answered);
  answered.finally(() => underWay.delete(answered)).catch(() => undefined);
  return answered;
}

/** Starts the thread, so that whoever asks first needn't wait for the libraries of the charts. */
export async function warmThread(): Promise<void> {
  await open().run(undefined as never, { name: 'warm' });
}

function open(): Piscina<Asked, Answered> {
  if (pool) return pool;
  pool = openPool('results', { threads: 1, idleTimeout: IDLE_MS }) as Piscina<Asked, Answered>;
  // A thread that breaks fails the work that it had; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/**
 * Ends the thread, for a server that stops. What is under way is given up at its next step and not in the middle of a
 * query, which would take the process with it.
 */
export async function endThread(): Promise<void> {
  const ending = pool;
  pool = undefined;
  Atomics.store(new Int32Array(stop), 0, 1);
  stop = new SharedArrayBuffer(4);
  const patience = new AbortController();
  await Promise.race([
    Promise.allSettled(underWay),
    setTimeout(LONGEST_END_MS, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
  patience.abort();
  await ending?.destroy();
}
