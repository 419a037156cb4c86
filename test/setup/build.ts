import { buildIfStale } from '../../bin/build.mjs';
import { BUILT_THREADS } from '../../server/threads.ts';
import { makeOnce } from './demonstration.ts';

/** Journeys use the pages and threads as they ship and the same demonstration: both are made once before the first of them. */
export default async function build(): Promise<() => Promise<void>> {
  await buildIfStale();
  process.env[BUILT_THREADS] = 'yes';
  return makeOnce();
}
