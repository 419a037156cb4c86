import type { ItemValues } from '../forms/contract.ts';
import type { InstrumentDocument, Item } from '../instruments/document.ts';
import { rangeOf } from '../instruments/rules.ts';
import { addDays } from '../visits/days.rules.ts';
import type { Chance } from './chance.ts';

/** What a made-up participant is like at one visit. */
export interface Condition {
  /** HAM-D17 total. */
  total: number;
  baselineTotal: number;
  baseline: boolean;
  seenOn: string;
  age: number;
  /** Days since the last visit. */
  span: number;
}

/** Relative weight of each HAM-D17 item in a total: low mood and loss of interest before weight and insight. */
const hamdWeights: Record<string, number> = {
  1: 1.5,
  2: 1,
  3: 0.28,
  4: 1,
  5: 0.9,
  6: 0.9,
  7: 1.5,
  8: 0.6,
  9: 0.6,
  10: 1.3,
  11: 1.1,
  12: 0.6,
  13: 1.1,
  14: 0.9,
  15: 0.6,
  16: 0.5,
  17: 0.2,
};

/** Answers for one form that fit the condition. */
export function answersFor(instrument: InstrumentDocument, condition: Condition, chance: Chance): ItemValues {
  switch (instrument.id) {
    case 'hamd17':
      return spread(instrument, condition.total, chance);
    case 'cgi-s':
      return single(instrument, severity(condition.total, chance));
    case 'cgi-i':
      return single(instrument, improvement(condition, chance));
    case 'sofas':
      return single(
        instrument,
        clamp(Math.round(82 - 1.75 * condition.total + chance.integer(-6, 6)), 25, 95),
      );
    case 'sick-leave':
      return sickLeave(instrument, condition, chance);
    default:
      return Object.fromEntries(
        instrument.items.flatMap((item) => {
          const value = anyAnswer(item, condition, chance);
          return value === null ? [] : [[item.id, { value }]];
        }),
      );
  }
}

/** Adds points one by one to weighted items until the total is reached. */
function spread(instrument: InstrumentDocument, total: number, chance: Chance): ItemValues {
  const points = new Map(instrument.items.map((item) => [item.id, 0]));
  const limit = (item: Item): number => (item.id === '16' ? 2 : (rangeOf(item)?.max ?? 0));
  for (let left = total; left > 0; left -= 1) {
    const open = instrument.items.filter((item) => points.get(item.id)! < limit(item));
    const item = chance.weighted(
      open.map((one) => [one, (hamdWeights[one.id] ?? 1) * (points.get(one.id) ? 0.8 : 1)]),
    );
    points.set(item.id, points.get(item.id)! + 1);
  }
  return Object.fromEntries([...points].map(([id, value]) => [id, { value }]));
}

const single = (instrument: InstrumentDocument, value: number): ItemValues => ({
  [instrument.items[0]!.id]: { value },
});

const severity = (total: number, chance: Chance): number =>
  clamp(Math.round(1 + total / 5 + chance.uniform() - 0.4), 1, 6);

function improvement({ total, baselineTotal }: Condition, chance: Chance): number {
  const fall = (baselineTotal - total) / baselineTotal;
  return clamp(Math.round(4 - 3.4 * fall + chance.uniform() * 0.8 - 0.4), 1, 6);
}

function sickLeave(instrument: InstrumentDocument, { total, span }: Condition, chance: Chance): ItemValues {
  const days = chance.happens(0.45)
    ? 0
    : clamp(Math.round(span * chance.uniform() ** 2 * Math.min(1, total / 20)), 0, 200);
  const values: ItemValues = {
    days: { value: days },
    'depression-days': { value: Math.round(days * (0.6 + 0.4 * chance.uniform())) },
    working: {
      value:
        days > 60
          ? 1
          : chance.weighted<number>([
              [0, 2],
              [2, 1],
              [3, 6],
            ]),
    },
  };
  return Object.fromEntries(
    instrument.items.flatMap((item) => (values[item.id] ? [[item.id, values[item.id]!]] : [])),
  );
}

function anyAnswer(item: Item, condition: Condition, chance: Chance): number | string | null {
  if (item.id === 'first-onset') return chance.integer(14, Math.max(15, condition.age - 1));
  if (item.id === 'episodes')
    return chance.weighted<number>([
      [0, 4],
      [1, 4],
      [2, 3],
      [3, 2],
      [5, 1],
    ]);
  if (item.id === 'duration') return chance.integer(1, 24);
  if (item.id === 'weight-change') return chance.integer(-40, 30) / 10;
  if (item.kind === 'choice')
    return chance.weighted(
      item.options.map((option, index) => [option.value, 1 / (1 + index)] as [number, number]),
    );
  if (!item.required) return null;
  if (item.kind === 'number')
    return chance.integer(item.expect?.min ?? item.min, item.expect?.max ?? item.max);
  if (item.kind === 'date') return addDays(condition.seenOn, -chance.integer(10, 200));
  return 'As recorded in the notes';
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
