import type { FactValue, ItemValue, ItemValues } from '../forms/contract.ts';
import { compile } from './compiled.rules.ts';
import type { InstrumentDocument, Item, ItemOf } from './document.ts';
import {
  circumstances,
  evaluate,
  isDay,
  nameOf,
  roundHalfUp,
  toDay,
  type Value,
} from './expressions/rules.ts';
import { itemName } from './wording.rules.ts';

/** Values of names from outside the form: circumstances such as `today`, and what other forms hold. */
export type Facts = Readonly<Record<string, FactValue>>;

/** Where the form stands, so that a name such as `m3.hamd17.item_1` is its own item there. */
export interface FormName {
  visit: string;
  instrument: string;
}

/** A form's answers together with all that follows from them by expressions. */
export interface Derived {
  /** Whether the item applies: false while a condition of it, or of its section, isn't true. */
  applies(item: string): boolean;
  /** The answers of items that apply, and the calculated ones that have a value. */
  values: ItemValues;
  /** Why a calculated item has no value, in words. */
  why: ReadonlyMap<string, string>;
  /** The value of a name in this form; null where it isn't known. */
  read(name: string): Value | null;
}

/**
 * Evaluates conditions and calculations. What doesn't apply has no value for other expressions, whatever is stored for
 * it; a calculated item has none where an answer that it needs isn't there, never 0.
 */
export function derive(
  instrument: InstrumentDocument,
  values: ItemValues,
  facts: Facts = {},
  place?: FormName,
): Derived {
  const compiled = compile(instrument);
  if (
    compiled.conditions.size === 0 &&
    compiled.calculated.size === 0 &&
    compiled.checks.length === 0 &&
    !place
  )
    return { applies: () => true, values, why: new Map(), read: () => null };
  const prefix = place ? `${nameOf(place.visit)}.${nameOf(place.instrument)}.` : null;
  const applying = new Map<string, boolean>();
  const computed = new Map<string, Value | null>();
  const why = new Map<string, string>();

  const applies = (id: string): boolean => {
    const conditions = compiled.conditions.get(id);
    if (!conditions) return true;
    const before = applying.get(id);
    if (before !== undefined) return before;
    applying.set(id, false);
    const result = conditions.every((condition) => evaluate(condition, read) === true);
    applying.set(id, result);
    return result;
  };
  const calculate = (item: ItemOf<'calculated'>): Value | null => {
    const before = computed.get(item.id);
    if (before !== undefined) return before;
    computed.set(item.id, null);
    const lacking: string[] = [];
    const value = rounded(
      item,
      evaluate(compiled.calculated.get(item.id)!, (name) => {
        const one = read(name);
        if (one === null && !lacking.includes(name)) lacking.push(name);
        return one;
      }),
    );
    if (value === null) why.set(item.id, sayLacking(lacking));
    computed.set(item.id, value);
    return value;
  };
  const read = (name: string): Value | null => {
    const own = prefix && name.startsWith(prefix) ? name.slice(prefix.length) : name;
    const item = compiled.byName.get(own);
    if (!item) return fact(own === name ? facts[name] : facts[own]);
    if (!applies(item.id)) return null;
    if (item.kind === 'calculated') return calculate(item);
    const answer = Object.hasOwn(values, item.id) ? values[item.id] : undefined;
    return answer && 'value' in answer ? fromAnswer(item, answer) : null;
  };
  const sayLacking = (names: readonly string[]): string => {
    const [name] = names;
    if (name === undefined) return 'Its calculation has no result with these answers.';
    const item = compiled.byName.get(name);
    if (!item) return `${sentence(circumstances[name]?.label ?? name)} is not known.`;
    if (!applies(item.id)) return `${itemName(item)} does not apply.`;
    if (item.kind === 'calculated') return why.get(item.id) ?? `${itemName(item)} has no value.`;
    return `${itemName(item)} ${values[item.id] ? 'is missing' : 'has no answer'}.`;
  };

  const derived: ItemValues = {};
  for (const item of instrument.items) {
    if (!applies(item.id)) continue;
    const answer =
      item.kind === 'calculated'
        ? toAnswer(calculate(item))
        : Object.hasOwn(values, item.id)
          ? values[item.id]
          : undefined;
    if (answer) derived[item.id] = answer;
  }
  return { applies, values: derived, why, read };
}

/** A value on the wire, as expressions see it. */
export function fact(value: FactValue | undefined): Value | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' && 'day' in value ? toDay(value.day) : value;
}

/** The other way round; a date that is known in part only stays so. */
export function toFact(item: Item, answer: ItemValue): FactValue {
  if ('missing' in answer) return null;
  const { value } = answer;
  if (item.kind === 'calculated' && item.gives === 'yes-no') return value === 1;
  if (item.kind === 'date' || (item.kind === 'calculated' && item.gives === 'date'))
    return { day: String(value) };
  return typeof value === 'object' && !Array.isArray(value) ? value.name : value;
}

const fromAnswer = (item: Item, answer: ItemValue): Value | null => fact(toFact(item, answer));

/** A calculated value as an answer: true is 1 and false 0; null where there is none. */
function toAnswer(value: Value | null): ItemValue | undefined {
  if (value === null || Array.isArray(value)) return undefined;
  if (typeof value === 'number' || typeof value === 'string') return { value };
  if (typeof value === 'boolean') return { value: value ? 1 : 0 };
  return isDay(value as Value) && 'first' in (value as object) ? dayAnswer(value as never) : undefined;
}

const dayAnswer = ({ first, last }: { first: string; last: string }): ItemValue | undefined =>
  first === last ? { value: first } : undefined;

function rounded({ gives, decimals }: ItemOf<'calculated'>, value: Value | null): Value | null {
  if (value === null) return null;
  const fitting =
    gives === 'number'
      ? typeof value === 'number'
      : gives === 'text'
        ? typeof value === 'string'
        : gives === 'date'
          ? isDay(value)
          : typeof value === 'boolean';
  if (!fitting) return null;
  return typeof value === 'number' && decimals !== undefined ? roundHalfUp(value, decimals) : value;
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
