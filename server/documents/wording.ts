import type { z } from 'zod';
import type { Path } from './locate.ts';

type Issue = z.core.$ZodIssue;

export interface WordedIssue {
  path: Path;
  /** Where the problem is a key itself, that key. */
  key?: string;
  message: string;
}

/** A schema's issue as "Found …; expected …", one for each unknown key. */
export function inWords(issue: Issue, base: Path = []): WordedIssue[] {
  const path = [...base, ...issue.path];
  const one = (message: string): WordedIssue[] => [{ path, message }];
  const found = `Found ${describe(issue.input)}`;
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return one(`Missing; expected ${article(issue.expected)}.`);
      if (issue.expected === 'string' && typeof issue.input === 'number') {
        return one(`${found}; expected text. Put it in quotes: '${issue.input}'.`);
      }
      return one(`${found}; expected ${article(issue.expected)}.`);
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path,
        key,
        message: `Found “${key}”, which is no part of this document. Look for a misspelling, or take it out.`,
      }));
    case 'invalid_value':
      if (issue.input === undefined) return one(`Missing; expected ${list(issue.values)}.`);
      return one(`${found}; expected ${list(issue.values)}.`);
    case 'invalid_format':
      if (issue.format === 'date') return one(`${found}; expected a date such as 2026-03-31.`);
      return one(`${found}; ${issue.message}.`);
    case 'too_small':
      return one(`${found}; expected ${bound('at least', issue.minimum, issue.origin, issue.inclusive)}.`);
    case 'too_big':
      return one(`${found}; expected ${bound('at most', issue.maximum, issue.origin, issue.inclusive)}.`);
    case 'invalid_union':
      return union(issue, path, found);
    case 'invalid_key':
      return issue.issues.flatMap((inner) => one(inWords(inner)[0]?.message ?? inner.message));
    case 'invalid_element':
      return issue.issues.flatMap((inner) => inWords(inner, path));
    default:
      return one(`${found}; ${issue.message}.`);
  }
}

/** Of the alternatives, the one that fits best is taken to be meant; where none does, the schema's own words say what was. */
function union(issue: z.core.$ZodIssueInvalidUnion, path: Path, found: string): WordedIssue[] {
  if ('discriminator' in issue && issue.discriminator) {
    const key = String(issue.discriminator);
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
    const value = (issue.input as Record<string, unknown> | undefined)?.[key];
    const expected =
      options.length > 0 ? list(options as z.core.util.Primitive[]) : 'one of those that there are';
    return [
      {
        path: path.at(-1) === key ? path.slice(0, -1) : path,
        key,
        message: `${value === undefined ? `“${key}” is missing` : `“${key}” is ${describe(value)}`}; expected ${expected}.`,
      },
    ];
  }
  const alternatives = issue.errors
    .filter((errors) => !errors.some(isWrongKind))
    .sort((a, b) => a.length - b.length);
  const [closest, next] = alternatives;
  if (closest && closest.length < (next?.length ?? Number.POSITIVE_INFINITY)) {
    return closest.flatMap((inner) => inWords(inner, path));
  }
  if (issue.message !== 'Invalid input') return [{ path, message: `${found}; ${issue.message}.` }];
  const expected = issue.errors.flatMap((errors) =>
    errors.filter((e) => e.path.length === 0).map(expectation),
  );
  return [{ path, message: `${found}; expected ${[...new Set(expected)].join(' or ')}.` }];
}

const isWrongKind = (issue: Issue): boolean =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

const expectation = (issue: Issue): string =>
  issue.code === 'invalid_type'
    ? article(issue.expected)
    : issue.code === 'invalid_value'
      ? list(issue.values)
      : issue.message;

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return `keys (${Object.keys(value).slice(0, 5).join(', ') || 'none'})`;
  if (typeof value === 'string') return `“${value.length > 60 ? `${value.slice(0, 57)}…` : value}”`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

const articles: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  tuple: 'a list',
};
const article = (expected: string): string => articles[expected] ?? expected;

const list = (values: readonly z.core.util.Primitive[]): string =>
  values
    .map(String)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');

function bound(words: string, limit: number | bigint, origin: string, inclusive = true): string {
  const by = inclusive ? words : words === 'at least' ? 'more than' : 'less than';
  if (origin === 'string') return `${by} ${limit} ${limit === 1 ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `${by} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `${by} ${limit}`;
}
