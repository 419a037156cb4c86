import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queryStatus } from '../../server/queries/contract.ts';
import {
  actsOn,
  ageBand,
  ageBands,
  daysOpen,
  isFor,
  median,
  openedWithin,
  type Standing,
} from '../../server/queries/rules.ts';
import { roleName } from '../../server/studies/document.ts';

const person = fc.constantFrom('ann', 'ben', 'cia');
const standing: fc.Arbitrary<Standing> = fc.record({
  status: fc.constantFrom(...queryStatus.options),
  automatic: fc.boolean(),
  openedBy: person,
  closedBy: fc.option(person, { nil: null }),
  ownerId: fc.option(person, { nil: null }),
  ownerRole: fc.option(fc.constantFrom('coordinator', 'assessor'), { nil: null }),
});
const asker = fc.record({
  id: person,
  roles: fc.uniqueArray(fc.constantFrom(...roleName.options), { minLength: 1, maxLength: 3 }),
});

describe('what may be done', () => {
  test('nobody but a data manager, or the monitor who opened it, closes or cancels', () => {
    fc.assert(
      fc.property(standing, asker, (query, who) => {
        const closes = actsOn(query, who).some((act) => act === 'close' || act === 'cancel');
        const own = who.roles.includes('monitor') && query.openedBy === who.id && !query.automatic;
        if (closes) expect(who.roles.includes('data-manager') || own).toBe(true);
      }),
    );
  });

  test('only a closed query is reopened, and then nothing else is done to it', () => {
    fc.assert(
      fc.property(standing, asker, (query, who) => {
        const acts = actsOn(query, who);
        if (query.status === 'cancelled') expect(acts).toEqual([]);
        else if (query.status === 'closed') expect(['', 'reopen']).toContain(acts.join());
        else expect(acts).not.toContain('reopen');
      }),
    );
  });

  test('a settled query waits for nobody, an owned one for its owner alone', () => {
    fc.assert(
      fc.property(standing, asker, (query, who) => {
        const mine = isFor(query, who);
        if (query.status === 'closed' || query.status === 'cancelled') expect(mine).toBe(false);
        if (query.status === 'open' && query.ownerId !== null) expect(mine).toBe(query.ownerId === who.id);
      }),
    );
  });
});

describe('age', () => {
  const instant = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());

  test('each query is in one band, by its days or by when it was opened', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 60 * 86_400_000 }), (now, before) => {
        const opened = new Date(Date.parse(now) - before).toISOString();
        const band = ageBand(daysOpen(opened, now));
        const within = ageBands.filter(({ id }) => {
          const { after, until } = openedWithin(id, now);
          return opened <= until && (after === null || opened > after);
        });
        expect(within.map(({ id }) => id)).toEqual([band]);
      }),
    );
  });

  test('a day is over after 24 hours', () => {
    expect(daysOpen('2026-11-01T10:00:00.000Z', '2026-11-08T09:59:59.999Z')).toBe(6);
    expect(daysOpen('2026-11-01T10:00:00.000Z', '2026-11-08T10:00:00.000Z')).toBe(7);
    expect(daysOpen('2026-11-02T10:00:00.000Z', '2026-11-01T10:00:00.000Z')).toBe(0);
  });

  test('the median of an even number lies between the middle two', () => {
    expect([median([]), median([3]), median([9, 1]), median([5, 1, 9])]).toEqual([null, 3, 5, 5]);
  });
});
