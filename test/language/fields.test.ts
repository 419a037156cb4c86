import { expect, test } from 'vitest';
import { z } from 'zod';
import { endpoints } from '../../server/api.ts';
import { inPlainWords } from '../../server/http/wording.rules.ts';
import { speak } from '../../server/language/speak.ts';

const say = speak('fi');
const wrong: unknown[] = [
  undefined,
  null,
  '',
  'x'.repeat(20_000),
  7.5,
  -1,
  1e12,
  true,
  [],
  Array(2000).fill('x'),
  {},
  { nonsense: 1 },
];

/** Bodies in which each field in turn is each of the wrong values. */
function messages(schema: z.ZodType): string[] {
  const shape = (schema as unknown as { shape?: Record<string, unknown> }).shape ?? {};
  return [...wrong, ...Object.keys(shape).flatMap((key) => wrong.map((value) => ({ [key]: value })))].flatMap(
    (value) => {
      const { error } = schema.safeParse(value, { error: inPlainWords });
      return error?.issues.map(({ message }) => message) ?? [];
    },
  );
}

test('whatever is wrong with any field of any request is said in Finnish', () => {
  const all = endpoints.flatMap(({ params, query, body }) =>
    [params, query, body].flatMap((schema) => (schema ? messages(schema) : [])),
  );
  expect(all.length).toBeGreaterThan(5000);
  const left = [...new Set(all)].filter((text) => say(text) === text);
  expect(left).toEqual([]);
});

test.each([
  [z.string().trim().min(3), 'ab', 'at least 3 characters', 'vähintään 3 merkkiä'],
  [z.string().min(1), '', 'it is empty', 'on tyhjä'],
  [z.email(), 'nobody', 'an e-mail address is wanted', 'tarvitaan sähköpostiosoite'],
  [
    z.iso.date(),
    '31.3.2026',
    'a day such as 2026-03-31 is wanted',
    'tarvitaan päivä, esimerkiksi 2026-03-31',
  ],
  [z.int().max(5), 6, 'at most 5', 'enintään 5'],
  [z.enum(['a', 'b']), 'c', 'one of these is wanted: a, b', 'tarvitaan jokin näistä: a, b'],
])('%#: %j', (schema, value, english, finnish) => {
  const message = schema.safeParse(value, { error: inPlainWords }).error!.issues[0]!.message;
  expect(message).toBe(english);
  expect(say(message)).toBe(finnish);
});
