import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Services } from '../../server/services.ts';
import { instantOf } from '../../server/visits/instantOf.ts';

const inZone = (timeZone: string) => ({ config: { timeZone } }) as Pick<Services, 'config'>;

// Directive 2000/84/EC: summer time begins and ends at 01:00 UTC on the last Sunday of March and of October.
test.each([
  ['Europe/Helsinki', '2026-12-01T10:00', '2026-12-01T08:00:00.000Z'],
  ['Europe/Helsinki', '2026-07-01T10:00', '2026-07-01T07:00:00.000Z'],
  ['Europe/Helsinki', '2026-03-29T02:59', '2026-03-29T00:59:00.000Z'],
  ['Europe/Helsinki', '2026-03-29T04:00', '2026-03-29T01:00:00.000Z'],
  ['Europe/Helsinki', '2026-10-25T02:59', '2026-10-24T23:59:00.000Z'],
  ['Europe/Helsinki', '2026-10-25T04:00', '2026-10-25T02:00:00.000Z'],
  ['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15:00.000Z'],
  ['UTC', '2026-01-01T00:00', '2026-01-01T00:00:00.000Z'],
])('%s %s is %s', (zone, local, instant) => {
  expect(instantOf(inZone(zone), local).toISOString()).toBe(instant);
});

test('a time that comes twice is the first, and one that is skipped stays within an hour of what was asked', () => {
  expect(instantOf(inZone('Europe/Helsinki'), '2026-10-25T03:30').toISOString()).toBe(
    '2026-10-25T00:30:00.000Z',
  );
  const skipped = instantOf(inZone('Europe/Helsinki'), '2026-03-29T03:30').getTime();
  expect(Math.abs(skipped - Date.parse('2026-03-29T01:00:00.000Z'))).toBeLessThanOrEqual(3_600_000);
});

test('any instant comes back from what its clock shows, but for the hour that comes twice', () => {
  const zones = fc.constantFrom(
    'Europe/Helsinki',
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Auckland',
    'America/St_Johns',
  );
  const minute = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2032, 0) / 60_000 });
  fc.assert(
    fc.property(zones, minute, (timeZone, at) => {
      const instant = new Date(at * 60_000);
      const local = instant
        .toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
        .replace(' ', 'T');
      const back = instantOf(inZone(timeZone), local).getTime();
      expect([0, -3_600_000]).toContain(back - instant.getTime());
    }),
    { numRuns: 500 },
  );
});
