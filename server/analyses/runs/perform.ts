import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { brokeOff, openPool } from '../../threads.ts';
import type { WholeResult, WholeRun } from '../worker.ts';

/** Runs of this process that are under way or wait for a thread. */
const underWay = new Map<string, { progress: number; stop: AbortController; ended: Promise<void> }>();
let pool: Piscina | undefined;

/** The threads of this process, shared by all that it computes. */
export const analysisPool = (): Piscina =>
  (pool ??= openPool('analyses', { threads: THREADS, idleTimeout: 5_000 }));

/** One core is left to the server's answers; further runs wait for their turn. */
const THREADS = Math.max(1, Math.min(2, availableParallelism() - 1));

export type Ending =
  | { status: 'done'; results: Extract<WholeResult, { results: unknown }>['results'] }
  | { status: 'failed'; failure: string }
  | { status: 'cancelled' };

/** Works a run off and tells `ended` how it went. */
export type Performer = (
  id: string,
  run: Omit<WholeRun, 'port'>,
  analyses: number,
  ended: (ending: Ending) => Promise<void>,
) => void | Promise<void>;

/** Works a run off on a thread; returns at once. */
export const perform: Performer = (id, run, analyses, ended) => {
  const stop = new AbortController();
  const { port1, port2 } = new MessageChannel();
  const state = { progress: 0, stop, ended: Promise.resolve() };
  port1.on('message', (done: number) => {
    state.progress = Math.min(1, done / Math.max(1, analyses));
  });
  port1.unref();
  underWay.set(id, state);
  state.ended = analysisPool()
    .run({ ...run, port: port2 }, { name: 'runWhole', transferList: [port2], signal: stop.signal })
    .then(
      (value): Ending => {
        const result = value as unknown as WholeResult;
        return 'results' in result
          ? { status: 'done', results: result.results }
          : { status: 'failed', ...result };
      },
      (error: Error): Ending =>
        stop.signal.aborted ? { status: 'cancelled' } : { status: 'failed', failure: brokeOff(error) },
    )
    .then(ended)
    .finally(() => {
      port1.close();
      underWay.delete(id);
    });
};

/** How far each run of this process is; to be asked before the database is, so that none ends unseen in between. */
export const progressNow = (): ReadonlyMap<string, number> =>
  new Map([...underWay].map(([id, { progress }]) => [id, progress]));

/** How far a run of this process is, from 0 to 1; null: it isn’t under way here. */
export const progressOf = (id: string): number | null => underWay.get(id)?.progress ?? null;

/** Stops a run and waits until that is on record. */
export async function stopRun(id: string): Promise<void> {
  const state = underWay.get(id);
  state?.stop.abort();
  await state?.ended;
}
