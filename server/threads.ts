import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { packageRoot } from './paths.ts';

/** What threads do, and the name of the built file; bin/build.mjs makes them. */
const workers = {
  analyses: { source: './analyses/worker.sources.mjs', built: 'analysisWorker.js' },
  results: { source: './results/worker.sources.mjs', built: 'resultsWorker.js' },
};

/** Set where tests of sources are to start the threads that were built, in a quarter of the time. */
export const BUILT_THREADS = 'EQUIPOISE_TEST_BUILT_THREADS';

/** Threads for long work. From sources the worker asks tsx itself to read them; built, it stands beside the server's file. */
export function openPool(
  work: keyof typeof workers,
  { threads, idleTimeout }: { threads?: number | undefined; idleTimeout?: number } = {},
): Piscina {
  const fromSources = import.meta.url.endsWith('.ts') && process.env[BUILT_THREADS] === undefined;
  const { source, built } = workers[work];
  return new Piscina({
    filename: fromSources
      ? fileURLToPath(new URL(source, import.meta.url))
      : join(packageRoot, 'dist', 'server', built),
    ...(threads !== undefined && {
      minThreads: idleTimeout === undefined ? Math.min(threads, 1) : 0,
      maxThreads: threads,
    }),
    ...(idleTimeout !== undefined && { idleTimeout }),
    ...(fromSources && { execArgv: [] }),
  });
}

/** What a person reads of a thread that failed; what it said itself may name the machine, and is for its log only. */
export function brokeOff(error: Error): string {
  process.emitWarning(error);
  return 'The computation broke off, and nothing was kept of it. Try it again; the server’s log says why.';
}
