/** Operators between two values. */
export type Operator = '+' | '-' | '*' | '/' | '**' | '=' | '!=' | '<' | '<=' | '>' | '>=';

/** An expression, read: the closed part of FEEL that instruments and studies may use. */
export type Syntax = { at: number } & (
  | { node: 'number'; value: number }
  | { node: 'text'; value: string }
  | { node: 'yes-no'; value: boolean }
  | { node: 'day'; value: string }
  | { node: 'span'; value: string }
  | { node: 'name'; name: string }
  | { node: 'operation'; operator: Operator; left: Syntax; right: Syntax }
  | { node: 'minus'; of: Syntax }
  | { node: 'logic'; operator: 'and' | 'or'; left: Syntax; right: Syntax }
  | { node: 'if'; test: Syntax; yes: Syntax; no: Syntax }
  | { node: 'list'; entries: Syntax[] }
  | { node: 'between'; of: Syntax; from: Syntax; to: Syntax; open: [boolean, boolean] }
  | { node: 'among'; of: Syntax; entries: Syntax[] }
  | { node: 'part'; of: Syntax; part: Part }
  | { node: 'call'; name: string; inputs: Syntax[] }
);

export const dateParts = ['year', 'month', 'day'] as const;
export const spanParts = ['years', 'months', 'days'] as const;
export type Part = (typeof dateParts)[number] | (typeof spanParts)[number];

/** Why an expression can't be used; `at` counts characters from its first, which is 0. */
export interface ExpressionProblem {
  at: number;
  message: string;
}

/** The expressions directly inside one. */
export function inside(syntax: Syntax): Syntax[] {
  switch (syntax.node) {
    case 'operation':
    case 'logic':
      return [syntax.left, syntax.right];
    case 'if':
      return [syntax.test, syntax.yes, syntax.no];
    case 'list':
      return syntax.entries;
    case 'between':
      return [syntax.of, syntax.from, syntax.to];
    case 'among':
      return [syntax.of, ...syntax.entries];
    case 'minus':
    case 'part':
      return [syntax.of];
    case 'call':
      return syntax.inputs;
    default:
      return [];
  }
}

/** The names that an expression reads, each once, in order. */
export function namesIn(syntax: Syntax): { name: string; at: number }[] {
  const found = new Map<string, number>();
  const look = (one: Syntax): void => {
    if (one.node === 'name' && !found.has(one.name)) found.set(one.name, one.at);
    inside(one).forEach(look);
  };
  look(syntax);
  return [...found].map(([name, at]) => ({ name, at }));
}
