import type { parseExpression } from 'feelin';

/** A node of the tree that feelin reads an expression into. */
export type Node = ReturnType<typeof parseExpression>['topNode'];

/** Why an expression was refused, while it is read. */
export class Unreadable extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (!child.type.isSkipped) children.push(child);
  return children;
}

export const isNamed = (part: Node): boolean => part.name === 'NamedParameters';

export function rangeIn(test: Node): Node | null {
  const simple = childrenOf(test)[0];
  const range = simple?.name === 'SimplePositiveUnaryTest' ? childrenOf(simple)[0] : simple;
  return range?.name === 'Interval' ? range : null;
}

/** Where the grammar first fails; null where it doesn't. */
export function firstError(node: Node): number | null {
  if (node.type.isError) return node.from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const found = firstError(child);
    if (found !== null) return found;
  }
  return null;
}

export function sayBroken(text: string, at: number): string {
  const rest = text.slice(at).trim();
  return rest === ''
    ? 'It ends too early; something is still expected.'
    : `“${rest.length > 20 ? `${rest.slice(0, 17)}…` : rest}” was not expected here.`;
}
