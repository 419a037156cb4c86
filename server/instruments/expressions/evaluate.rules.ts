import { type Day, daysFrom, isExact, move, partOf, type Span, toDay, toSpan } from './days.rules.ts';
import { functions, type Value } from './functions.rules.ts';
import type { Operator, Part, Syntax } from './syntax.rules.ts';

/** Gives the value of a name; null where there is none: blank, missing for a reason, or not applicable. */
export type Read = (name: string) => Value | null;

/**
 * What an expression comes to; null where that is not known because something it needs isn't. Three-valued, after
 * Kleene: nothing is equal to, different from or less than what isn't known; `and` and `or` are decided by one side
 * where they can be. The same inputs always give the same value, in time linear in the length of the expression.
 */
export function evaluate(syntax: Syntax, read: Read): Value | null {
  switch (syntax.node) {
    case 'number':
    case 'text':
    case 'yes-no':
      return syntax.value;
    case 'day':
      return toDay(syntax.value);
    case 'span':
      return toSpan(syntax.value);
    case 'name':
      return read(syntax.name);
    case 'minus':
      return operate('-', 0, evaluate(syntax.of, read));
    case 'operation':
      return operate(syntax.operator, evaluate(syntax.left, read), evaluate(syntax.right, read));
    case 'logic':
      return combine(syntax.operator, evaluate(syntax.left, read), () => evaluate(syntax.right, read));
    case 'if': {
      const test = evaluate(syntax.test, read);
      if (typeof test !== 'boolean') return null;
      return evaluate(test ? syntax.yes : syntax.no, read);
    }
    case 'list':
      return syntax.entries.map((entry) => evaluate(entry, read));
    case 'between': {
      const [of, from, to] = [syntax.of, syntax.from, syntax.to].map((one) => evaluate(one, read));
      const [openFrom, openTo] = syntax.open;
      return combine('and', operate(openFrom ? '>' : '>=', of!, from!), () =>
        operate(openTo ? '<' : '<=', of!, to!),
      );
    }
    case 'among': {
      const of = evaluate(syntax.of, read);
      return syntax.entries.reduce<Value | null>(
        (found, entry) => combine('or', found, () => operate('=', of, evaluate(entry, read))),
        false,
      );
    }
    case 'part':
      return partIn(evaluate(syntax.of, read), syntax.part);
    case 'call':
      return call(syntax.name, syntax.inputs, read);
  }
}

/** `and`, `or`: one side that decides is enough. */
function combine(operator: 'and' | 'or', left: Value | null, right: () => Value | null): boolean | null {
  const deciding = operator === 'or';
  if (left === deciding) return deciding;
  const other = right();
  if (other === deciding) return deciding;
  return typeof left === 'boolean' && typeof other === 'boolean' ? !deciding : null;
}

function operate(operator: Operator, left: Value | null, right: Value | null): Value | null {
  if (left === null || right === null) return null;
  if (typeof left === 'number' && typeof right === 'number') return onNumbers(operator, left, right);
  if (typeof left === 'string' && typeof right === 'string')
    return operator === '+' ? left + right : ordered(operator, left < right, left === right);
  if (typeof left === 'boolean' && typeof right === 'boolean')
    return operator === '=' ? left === right : operator === '!=' ? left !== right : null;
  if (isDay(left) && isDay(right)) return onDays(operator, left, right);
  if (isDay(left) && isSpan(right) && (operator === '+' || operator === '-'))
    return move(left, right, operator === '+' ? 1 : -1);
  if (isSpan(left) && isDay(right) && operator === '+') return move(right, left, 1);
  if (isSpan(left) && isSpan(right) && left.sort === right.sort) return onSpans(operator, left, right);
  return null;
}

function onNumbers(operator: Operator, left: number, right: number): Value | null {
  const result = arithmetic(operator, left, right);
  if (result === null) return ordered(operator, left < right, left === right);
  return Number.isFinite(result) ? result : null;
}

function arithmetic(operator: Operator, left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '**':
      return left ** right;
    default:
      return null;
  }
}

function ordered(operator: Operator, less: boolean, same: boolean): boolean | null {
  switch (operator) {
    case '=':
      return same;
    case '!=':
      return !same;
    case '<':
      return less;
    case '<=':
      return less || same;
    case '>':
      return !less && !same;
    case '>=':
      return !less;
    default:
      return null;
  }
}

/** Days that are known in part compare where no reading of them would change the answer. */
function onDays(operator: Operator, left: Day, right: Day): Value | null {
  if (operator === '-') {
    const days = daysFrom(left, right);
    return days === null ? null : { sort: 'days', of: days };
  }
  if (operator === '=' || operator === '!=') {
    if (left.last < right.first || right.last < left.first) return operator === '!=';
    return isExact(left) && isExact(right) ? operator === '=' : null;
  }
  // "less" is hardest to reach with the left day late and the right one early, and easiest the other way round.
  const hardest = ordered(operator, left.last < right.first, left.last === right.first);
  const easiest = ordered(operator, left.first < right.last, left.first === right.last);
  return hardest === easiest ? hardest : null;
}

function onSpans(operator: Operator, left: Span, right: Span): Value | null {
  if (operator === '+' || operator === '-')
    return { sort: left.sort, of: operator === '+' ? left.of + right.of : left.of - right.of };
  return ordered(operator, left.of < right.of, left.of === right.of);
}

function partIn(value: Value | null, part: Part): number | null {
  if (value === null) return null;
  if (isDay(value)) return part === 'year' || part === 'month' || part === 'day' ? partOf(value, part) : null;
  if (!isSpan(value)) return null;
  if (value.sort === 'days') return part === 'days' ? value.of : null;
  return part === 'years' ? Math.trunc(value.of / 12) : part === 'months' ? value.of % 12 : null;
}

function call(name: string, inputs: readonly Syntax[], read: Read): Value | null {
  if (name === 'answered') {
    const [of] = inputs;
    return of?.node === 'name' ? read(of.name) !== null : null;
  }
  const definition = functions.get(name);
  if (!definition) return null;
  const given = inputs.map((input) => evaluate(input, read));
  const values =
    definition.inputs === 'numbers' && given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
  if (values.some((value) => value === null)) return null;
  const wanted = definition.inputs === 'numbers' ? values.map(() => 'number' as const) : definition.inputs;
  if (wanted.length !== values.length || !wanted.every((type, at) => fits(type, values[at]!))) return null;
  const result = definition.run(values as never);
  return typeof result === 'number' && !Number.isFinite(result) ? null : result;
}

function fits(type: string, value: Value): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number';
    case 'text':
      return typeof value === 'string';
    case 'yes-no':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'date':
      return isDay(value);
    default:
      return true;
  }
}

export const isDay = (value: Value): value is Day =>
  typeof value === 'object' && 'sort' in value && value.sort === 'day';
export const isSpan = (value: Value): value is Span =>
  typeof value === 'object' && 'sort' in value && value.sort !== 'day';
