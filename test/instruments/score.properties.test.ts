import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemValue, ItemValues } from '../../server/forms/contract.ts';
import type { InstrumentDocument, Item } from '../../server/instruments/document.ts';
import { loadInstruments } from '../../server/instruments/load.ts';
import { itemsOfScore, pointsOf, scoreForm } from '../../server/instruments/rules.ts';

const shipped = [...(await loadInstruments('data/instruments')).values()].filter(
  ({ scores }) => scores.length > 0,
);

/** The same instruments with a person-mean rule of at most half of the items, as a protocol may set. */
const withMean = shipped.flatMap((instrument) => {
  const atMost = Math.floor(itemsOfScore(instrument, instrument.scores[0]!).length / 2);
  if (atMost === 0) return [];
  const scores = instrument.scores.map((score) => ({ ...score, missing: { rule: 'mean' as const, atMost } }));
  return [{ ...instrument, scores }];
});
const all: [string, InstrumentDocument][] = [
  ...shipped.map((instrument): [string, InstrumentDocument] => [instrument.id, instrument]),
  ...withMean.map((instrument): [string, InstrumentDocument] => [
    `${instrument.id} with a mean rule`,
    instrument,
  ]),
];

const codesOf = (item: Item): number[] =>
  item.kind === 'choice'
    ? item.options.map(({ value }) => value)
    : item.kind === 'number'
      ? Array.from({ length: item.max - item.min + 1 }, (_, n) => item.min + n)
      : [];

const answerOf = (item: Item): fc.Arbitrary<ItemValue> =>
  fc.constantFrom(...codesOf(item)).map((value) => ({ value }));
const complete = (instrument: InstrumentDocument): fc.Arbitrary<ItemValues> =>
  fc.record(Object.fromEntries(instrument.items.map((item) => [item.id, answerOf(item)])));
const partial = (instrument: InstrumentDocument): fc.Arbitrary<ItemValues> =>
  fc.record(
    Object.fromEntries(
      instrument.items.map((item) => [
        item.id,
        fc.oneof(
          { weight: 6, arbitrary: answerOf(item) },
          { weight: 1, arbitrary: fc.constant<ItemValue>({ missing: 'refused' }) },
        ),
      ]),
    ),
    { requiredKeys: instrument.items.slice(1).map(({ id }) => id) },
  );
const totalOf = (instrument: InstrumentDocument, values: ItemValues) => scoreForm(instrument, values)[0]!;

describe.each(all)('%s', (_, instrument) => {
  const score = instrument.scores[0]!;
  const scored = itemsOfScore(instrument, score);

  test('a total is on its scale, or is missing with a reason', () => {
    fc.assert(
      fc.property(partial(instrument), (values) => {
        const { value, why } = totalOf(instrument, values);
        if (value === null) expect(why).toMatch(/\.$/);
        else {
          expect(why).toBeNull();
          expect(value).toBeGreaterThanOrEqual(score.min - 1e-9);
          expect(value).toBeLessThanOrEqual(score.max + 1e-9);
        }
      }),
    );
  });

  test('a complete form has a total that is not prorated, and a whole number', () => {
    fc.assert(
      fc.property(complete(instrument), (values) => {
        const { value, prorated } = totalOf(instrument, values);
        expect(Number.isInteger(value)).toBe(true);
        expect(prorated).toBe(false);
      }),
    );
  });

  test('neither the order of answers nor that of items matters', () => {
    fc.assert(
      fc.property(partial(instrument), fc.infiniteStream(fc.nat()), (values, random) => {
        const order = new Map(instrument.items.map(({ id }) => [id, random.next().value as number]));
        const shuffle = (a: string, b: string) => order.get(a)! - order.get(b)!;
        const shuffledValues = Object.fromEntries(Object.entries(values).sort(([a], [b]) => shuffle(a, b)));
        const items = [...instrument.items].sort((a, b) => shuffle(a.id, b.id));
        const [before, after] = [
          totalOf(instrument, values),
          totalOf({ ...instrument, items }, shuffledValues),
        ];
        if (before.value === null) expect(after.value).toBeNull();
        else expect(after.value).toBeCloseTo(before.value, 9);
        expect(after.prorated).toBe(before.prorated);
      }),
    );
  });

  test('more points for an item never make a total lower', () => {
    fc.assert(
      fc.property(
        partial(instrument),
        fc.constantFrom(...scored),
        fc.nat(),
        fc.nat(),
        (values, item, a, b) => {
          const codes = codesOf(item);
          const [low, high] = [codes[a % codes.length]!, codes[b % codes.length]!].sort(
            (first, second) => pointsOf(item, first)! - pointsOf(item, second)!,
          ) as [number, number];
          const lower = totalOf(instrument, { ...values, [item.id]: { value: low } });
          const higher = totalOf(instrument, { ...values, [item.id]: { value: high } });
          expect(higher.value === null).toBe(lower.value === null);
          if (lower.value !== null) expect(higher.value!).toBeGreaterThanOrEqual(lower.value - 1e-9);
        },
      ),
    );
  });

  test('a missing answer is never counted as 0: the total is missing, or prorated by the mean of the others', () => {
    fc.assert(
      fc.property(partial(instrument), (values) => {
        const blank = scored.filter(({ id }) => !values[id] || 'missing' in values[id]);
        const { value, prorated } = totalOf(instrument, values);
        if (blank.length === 0) {
          expect(value).not.toBeNull();
          return;
        }
        const rule = score.missing;
        if (rule.rule === 'none' || blank.length > rule.atMost) {
          expect(value).toBeNull();
          return;
        }
        expect(prorated).toBe(true);
        // Where every answered item is at its highest, so is the total: 0 in place of the blank would lower it.
        const top = Object.fromEntries(
          scored
            .filter((item) => !blank.includes(item))
            .map((item) => {
              const codes = codesOf(item).sort((a, b) => pointsOf(item, a)! - pointsOf(item, b)!);
              return [item.id, { value: codes.at(-1)! }];
            }),
        );
        const sameRange =
          new Set(scored.map((item) => Math.max(...codesOf(item).map((code) => pointsOf(item, code)!))))
            .size === 1;
        if (sameRange) expect(totalOf(instrument, top).value).toBeCloseTo(score.max, 9);
      }),
    );
  });

  test('blank and an explicit missing code have the same total', () => {
    fc.assert(
      fc.property(partial(instrument), (values) => {
        const answered = Object.fromEntries(Object.entries(values).filter(([, answer]) => 'value' in answer));
        expect(totalOf(instrument, answered).value).toBe(totalOf(instrument, values).value);
      }),
    );
  });
});
