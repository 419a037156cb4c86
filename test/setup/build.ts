import { buildIfStale } from '../../bin/build.mjs';

/** Journeys use the pages as they ship: built once before the first of them. */
export default async function build(): Promise<void> {
  await buildIfStale();
}
