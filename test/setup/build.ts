import { buildIfStale } from '../../bin/build.mjs';
import { makeOnce } from './demonstration.ts';

/** Journeys use the pages as they ship and the same demonstration: both are made once before the first of them. */
export default async function build(): Promise<() => Promise<void>> {
  await buildIfStale();
  return makeOnce();
}
