import { expect, test } from 'vitest';
import { asked } from '../../server/results/asked.ts';
import type { Caller, Services } from '../../server/services.ts';
import { shipped } from '../setup/shipped.ts';

const question = { what: 'rows', query: { population: 'all-randomised' } } as const;

test('an instant means the same however few of its parts are written, as RFC 3339 and ISO 8601 have it', async () => {
  const study = await shipped('ipt-depression');
  const services = {
    config: { databaseUrl: 'sqlite:', timeZone: 'Europe/Helsinki' },
    now: () => new Date('2026-11-23T09:00:00.000Z'),
  } as unknown as Services;
  const caller = { study: { id: 'x', ...study }, roles: ['investigator'], sites: null } as unknown as Caller;
  const untilOf = async (asOf: string) => (await asked(services, caller, question, 'desk', asOf)).until;
  // What is recorded is compared with it as text, of which “09:00Z” is later than all of its minute.
  for (const asOf of ['2026-06-01T09:00Z', '2026-06-01T09:00:00Z', '2026-06-01T09:00:00.000Z'])
    expect(await untilOf(asOf)).toBe('2026-06-01T09:00:00.000Z');
  expect(await untilOf('2026-11-23T09:00Z')).toBeNull();
  expect(await untilOf('2026-11-23T10:00Z')).toBeNull();
});
