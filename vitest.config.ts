import { accessSync, constants } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/*
 * Hundreds of databases come and go: in memory where the system has a place for that (PostgreSQL makes one ten times
 * faster there), else where temporary files go.
 */
const MEMORY = '/dev/shm';
try {
  accessSync(MEMORY, constants.W_OK);
  process.env.TMPDIR ??= MEMORY;
} catch {
  // No such place on this system.
}

/** Begins with the files that take longest, so that none of them is what the others wait for at the end. */
class LongestFirst extends BaseSequencer {
  private static readonly long =
    /(journey\/(roles|allocation)|integration\/(access|blinding|allocation\/demo))\.test\.ts$/;
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LongestFirst.long.test(moduleId);
    return [...rest.filter(isLong), ...rest.filter((file) => !isLong(file))];
  }
}

/*
 * unit     everything that needs no server of its own; a database here is SQLite
 * sqlite   the integration tests on SQLite
 * postgres the same tests on a real PostgreSQL, but for those that try every endpoint with every role, or all that
 *          hides small counts or stands behind letters: that is the same code on both, and the tests take a minute
 * journey  whole flows in a browser, after the others
 */
export default defineConfig({
  test: {
    // Tests wait for databases and browsers as well as compute: one worker more than there are cores.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/integration/**', 'test/journey/**'],
          // Files share what they import, here and below: no test leaves anything behind in a module.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'sqlite',
          include: ['test/integration/**/*.test.ts'],
          env: { EQUIPOISE_TEST_DB: 'sqlite' },
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'postgres',
          include: ['test/integration/**/*.test.ts'],
          exclude: [
            'test/integration/access.test.ts',
            'test/integration/blinding.test.ts',
            'test/integration/disclosure.test.ts',
            'test/integration/masking.test.ts',
          ],
          env: { EQUIPOISE_TEST_DB: 'postgres' },
          isolate: false,
          globalSetup: ['test/setup/postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'journey',
          isolate: false,
          include: ['test/journey/**/*.test.ts'],
          globalSetup: ['test/setup/build.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
