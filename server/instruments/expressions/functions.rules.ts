import { type Day, monthsBetween, type Span } from './days.rules.ts';
import type { Type } from './names.rules.ts';

/** What an expression can come to; null stands for "not known". */
export type Value = number | string | boolean | Day | Span | readonly (Value | null)[];

interface Definition {
  /** Types of the inputs; `numbers`: a list of numbers, or any number of them. */
  inputs: readonly Type[] | 'numbers';
  gives: Type;
  /** Is given inputs of these types that are all known. */
  run(inputs: never): Value | null;
}

const define = <Inputs extends readonly Value[]>(
  inputs: Definition['inputs'],
  gives: Type,
  run: (inputs: Inputs) => Value | null,
): Definition => ({ inputs, gives, run });

const overNumbers = (run: (numbers: readonly number[]) => number) =>
  define<readonly number[]>('numbers', 'number', (numbers) => (numbers.length === 0 ? null : run(numbers)));

const ofNumber = (run: (n: number) => number) => define<[number]>(['number'], 'number', ([n]) => run(n));

const add = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/**
 * Every function that an expression can call, as FEEL defines it (DMN 1.3, 10.3.4). What would read a clock, run a
 * regular expression or make functions isn't here.
 */
export const functions: ReadonlyMap<string, Definition> = new Map(
  Object.entries({
    not: define<[boolean]>(['yes-no'], 'yes-no', ([yes]) => !yes),
    abs: ofNumber(Math.abs),
    floor: ofNumber(Math.floor),
    ceiling: ofNumber(Math.ceil),
    sqrt: ofNumber(Math.sqrt),
    exp: ofNumber(Math.exp),
    log: ofNumber(Math.log),
    modulo: define<[number, number]>(['number', 'number'], 'number', ([a, b]) => a - b * Math.floor(a / b)),
    'round half up': define<[number, number]>(['number', 'number'], 'number', ([n, scale]) =>
      roundHalfUp(n, scale),
    ),
    sum: overNumbers(add),
    mean: overNumbers((numbers) => add(numbers) / numbers.length),
    min: overNumbers((numbers) => Math.min(...numbers)),
    max: overNumbers((numbers) => Math.max(...numbers)),
    count: define<[readonly Value[]]>(['list'], 'number', ([list]) => list.length),
    'list contains': define<[readonly Value[], Value]>(['list', 'any'], 'yes-no', ([list, one]) =>
      list.includes(one),
    ),
    'string length': define<[string]>(['text'], 'number', ([text]) => [...text].length),
    'years and months duration': define<[Day, Day]>(['date', 'date'], 'duration', ([from, to]) => {
      const months = monthsBetween(from, to);
      return months === null ? null : { sort: 'months', of: months };
    }),
  }),
);

/** Rounds to a number of decimals, halves away from zero, by the number as it is written: 2.675 → 2.68. */
export function roundHalfUp(n: number, decimals: number): number | null {
  if (!Number.isInteger(decimals) || Math.abs(decimals) > 15) return null;
  const [digits, exponent = '0'] = String(Math.abs(n)).split('e');
  const scaled = Math.round(Number(`${digits}e${Number(exponent) + decimals}`));
  const [whole, scale = '0'] = String(scaled).split('e');
  return Math.sign(n) * Number(`${whole}e${Number(scale) - decimals}`);
}
