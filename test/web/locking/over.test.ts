import { describe, expect, test } from 'vitest';
import type { Scope } from '../../../server/locks/contract.ts';
import { offered } from '../../../web/locking/over.ts';

const participant = 'LOH-0001';
const parts: Record<string, Scope> = {
  study: { level: 'study' },
  site: { level: 'site', site: 'lohja' },
  participant: { level: 'participant', participant },
  visit: { level: 'visit', participant, visit: 'm3' },
  form: { level: 'form', participant, visit: 'm3', instrument: 'hamd17' },
};
const names = Object.keys(parts);
const held = (kind: 'locked' | 'frozen', scope: Scope) => [{ kind, scope }];

describe('freezing and locking', () => {
  test('are both offered of what nothing is over', () => {
    for (const part of Object.values(parts)) expect(offered([], part)).toEqual({ freeze: true, lock: true });
  });

  // Each level holds itself and everything beneath it, and nothing above it.
  test.each(names.flatMap((hold, at) => names.map((part, of) => [hold, part, at <= of] as const)))(
    'a lock of the %s is over the %s: %s',
    (hold, part, over) => {
      expect(offered(held('locked', parts[hold]!), parts[part]!)).toEqual({ freeze: !over, lock: !over });
      expect(offered(held('frozen', parts[hold]!), parts[part]!)).toEqual({ freeze: !over, lock: true });
    },
  );

  test('are offered beside what is locked', () => {
    const beside = { ...parts.form, instrument: 'cgi-s' } as Scope;
    const later = { ...parts.visit, visit: 'm12' } as Scope;
    for (const [hold, part] of [
      [parts.form!, beside],
      [parts.visit!, later],
      [parts.site!, { level: 'site', site: 'vihti' } as Scope],
    ] as const)
      expect(offered(held('locked', hold), part)).toEqual({ freeze: true, lock: true });
  });
});
