import { functions } from './functions.rules.ts';
import type { Type } from './names.rules.ts';
import { dateParts, type ExpressionProblem, type Operator, type Syntax } from './syntax.rules.ts';

/** Gives the type of a name; null where there is no such name. */
export type Known = (name: string) => Type | null;

/**
 * What kind of value an expression gives, with everything in it that can never come to anything: unknown names and
 * functions, and operators between kinds of values that they don't join.
 */
export function typeCheck(syntax: Syntax, known: Known): { type: Type; problems: ExpressionProblem[] } {
  const checker = new Checker(known);
  return { type: checker.typeOf(syntax), problems: checker.problems };
}

const inWords: Record<Type, string> = {
  number: 'a number',
  text: 'text',
  date: 'a date',
  duration: 'a duration',
  'yes-no': 'true or false',
  list: 'a list',
  any: 'anything',
};

class Checker {
  readonly problems: ExpressionProblem[] = [];
  readonly #known: Known;

  constructor(known: Known) {
    this.#known = known;
  }

  typeOf(syntax: Syntax): Type {
    switch (syntax.node) {
      case 'number':
      case 'text':
      case 'yes-no':
      case 'list':
        if (syntax.node === 'list') syntax.entries.forEach((entry) => void this.typeOf(entry));
        return syntax.node;
      case 'day':
        return 'date';
      case 'span':
        return 'duration';
      case 'name': {
        const type = this.#known(syntax.name);
        if (type === null)
          this.#say(
            syntax,
            `“${syntax.name}” is unknown here. Items go by their id, with _ for - and item_ before a digit.`,
          );
        return type ?? 'any';
      }
      case 'minus':
        return this.#want(syntax.of, 'number');
      case 'operation':
        return this.#operation(syntax, syntax.operator, this.typeOf(syntax.left), this.typeOf(syntax.right));
      case 'logic':
        this.#want(syntax.left, 'yes-no');
        return this.#want(syntax.right, 'yes-no');
      case 'if': {
        this.#want(syntax.test, 'yes-no');
        const [one, other] = [this.typeOf(syntax.yes), this.typeOf(syntax.no)];
        if (!fits(one, other))
          this.#say(syntax, `It gives ${inWords[one]} or ${inWords[other]}; expected one kind.`);
        return one === 'any' ? other : one;
      }
      case 'between':
      case 'among': {
        const of = this.typeOf(syntax.of);
        for (const one of syntax.node === 'between' ? [syntax.from, syntax.to] : syntax.entries)
          this.#want(one, of);
        return 'yes-no';
      }
      case 'part': {
        const isDate = (dateParts as readonly string[]).includes(syntax.part);
        this.#want(syntax.of, isDate ? 'date' : 'duration');
        return 'number';
      }
      case 'call':
        return this.#call(syntax);
    }
  }

  #operation(syntax: Syntax, operator: Operator, left: Type, right: Type): Type {
    const isComparison = ['=', '!=', '<', '<=', '>', '>='].includes(operator);
    if (isComparison) {
      if (!fits(left, right)) this.#say(syntax, `${inWords[left]} is never compared with ${inWords[right]}.`);
      else if (left === 'list' || right === 'list')
        this.#say(syntax, 'Ask list contains(…, code) of a multiple choice.');
      return 'yes-no';
    }
    if (left === 'any' || right === 'any') return left === 'any' ? right : left;
    const gives = joined[operator as '+' | '-' | '*' | '/' | '**'][`${left} ${right}`];
    if (!gives) this.#say(syntax, `${operator} doesn’t join ${inWords[left]} and ${inWords[right]}.`);
    return gives ?? 'any';
  }

  #call(syntax: Extract<Syntax, { node: 'call' }>): Type {
    const { name, inputs } = syntax;
    if (name === 'answered') {
      if (inputs.length !== 1 || inputs[0]!.node !== 'name')
        this.#say(syntax, 'answered takes the name of one item, such as answered(weight).');
      else this.typeOf(inputs[0]!);
      return 'yes-no';
    }
    const definition = functions.get(name);
    if (!definition) {
      this.#say(
        syntax,
        `There is no function “${name}”; there are answered, ${[...functions.keys()].join(', ')}.`,
      );
      return 'any';
    }
    if (definition.inputs === 'numbers') {
      const alone = inputs.length === 1 ? this.typeOf(inputs[0]!) : null;
      if (inputs.length === 0) this.#say(syntax, `${name} takes numbers.`);
      else if (alone === null) for (const input of inputs) this.#want(input, 'number');
      else if (alone !== 'list' && !fits(alone, 'number')) this.#say(syntax, `${name} takes numbers.`);
      return definition.gives;
    }
    if (definition.inputs.length !== inputs.length)
      this.#say(syntax, `${name} takes ${definition.inputs.map((type) => inWords[type]).join(', ')}.`);
    else for (const [at, type] of definition.inputs.entries()) this.#want(inputs[at]!, type);
    return definition.gives;
  }

  #want(syntax: Syntax, wanted: Type): Type {
    const found = this.typeOf(syntax);
    if (!fits(found, wanted)) this.#say(syntax, `Found ${inWords[found]}; expected ${inWords[wanted]}.`);
    return wanted;
  }

  #say({ at }: Syntax, message: string): void {
    this.problems.push({ at, message });
  }
}

const fits = (one: Type, other: Type): boolean => one === other || one === 'any' || other === 'any';

const ofNumbers: Record<string, Type> = { 'number number': 'number' };
const joined: Record<'+' | '-' | '*' | '/' | '**', Record<string, Type>> = {
  '+': {
    ...ofNumbers,
    'text text': 'text',
    'date duration': 'date',
    'duration date': 'date',
    'duration duration': 'duration',
  },
  '-': { ...ofNumbers, 'date date': 'duration', 'date duration': 'date', 'duration duration': 'duration' },
  '*': ofNumbers,
  '/': ofNumbers,
  '**': ofNumbers,
};
