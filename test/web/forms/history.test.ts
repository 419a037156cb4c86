import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemValues } from '../../../server/forms/contract.ts';
import { sameWork, type Work } from '../../../web/forms/difference.ts';
import { below, type History, noHistory, record, takeStep } from '../../../web/forms/history.ts';
import { savedSteps } from '../../../web/forms/useUndo.ts';

const order = ['mood', 'guilt', 'note'];
const work = (values: ItemValues, assessedOn: string | null = null): Work => ({
  assessedOn,
  lateReason: null,
  values,
});
/** Plays works one after the other. */
const play = (works: Work[]): History =>
  works
    .slice(1)
    .reduce((history, next, at) => record(history, order, works[at]!, next, new Set(['note'])), noHistory);

describe('undo', () => {
  it('takes the last change back and brings it back', () => {
    const works = [work({}), work({ mood: { value: 2 } }), work({ mood: { value: 3 } })];
    const undone = takeStep(play(works), works[2]!, 'undo')!;
    expect(undone.work).toEqual(works[1]);
    expect(undone.fields).toEqual(['mood']);
    expect(takeStep(undone.history, undone.work, 'redo')!.work).toEqual(works[2]);
  });

  it('takes letters of one field as one change', () => {
    const works = ['', 'b', 'be', 'bet'].map((value) => work(value ? { note: { value } } : {}));
    const history = play(works);
    expect(history.done).toHaveLength(1);
    expect(takeStep(history, works[3]!, 'undo')!.work).toEqual(works[0]);
  });

  it('takes the letters of a reason as one change too', () => {
    const works = ['too', 'too ', 'too f'].map((weight) => ({ ...work({}), reasons: { weight } }));
    const history = play([work({}), ...works]);
    expect(history.done).toHaveLength(1);
    expect(takeStep(history, works[2]!, 'undo')!.work.reasons).toEqual({});
  });

  it('leaves the date that came along with the first answer', () => {
    const works = [work({}), work({ mood: { value: 2 } }, '2026-11-24')];
    expect(takeStep(play(works), works[1]!, 'undo')!.work).toEqual(work({}, '2026-11-24'));
  });

  it('touches no field that someone changed since', () => {
    const works = [work({}), work({ mood: { value: 1 } }), work({ mood: { value: 1 }, guilt: { value: 2 } })];
    const theirs = work({ mood: { value: 1 }, guilt: { value: 4 } });
    // The change of guilt is not there any more; the one before it is.
    expect(takeStep(play(works), theirs, 'undo')!.work).toEqual(work({ guilt: { value: 4 } }));
  });

  it('goes back to the start from wherever, and forward again', () => {
    const value = fc.option(fc.record({ value: fc.integer({ min: 0, max: 4 }) }), { nil: undefined });
    const values = fc
      .record({ mood: value, guilt: value, note: value })
      .map((given) => Object.fromEntries(Object.entries(given).filter(([, one]) => one)) as ItemValues);
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 12 }), (given) => {
        const works = given.map((one) => work(one));
        let [history, now] = [play(works), works.at(-1)!];
        for (let step = takeStep(history, now, 'undo'); step; step = takeStep(history, now, 'undo'))
          ({ history, work: now } = step);
        expect(sameWork(order, now, works[0]!)).toBe(true);
        for (let step = takeStep(history, now, 'redo'); step; step = takeStep(history, now, 'redo'))
          ({ history, work: now } = step);
        expect(sameWork(order, now, works.at(-1)!)).toBe(true);
      }),
    );
  });

  it('reaches below this page: what the same person saved last, not what someone else did', () => {
    const version = (n: number, by: string, value: number) => ({
      version: n,
      by,
      changed: [{ item: 'mood', before: value === 1 ? null : { value: value - 1 }, after: { value } }],
    });
    // Newest first, as the server lists them.
    const versions = [
      version(4, 'Anna', 4),
      version(3, 'Anna', 3),
      version(2, 'Bo', 2),
      version(1, 'Anna', 1),
    ];
    const steps = savedSteps(versions, 'Anna', 4);
    expect(steps.map((step) => step[0]!.after)).toEqual([{ value: 3 }, { value: 4 }]);
    const { work: back } = takeStep(below(noHistory, steps), work({ mood: { value: 4 } }), 'undo')!;
    expect(back.values).toEqual({ mood: { value: 3 } });
  });
});
