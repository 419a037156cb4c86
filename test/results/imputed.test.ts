import type { Piscina } from 'piscina';
import { expect, test } from 'vitest';
import type { ImputedResult, ImputedWork } from '../../server/analyses/imputeStudy.ts';
import { imputed } from '../../server/results/imputed.ts';

const work = { data: 'participant,arm', seed: 1, penalties: null } as unknown as ImputedWork;

/** A thread that breaks off the first work it is given, and does the next. */
function breakingOnce(): { pool: () => Piscina; given: () => number } {
  let given = 0;
  const run = async (): Promise<ImputedResult> => {
    given += 1;
    if (given === 1) throw new Error('out of memory');
    return { rows: [] };
  };
  return { pool: () => ({ run }) as unknown as Piscina, given: () => given };
}

test('what broke off is told once and then begun anew: nobody has to wait for the data to change', async () => {
  const place = {};
  const { pool, given } = breakingOnce();
  const warned = new Promise((resolve) => process.once('warning', resolve));
  await imputed(place, work, pool).ended;
  await warned;
  expect(() => imputed(place, work, pool)).toThrow(/Try it again/);
  const again = imputed(place, work, pool);
  await again.ended;
  expect(again.done).toEqual({ rows: [] });
  expect(imputed(place, work, pool)).toBe(again);
  expect(given()).toBe(2);
});
