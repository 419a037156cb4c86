import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VisitDefinition } from '../../server/studies/document.ts';
import { inCalendar } from '../../server/visits/calendar/shown.rules.ts';
import { type VisitState, visitState } from '../../server/visits/contract.ts';
import { addDays } from '../../server/visits/days.rules.ts';
import { type VisitFacts, viewVisit } from '../../server/visits/rules.ts';
import { unscheduledDefinition } from '../../server/visits/unscheduled.rules.ts';

/** Days from 2024, a leap year, to 2030. */
const someDay = fc.nat(2200).map((days) => addDays('2024-01-01', days));

const definition: fc.Arbitrary<VisitDefinition> = fc.record({
  id: fc.constant('visit'),
  label: fc.constant('Visit'),
  baseline: fc.boolean(),
  target: fc.oneof(fc.record({ days: fc.nat(400) }), fc.record({ months: fc.nat(24) })),
  window: fc.record({ before: fc.nat(60), after: fc.nat(60) }),
  missedAfter: fc.nat(90),
  instruments: fc.constant(['one', 'two', 'three']),
}) as fc.Arbitrary<VisitDefinition>;

const forms = fc.array(
  fc.constantFrom<{ status: 'started' | 'complete' }>({ status: 'started' }, { status: 'complete' }),
  {
    maxLength: 3,
  },
);

const facts: fc.Arbitrary<VisitFacts> = fc.record({
  status: fc.constantFrom(
    'screening',
    'excluded',
    'eligible',
    'consented',
    'randomised',
    'completed',
    'withdrawn',
  ),
  anchors: fc.record({ screenedOn: someDay, randomisedOn: fc.option(someDay) }),
  followUp: fc.oneof(
    fc.record({ assessments: fc.constant(true), from: fc.constant(null) }),
    fc.record({ assessments: fc.constant(false), from: someDay }),
  ),
  bookedFor: fc.option(someDay.map((day) => `${day}T10:00`)),
  forms,
  seenOn: fc.option(someDay),
  today: someDay,
}) as fc.Arbitrary<VisitFacts>;

test('a visit is in exactly one state on each day, and each state is as the contract words it', () => {
  fc.assert(
    fc.property(definition, facts, (visit, given) => {
      const { state, opens, closes, formsDone } = viewVisit(visit, given);
      const { today } = given;
      const begun = given.forms.length > 0;
      const ended =
        given.status === 'excluded' ||
        (!given.followUp.assessments && (closes === null || given.followUp.from! <= closes));
      const done = formsDone === 3;
      const waits = !done && !ended && !begun;
      // The sentences of the contract, each by itself; nothing here knows an order of precedence but what they say.
      const holds: Record<VisitState, boolean> = {
        done,
        stopped: !done && ended,
        started: !done && !ended && begun,
        upcoming: waits && (opens === null || today < opens),
        due: waits && opens !== null && opens <= today && today <= closes!,
        overdue: waits && closes !== null && closes < today && today <= addDays(closes, visit.missedAfter),
        missed: waits && closes !== null && today > addDays(closes, visit.missedAfter),
      };
      const held = visitState.options.filter((one) => holds[one]);
      expect(held).toEqual([state]);
    }),
    { numRuns: 2000 },
  );
});

test('while nothing is entered, later days lead from upcoming over due and overdue to missed and never back', () => {
  const order: VisitState[] = ['upcoming', 'due', 'overdue', 'missed'];
  fc.assert(
    fc.property(definition, facts, fc.nat(400), (visit, given, later) => {
      const at = (today: string) => viewVisit(visit, { ...given, forms: [], today }).state;
      const [now, then] = [at(given.today), at(addDays(given.today, later))];
      if (now === 'stopped') expect(then).toBe('stopped');
      else expect(order.indexOf(then)).toBeGreaterThanOrEqual(order.indexOf(now));
    }),
    { numRuns: 2000 },
  );
});

test('a window opens no later than its target and closes no earlier, and its days don’t depend on today', () => {
  fc.assert(
    fc.property(definition, facts, someDay, (visit, given, another) => {
      const one = viewVisit(visit, given);
      const two = viewVisit(visit, { ...given, today: another });
      expect([two.opens, two.target, two.closes]).toEqual([one.opens, one.target, one.closes]);
      if (one.opens === null) return;
      expect(one.opens <= one.target! && one.target! <= one.closes!).toBe(true);
      expect(one.opens).toBe(addDays(one.target!, -visit.window.before));
      expect(one.closes).toBe(addDays(one.target!, visit.window.after));
    }),
  );
});

test('an unscheduled visit stands on its own day, whatever else is known', () => {
  fc.assert(
    fc.property(facts, someDay, fc.integer({ min: 1, max: 99 }), (given, on, number) => {
      const visit = unscheduledDefinition(number, ['one']);
      const view = viewVisit(visit, { ...given, forms: [], unplanned: { on, reason: 'Called' } });
      expect([view.opens, view.target, view.closes, view.unscheduled]).toEqual([on, on, on, 'Called']);
      if (view.state !== 'stopped') expect(view.state === 'upcoming').toBe(given.today < on);
    }),
  );
});

test('what stands in a calendar always has a day to stand on, and nothing stopped is in it', () => {
  fc.assert(
    fc.property(definition, facts, (visit, given) => {
      const view = viewVisit(visit, given);
      if (!inCalendar(view)) return;
      expect(view.bookedFor ?? view.target).not.toBeNull();
      expect(view.state).not.toBe('stopped');
    }),
  );
});
