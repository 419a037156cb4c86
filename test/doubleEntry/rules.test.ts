import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  adjudicated,
  asEnteredTwice,
  count,
  type Decided,
  differencesBetween,
  type Entered,
  fieldsOf,
  noRate,
  undecided,
  valueIn,
} from '../../server/doubleEntry/rules.ts';
import { wantedTwice } from '../../server/doubleEntry/wanted.ts';
import type { ItemValue } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { loadStudy } from '../../server/studies/load.ts';

const { document, instruments } = await loadStudy('data/studies/ipt-depression.yaml', ['data/instruments']);
const instrument = instruments.find(({ id }) => id === 'background') as InstrumentDocument;

const answer: fc.Arbitrary<ItemValue | null> = fc.oneof(
  fc.constant(null),
  fc.record({ value: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ missing: fc.constantFrom('refused', 'unknown') }),
);
const items = fieldsOf(instrument).slice(1);
const entry: fc.Arbitrary<Entered> = fc.record({
  assessedOn: fc.constantFrom(null, '2026-11-01', '2026-11-02'),
  values: fc
    .tuple(...items.map(() => answer))
    .map((answers) =>
      Object.fromEntries(items.flatMap((id, index) => (answers[index] ? [[id, answers[index]!]] : []))),
    ),
});
const decisionsFor = (first: Entered, second: Entered) => {
  const fields = differencesBetween(instrument, first, second).map(({ field }) => field);
  return fc
    .tuple(...fields.map(() => fc.tuple(fc.constantFrom('first', 'second', 'other'), answer)))
    .map((choices) =>
      choices.map(
        ([choice, value], index): Decided => ({
          field: fields[index]!,
          choice: choice as Decided['choice'],
          value: fields[index] === 'assessed-on' ? { value: '2026-11-03' } : value,
        }),
      ),
    );
};
const adjudication = fc
  .tuple(entry, entry)
  .chain(([first, second]) => fc.tuple(fc.constant(first), fc.constant(second), decisionsFor(first, second)));

describe('two entries', () => {
  test('that are the same never need anybody', () => {
    fc.assert(
      fc.property(entry, (one) => {
        expect(differencesBetween(instrument, one, structuredClone(one))).toEqual([]);
      }),
    );
  });

  test('differ in the same fields whichever is first', () => {
    fc.assert(
      fc.property(entry, entry, (a, b) => {
        const fields = (x: Entered, y: Entered) =>
          differencesBetween(instrument, x, y).map(({ field }) => field);
        expect(fields(a, b)).toEqual(fields(b, a));
      }),
    );
  });

  test('of text are the same but for spaces and capitals', () => {
    const text = instrument.items.find(({ kind }) => kind === 'text');
    const one = { id: 'note', label: 'Note', kind: 'text', required: false, maxLength: 100 } as never;
    const form = text ? instrument : { ...instrument, items: [one] };
    const id = text?.id ?? 'note';
    const of = (value: string) => ({ assessedOn: null, values: { [id]: { value } } });
    expect(differencesBetween(form, of('Took  ill\r\n'), of(' took ill'))).toEqual([]);
    expect(differencesBetween(form, of('took ill'), of('took ill.'))).toHaveLength(1);
  });
});

