import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WorklistRow } from '../../../server/visits/contract.ts';
import { axisOf, axisWidth } from '../../../web/parts/worklist/axis.ts';
import { grouped } from '../../../web/parts/worklist/grouped.ts';
import { daysLeftWords, nextStepOf, standingOf } from '../../../web/parts/worklist/standing.ts';
import { addDays, daysBetween } from '../../../web/time.ts';

const today = '2026-11-24';

function row(
  closes: string,
  patch: Omit<Partial<WorklistRow>, 'visit'> & { visit?: Partial<WorklistRow['visit']> } = {},
): WorklistRow {
  const { visit, ...rest } = patch;
  return {
    participant: 'LOH-0107',
    site: 'lohja',
    daysLeft: daysBetween(today, closes),
    started: null,
    next: 'hamd17',
    openQueries: 0,
    stopped: [],
    contacts: { count: 0, last: null },
    ...rest,
    visit: {
      visit: 'm3',
      label: '3 months',
      baseline: false,
      opens: addDays(closes, -28),
      target: addDays(closes, -14),
      closes,
      bookedFor: null,
      seenOn: null,
      state: 'due',
      formsDone: 0,
      formsTotal: 4,
      unscheduled: null,
      ...visit,
    },
  };
}

const everything = () => true;

describe('groups of the worklist', () => {
  test('split at today and at Sunday, as in the design picture', () => {
    const rows = ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-29', '2026-11-30', '2027-01-31'].map(
      (d) => row(d),
    );
    const counts = { overdue: 2, oldest: 4, week: 2, idle: 2, after: 2, last: '2027-01-31' };
    const groups = grouped({ rows, counts, today });
    expect(groups.map(({ id, rows: inside }) => [id, inside.length])).toEqual([
      ['overdue', 2],
      ['week', 2],
      ['later', 2],
    ]);
    expect(groups[1]?.reason).toBe('23–29 Nov');
    expect(groups[2]?.reason).toBe('2 visits up to 31 Jan');
  });

  test('lose no row and keep no empty group', () => {
    const days = fc.array(fc.integer({ min: -40, max: 80 }));
    fc.assert(
      fc.property(days, (offsets) => {
        const rows = offsets.map((offset) => row(addDays(today, offset)));
        const counts = { overdue: 0, oldest: 0, week: 0, idle: 0, after: 0, last: null };
        const groups = grouped({ rows, counts, today });
        expect(groups.flatMap((group) => group.rows).length).toBe(rows.length);
        expect(groups.every((group) => group.rows.length > 0)).toBe(true);
      }),
    );
  });
});

describe('where a visit stands and what to do next', () => {
  test('the most pressing fact comes first', () => {
    const words = (r: WorklistRow) => standingOf(r, today).words;
    expect(words(row('2026-11-20', { contacts: { count: 3, last: 'not-reached' } }))).toBe(
      'Not reached, 3 calls',
    );
    expect(words(row('2026-11-21', { contacts: { count: 1, last: 'declined' } }))).toBe(
      'Declined, to confirm',
    );
    expect(words(row('2026-11-23', { visit: { seenOn: today, formsDone: 1 } }))).toBe('Seen today');
    expect(words(row('2026-11-27', { openQueries: 1, visit: { formsDone: 3 } }))).toBe('1 query open');
    expect(words(row('2026-11-25', { visit: { bookedFor: '2026-11-25T09:30' } }))).toBe('Booked Wed 09:30');
    expect(words(row('2026-12-10', { visit: { bookedFor: '2026-11-20T10:00' } }))).toBe('Was booked 20 Nov');
    expect(words(row('2026-11-29'))).toBe('Not booked');
    expect(words(row('2027-01-20'))).toBe('Opens 23 Dec');
  });

  test('the step follows the state and the rights', () => {
    expect(nextStepOf(row('2026-11-20'), everything)).toBe('contact');
    expect(nextStepOf(row('2026-11-29'), everything)).toBe('book');
    expect(nextStepOf(row('2026-11-25', { visit: { bookedFor: '2026-11-25T09:30' } }), everything)).toBe(
      'enter',
    );
    expect(nextStepOf(row('2026-11-23', { started: 'cgi' }), everything)).toBe('continue');
    expect(nextStepOf(row('2026-11-29'), () => false)).toBe('open');
  });

  test('days left in words', () => {
    expect([-4, -1, 0, 1, 16].map(daysLeftWords)).toEqual([
      '4 days over',
      '1 day over',
      'Today',
      '1 day',
      '16 days',
    ]);
  });
});

describe('the time axis', () => {
  test('begins four weeks before this Monday and spans eight weeks', () => {
    const axis = axisOf(today);
    expect(axis.start).toBe('2026-10-26');
    expect(axis.at('2026-10-26')).toBe(0);
    expect(axis.at('2026-12-20', 1)).toBeCloseTo(axisWidth, 9);
    // 29.5 of 56 days of 194 px, as the picture draws today.
    expect(axis.at(today, 0.5)).toBeCloseTo((29.5 * 194) / 56, 9);
  });

  test('a later day lies further right', () => {
    const axis = axisOf(today);
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), (offset) => {
        const some = addDays(today, offset);
        expect(axis.at(addDays(some, 1))).toBeGreaterThan(axis.at(some));
      }),
    );
  });
});
