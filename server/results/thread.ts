import type { Piscina } from 'piscina';
import { openPool } from '../threads.ts';
import type { Answered, Asked } from './worker.ts';

/** A thread that nobody asks for so long ends, and with it what it has read of studies. */
const IDLE_MS = 5 * 60_000;

let pool: Piscina<Asked, Answered> | undefined;

/** One thread for all results of this process: it keeps what it has read, and one core stays free for answers. */
export const onThread = (task: Asked): Promise<Answered> => open().run(task);

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

/** Ends what is under way, for a server that stops. */
export async function endThread(): Promise<void> {
  const ending = pool;
  pool = undefined;
  await ending?.destroy();
}
