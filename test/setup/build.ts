/** Journeys use the pages as they ship: built once before the first of them. */
export default async function build(): Promise<void> {
  const { buildIfStale } = (await import('../../bin/build.mjs' as string)) as {
    buildIfStale(): Promise<void>;
  };
  await buildIfStale();
}
