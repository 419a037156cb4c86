import type { z } from 'zod';

/** Of text that has a form, what it is to look like. */
const formats: Readonly<Record<string, string>> = {
  email: 'an e-mail address is wanted',
  date: 'a day such as 2026-03-31 is wanted',
  datetime: 'a moment such as 2026-03-31T12:00:00Z is wanted',
  time: 'a time of day such as 08:30 is wanted',
  uuid: 'an identifier is wanted',
  base64: 'the content of a file is wanted',
};
const kinds: Readonly<Record<string, string>> = {
  string: 'text is wanted',
  number: 'a number is wanted',
  int: 'a whole number is wanted',
  boolean: 'yes or no is wanted',
  array: 'a list is wanted',
  object: 'fields are wanted',
  record: 'fields are wanted',
};

const counted = (limit: number | bigint, one: string): string =>
  `${limit} ${one}${Number(limit) === 1 ? '' : 's'}`;

function bound(
  words: 'at least' | 'at most',
  limit: number | bigint,
  origin: string,
  inclusive = true,
): string {
  if (origin === 'string') {
    if (words === 'at least' && Number(limit) === 1) return 'it is empty';
    return `${words} ${counted(limit, 'character')}`;
  }
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return `${words} ${counted(limit, 'entry').replace('entrys', 'entries')}`;
  return inclusive ? `${words} ${limit}` : `${words === 'at least' ? 'more than' : 'less than'} ${limit}`;
}

/**
 * What is wrong with a field of a request, in a few words that stand after its name; the catalogue of a language has
 * them. A contract’s own words (“such as LOH-0118”) come before these.
 */
export function inPlainWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return 'it is missing';
      if (Number.isNaN(issue.input)) return kinds.number!;
      return kinds[issue.expected] ?? 'it isn’t of the right kind';
    case 'invalid_value':
      return issue.input === undefined
        ? 'it is missing'
        : `one of these is wanted: ${issue.values.join(', ')}`;
    case 'invalid_union':
      return issue.input === undefined ? 'it is missing' : 'it isn’t of the right kind';
    case 'unrecognized_keys':
      return `there is no field called so: ${issue.keys.join(', ')}`;
    case 'invalid_format':
      return formats[issue.format] ?? 'it isn’t written as it should be';
    case 'too_small':
      return bound('at least', issue.minimum, issue.origin, issue.inclusive);
    case 'too_big':
      return bound('at most', issue.maximum, issue.origin, issue.inclusive);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor} is wanted`;
    default:
      return 'it isn’t right';
  }
}