describe('adjudication', () => {
  test('gives the same form in whatever order the fields are decided', () => {
    fc.assert(
      fc.property(
        adjudication.chain(([first, second, decided]) =>
          fc.tuple(
            fc.constant({ first, second, decided }),
            fc.shuffledSubarray(decided, { minLength: decided.length }),
          ),
        ),
        ([{ first, second, decided }, shuffled]) => {
          const inOrder = adjudicated(first, second, decided);
          const otherwise = adjudicated(first, second, shuffled);
          expect(otherwise.assessedOn).toBe(inOrder.assessedOn);
          expect(otherwise.values).toEqual(inOrder.values);
        },
      ),
    );
  });

  test('leaves every field as one entry, the other or the third value has it, and nothing undecided', () => {
    fc.assert(
      fc.property(adjudication, ([first, second, decided]) => {
        const stands = adjudicated(first, second, decided);
        const differences = differencesBetween(instrument, first, second);
        expect(undecided(differences, decided)).toEqual([]);
        for (const field of fieldsOf(instrument)) {
          const one = decided.find((each) => each.field === field);
          const expected =
            one === undefined || one.choice === 'first'
              ? valueIn(first, field)
              : one.choice === 'second'
                ? valueIn(second, field)
                : one.value;
          expect(valueIn(stands, field)).toEqual(expected);
        }
      }),
    );
  });

  test('for the second entry in every field gives the second entry', () => {
    fc.assert(
      fc.property(entry, entry, (first, second) => {
        const decided = differencesBetween(instrument, first, second).map(
          ({ field }): Decided => ({ field, choice: 'second', value: null }),
        );
        expect(differencesBetween(instrument, adjudicated(first, second, decided), second)).toEqual([]);
      }),
    );
  });
});

test('a rate adds up: what differed was decided against one, the other or both, or not yet', () => {
  const rate = noRate();
  for (const [differed, choice] of [
    [false, undefined],
    [true, 'first'],
    [true, 'second'],
    [true, 'other'],
    [true, undefined],
  ] as const)
    count(rate, differed, choice);
  expect(rate).toEqual({ compared: 5, differed: 4, firstWrong: 2, secondWrong: 2, undecided: 1 });
});

describe('a sample', () => {
  const wants = (sample: number, id: string) =>
    wantedTwice({ ...document, doubleEntry: { instruments: ['hamd17'], sample } }, id, 'baseline', 'hamd17');

  test('is the same each time, grows with its share, and is of the named forms only', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.double({ min: 0.01, max: 1, noNaN: true }), (id, sample) => {
        expect(wants(sample, id)).toBe(wants(sample, id));
        if (wants(sample, id)) expect(wants(Math.min(1, sample * 2), id)).toBe(true);
        const twice = { ...document, doubleEntry: { instruments: ['hamd17'], sample: 1 } };
        expect(wantedTwice(twice, id, 'baseline', 'bdi21')).toBe(false);
      }),
    );
    expect(wants(1, 'any')).toBe(true);
    expect(wantedTwice(document, 'any', 'baseline', 'hamd17')).toBe(document.doubleEntry !== undefined);
  });

  test('is about its share of many forms', () => {
    const drawn = Array.from({ length: 4000 }, (_, n) => wants(0.1, `participant ${n}`)).filter(
      Boolean,
    ).length;
    // 400 expected; the standard deviation of a binomial with n = 4000, p = 0.1 is 19: five of them either side.
    expect(Math.abs(drawn - 400)).toBeLessThan(95);
  });
});

test('a file is neither asked for nor compared in a second entry; everything else is', async () => {
  const { instruments: shipped } = await loadStudy('data/studies/example-drug-trial.yaml', [
    'data/instruments',
  ]);
  const form = shipped.find(({ items: all }) => all.some(({ kind }) => kind === 'file'))!;
  const required = { ...form, items: form.items.map((item) => ({ ...item, required: true }) as typeof item) };
  const file = form.items.find(({ kind }) => kind === 'file')!.id;
  expect(fieldsOf(form)).not.toContain(file);
  const asked = asEnteredTwice(required).items.filter((item) => !item.required);
  expect(asked.map(({ id }) => id)).toEqual([file]);
  const value = {
    file: crypto.randomUUID(),
    name: 'a.pdf',
    type: 'application/pdf' as const,
    size: 4,
    sha256: '0'.repeat(64),
  };
  const first = { assessedOn: '2026-11-01', values: { [file]: { value } } };
  expect(differencesBetween(form, first, { assessedOn: '2026-11-01', values: {} })).toEqual([]);
});
