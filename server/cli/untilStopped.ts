import type { Listening } from '../start.ts';

/** Serves until the process is asked to stop, then finishes what is under way. */
export async function untilStopped(server: Listening): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
}
