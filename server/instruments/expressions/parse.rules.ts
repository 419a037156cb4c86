import { parseExpression as parseFeel } from 'feelin';
import { toDay, toSpan } from './days.rules.ts';
import { functions } from './functions.rules.ts';
import {
  dateParts,
  type ExpressionProblem,
  type Operator,
  type Part,
  type Syntax,
  spanParts,
} from './syntax.rules.ts';
import { childrenOf, firstError, isNamed, type Node, rangeIn, sayBroken, Unreadable } from './tree.rules.ts';

const deepest = 40;

/**
 * Reads an expression. The grammar is FEEL's (DMN), read by feelin; of it only what `Syntax` holds is accepted:
 * nothing that could call into the host, loop, or read a clock can be written down in it.
 */
export function parseExpression(text: string): { syntax: Syntax } | { problem: ExpressionProblem } {
  try {
    const top = parseFeel(text, {}, undefined).topNode;
    const broken = firstError(top);
    if (broken !== null) throw new Unreadable(broken, sayBroken(text, broken));
    const [only, ...more] = childrenOf(top);
    if (!only || more.length > 0)
      throw new Unreadable(more[0]?.from ?? 0, sayBroken(text, more[0]?.from ?? 0));
    return { syntax: new Reader(text).read(only) };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: { at: error.at, message: error.message } };
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(node: Node): Syntax {
    if (++this.#depth > deepest)
      throw new Unreadable(node.from, `It is nested deeper than ${deepest} levels; take it apart.`);
    const syntax = this.#read(node);
    this.#depth--;
    return syntax;
  }

  #read(node: Node): Syntax {
    const at = node.from;
    const parts = childrenOf(node);
    switch (node.name) {
      case 'NumericLiteral':
        return { node: 'number', value: Number(this.#slice(node)), at };
      case 'BooleanLiteral':
        return { node: 'yes-no', value: this.#slice(node) === 'true', at };
      case 'StringLiteral':
        return { node: 'text', value: this.#string(node), at };
      case 'DateTimeLiteral':
        return this.#temporal(node);
      case 'VariableName':
        return { node: 'name', name: this.#slice(node).replace(/\s+/g, ' '), at };
      case 'PathExpression':
        return this.#path(node);
      case 'ParenthesizedExpression':
        return this.read(parts[1]!);
      case 'ArithmeticExpression':
        if (parts.length === 2) return { node: 'minus', of: this.read(parts[1]!), at };
        return this.#operation(node, parts);
      case 'Conjunction':
      case 'Disjunction':
        return {
          node: 'logic',
          operator: node.name === 'Conjunction' ? 'and' : 'or',
          left: this.read(parts[0]!),
          right: this.read(parts[2]!),
          at,
        };
      case 'Comparison':
        return this.#comparison(node, parts);
      case 'IfExpression': {
        const [, test, , then, , otherwise] = parts;
        return {
          node: 'if',
          test: this.read(test!),
          yes: this.read(then!),
          no: this.read(otherwise!),
          at,
        };
      }
      case 'List':
        return { node: 'list', entries: this.#between(parts), at };
      case 'FunctionInvocation':
        return this.#call(node, parts);
      case 'null':
        throw new Unreadable(at, 'Ask answered(item) rather than compare with null.');
      default:
        throw new Unreadable(
          at,
          `“${this.#slice(node)}” is no part of the expressions that can be used here.`,
        );
    }
  }

  #call(node: Node, [name, ...rest]: Node[]): Syntax {
    const called = this.#slice(name!).replace(/\s+/g, ' ');
    const inputs = rest.find((part) => part.name === 'PositionalParameters');
    if ((name!.name !== 'VariableName' && !functions.has(called)) || rest.some(isNamed))
      throw new Unreadable(
        node.from,
        'A function is called by its name with its inputs in order, such as abs(x).',
      );
    return {
      node: 'call',
      name: called,
      inputs: inputs ? childrenOf(inputs).map((one) => this.read(one)) : [],
      at: node.from,
    };
  }

  #operation(node: Node, [left, sign, right]: Node[]): Syntax {
    const operator = this.#slice(sign!) as Operator;
    return { node: 'operation', operator, left: this.read(left!), right: this.read(right!), at: node.from };
  }

  #comparison(node: Node, parts: Node[]): Syntax {
    const [left, how] = parts;
    const at = node.from;
    if (how!.name === 'CompareOp') return this.#operation(node, parts);
    const of = this.read(left!);
    if (how!.name === 'between')
      return {
        node: 'between',
        of,
        from: this.read(parts[2]!),
        to: this.read(parts[4]!),
        open: [false, false],
        at,
      };
    const tests = parts
      .slice(2)
      .flatMap((part) =>
        part.name === 'PositiveUnaryTests'
          ? childrenOf(part)
          : part.name === 'PositiveUnaryTest'
            ? [part]
            : [],
      );
    const range = tests.length === 1 ? rangeIn(tests[0]!) : null;
    if (range) {
      const [open, from, , to, close] = childrenOf(range);
      const opens: [boolean, boolean] = [this.#slice(open!) !== '[', this.#slice(close!) !== ']'];
      return { node: 'between', of, from: this.read(from!), to: this.read(to!), open: opens, at };
    }
    const entries = tests.flatMap((test) => {
      const [one] = childrenOf(test);
      if (!one || one.name === 'SimplePositiveUnaryTest')
        throw new Unreadable(test.from, 'After “in” comes a list such as (1, 2) or a range such as [1..5].');
      return one.name === 'List' ? this.#between(childrenOf(one)) : [this.read(one)];
    });
    return { node: 'among', of, entries, at };
  }

  /** `visit.form.item`, `screening.age`; or a part of a date or duration. */
  #path(node: Node): Syntax {
    const [target, , last] = childrenOf(node);
    const name = this.#slice(last!);
    const chain = this.#chain(target!);
    const part = [...dateParts, ...spanParts].find((one) => one === name) as Part | undefined;
    const isName = chain !== null && (!part || chain[0] === 'screening' || chain.length === 2);
    if (isName) return { node: 'name', name: [...chain, name].join('.'), at: node.from };
    if (part) return { node: 'part', of: this.read(target!), part, at: node.from };
    throw new Unreadable(
      last!.from,
      `“${name}” is no part of a date or duration: ${[...dateParts, ...spanParts].join(', ')}.`,
    );
  }

  #chain(node: Node): string[] | null {
    if (node.name === 'VariableName') return [this.#slice(node)];
    if (node.name !== 'PathExpression') return null;
    const [target, , last] = childrenOf(node);
    const before = this.#chain(target!);
    return before && [...before, this.#slice(last!)];
  }

  #temporal(node: Node): Syntax {
    const text = /"([^"]*)"/.exec(this.#slice(node))?.[1] ?? '';
    const sort = /^\s*(date|duration|@)/.exec(this.#slice(node))?.[1];
    const isConstructor = childrenOf(node)[0]?.name === 'DateTimeConstructor';
    if (isConstructor && !/^(date|duration)\s*\(\s*"[^"]*"\s*\)$/.test(this.#slice(node)))
      throw new Unreadable(
        node.from,
        'Write a day as date("2026-03-31") and a duration as duration("P14D").',
      );
    if (sort !== 'duration' && toDay(text)?.first === text)
      return { node: 'day', value: text, at: node.from };
    if (sort !== 'date' && toSpan(text)) return { node: 'span', value: text, at: node.from };
    throw new Unreadable(
      node.from,
      `“${text}” is no day such as 2026-03-31 and no duration such as P14D or P3M.`,
    );
  }

  #string(node: Node): string {
    const text = this.#slice(node).slice(1, -1);
    if (text.includes('\\')) throw new Unreadable(node.from, 'A text can’t hold a backslash.');
    return text;
  }

  #between(parts: Node[]): Syntax[] {
    return parts.slice(1, -1).map((part) => this.read(part));
  }

  #slice(node: Node): string {
    return this.#text.slice(node.from, node.to);
  }
}
