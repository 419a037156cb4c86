import { describe, expect, it } from 'vitest';
import type { KeptWork } from '../../../web/offline/kept.ts';
import { changedFields, keptLine, waitingLine } from '../../../web/offline/words.ts';

const blank = { assessedOn: null, lateReason: null, values: {} };
const kept = (over: Partial<KeptWork> = {}): KeptWork => ({
  user: 'anna',
  study: 'trial',
  participant: 'LOH-0001',
  visit: 'm3',
  instrument: 'hamd17',
  entry: 'first',
  version: 1,
  base: blank,
  work: { ...blank, values: { mood: { value: 2 } } },
  correction: false,
  intent: null,
  unanswered: [],
  trouble: null,
  since: '2026-11-24T14:00:00.000Z',
  stamp: 'a',
  ...over,
});
const refused = { kind: 'refused' as const, message: 'The database is locked.', issues: [] };

describe('what is said of work on this device', () => {
  it('counts every field that is other than before, the date among them', () => {
    const base = { ...blank, values: { mood: { value: 2 }, sleep: { value: 1 }, same: { value: 0 } } };
    const work = {
      ...blank,
      assessedOn: '2026-11-24',
      values: { mood: { missing: 'refused' }, same: { value: 0 }, weight: { value: 70 } },
    };
    // The date, mood changed, sleep cleared, weight new.
    expect(changedFields({ base, work })).toBe(4);
  });

  it('says what it waits for', () => {
    expect(waitingLine(kept())).toBe('Waits for the server.');
    expect(waitingLine(kept({ intent: { complete: true } }))).toContain('marked complete');
    expect(waitingLine(kept({ correction: true }))).toContain('reason');
    expect(waitingLine(kept({ correction: true, intent: { complete: true, reason: 'Misread' } }))).toBe(
      'Waits for the server.',
    );
    expect(waitingLine(kept({ trouble: { kind: 'conflict' } }))).toContain('field by field');
    expect(waitingLine(kept({ trouble: refused }))).toBe('Refused: The database is locked.');
  });

  it('asks for the person only where the server can’t go on alone', () => {
    expect(keptLine([])).toBeNull();
    expect(keptLine([kept()])).toBeNull();
    expect(keptLine([kept(), kept({ participant: 'LOH-0002' })])).toBe('2 forms on this device');
    expect(keptLine([kept(), kept({ trouble: refused })])).toBe('1 form needs you');
    expect(keptLine([kept({ trouble: { kind: 'conflict' } }), kept({ trouble: refused })])).toBe(
      '2 forms need you',
    );
  });
});
