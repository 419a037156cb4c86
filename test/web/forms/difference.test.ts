import { describe, expect, it } from 'vitest';
import { differences, merge, sameWork, type Work } from '../../../web/forms/difference.ts';

const order = ['mood', 'guilt', 'suicide'];
const work = (values: Work['values'], assessedOn: string | null = null): Work => ({
  assessedOn,
  lateReason: null,
  values,
});
const base = work({ mood: { value: 1 }, guilt: { value: 1 } });
const mine = work({ mood: { value: 2 }, guilt: { value: 1 }, suicide: { value: 0 } }, '2026-11-24');
const theirs = work({ mood: { value: 3 }, guilt: { missing: 'refused' } });

describe('two versions of a form', () => {
  it('names every field that differs, in form order, and who changed it', () => {
    expect(differences(order, base, mine, theirs).map(({ field, changedBy }) => [field, changedBy])).toEqual([
      ['assessedOn', 'me'],
      ['mood', 'both'],
      ['guilt', 'them'],
      ['suicide', 'me'],
    ]);
  });

  it('merges field by field and leaves the rest as theirs', () => {
    const merged = merge(mine, theirs, {
      assessedOn: 'mine',
      mood: 'theirs',
      guilt: 'theirs',
      suicide: 'mine',
    });
    expect(merged).toEqual(
      work({ mood: { value: 3 }, guilt: { missing: 'refused' }, suicide: { value: 0 } }, '2026-11-24'),
    );
  });

  it('can take a value away again', () => {
    expect(merge(base, mine, { suicide: 'mine' }).values.suicide).toBeUndefined();
  });

  it('tells a code from a reason for missing', () => {
    expect(
      sameWork(order, work({ mood: { value: 'refused' } }), work({ mood: { missing: 'refused' } })),
    ).toBe(false);
    expect(sameWork(order, mine, structuredClone(mine))).toBe(true);
  });
});
