import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, type EntryAction, enter, startEntry } from '../../../web/forms/entry.ts';

const order = Array.from({ length: 17 }, (_, index) => `hamd1${String(index + 1).padStart(2, '0')}`);
const set = (item: string, value = 1): EntryAction => ({
  type: 'set',
  item,
  value: { value },
  advance: true,
});

describe('entry of a form', () => {
  it('takes 17 answers for 17 items and then stands at the end', () => {
    let entry = startEntry(order, {});
    let presses = 0;
    while (entry.current !== null) {
      entry = enter(order, entry, set(entry.current));
      presses += 1;
    }
    expect(presses).toBe(17);
    expect(Object.keys(entry.values)).toHaveLength(17);
  });

  it('starts at the first blank; a missing code is no blank', () => {
    expect(startEntry(order, { hamd101: { value: 2 }, hamd102: { missing: 'refused' } }).current).toBe(
      'hamd103',
    );
  });

  it('goes back to where it was after a correction', () => {
    let entry = startEntry(order, {});
    for (const item of order.slice(0, 5)) entry = enter(order, entry, set(item));
    entry = enter(order, entry, { type: 'back' });
    expect(entry.current).toBe('hamd105');
    entry = enter(order, entry, set('hamd105', 0));
    expect(entry.current).toBe('hamd106');
    expect(entry.values.hamd105).toEqual({ value: 0 });
  });

  it('comes round to a blank that was passed over', () => {
    let entry = enter(order, startEntry(order, {}), { type: 'next' });
    for (const item of order.slice(1)) entry = enter(order, entry, set(item));
    expect(entry.current).toBe('hamd101');
  });

  it('stays within the form whatever is pressed, and only set and clear change answers', () => {
    const item = fc.constantFrom(...order);
    const action: fc.Arbitrary<EntryAction> = fc.oneof(
      fc.record({
        type: fc.constant('set' as const),
        item,
        value: fc.record({ value: fc.integer({ min: 0, max: 4 }) }),
        advance: fc.boolean(),
      }),
      fc.record({ type: fc.constant('clear' as const), item }),
      fc.constant({ type: 'next' as const }),
      fc.constant({ type: 'back' as const }),
      fc.record({ type: fc.constant('missing' as const), open: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        actions.reduce<Entry>(
          (entry, next) => {
            const after = enter(order, entry, next);
            expect(after.current === null || order.includes(after.current)).toBe(true);
            expect(after.missingOpen && after.current === null).toBe(false);
            if (next.type !== 'set' && next.type !== 'clear') expect(after.values).toBe(entry.values);
            return after;
          },
          startEntry(order, {}),
        );
      }),
    );
  });
});
