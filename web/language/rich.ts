import { IntlMessageFormat, type PrimitiveType } from 'intl-messageformat';
import { createElement, Fragment, type ReactNode } from 'react';
import { locale } from './language.ts';
import { translated } from './t.ts';

type Inner = (inner: ReactNode) => ReactNode;
type Values = Record<string, PrimitiveType | ReactNode | Inner>;

const element =
  (name: string, className?: string): Inner =>
  (inner) =>
    createElement(name, className === undefined ? null : { className }, inner);

const plain = {
  b: element('strong'),
  kbd: element('kbd'),
  code: element('span', 'code'),
  mono: element('span', 'mono'),
};

/**
 * A text with elements inside, as `t`: `rich('Sign <code>{label}</code>', { label })`.
 * @param values of its arguments, and a function for each tag beside `b`, `kbd`, `code` and `mono`
 */
export function rich(text: string, values: Values = {}): ReactNode {
  const given = Object.fromEntries(
    Object.entries({ ...plain, ...values }).map(([name, value]) => [
      name,
      typeof value === 'function'
        ? (inner: ReactNode[]) => value(createElement(Fragment, null, ...inner))
        : value,
    ]),
  );
  const parts = new IntlMessageFormat(translated(text), locale).format<ReactNode>(
    given as unknown as Record<string, PrimitiveType>,
  );
  return Array.isArray(parts) ? createElement(Fragment, null, ...parts) : (parts as ReactNode);
}
