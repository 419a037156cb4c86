import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalHash, canonicalJson } from '../../server/studies/canonical.ts';

// RFC 8785, sections 3.2.2.3 and 3.2.3.
test('numbers are written as in RFC 8785', () => {
  const text = '[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]';
  expect(canonicalJson(JSON.parse(text))).toBe('[333333333.3333333,1e+30,4.5,0.002,1e-27]');
});

test('keys are sorted as in RFC 8785', () => {
  const sample = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  const order = Object.values(
    JSON.parse(
      `[${canonicalJson(sample)
        .slice(1, -1)
        .replace(/"[^"]*":("[^"]*")/g, '$1')}]`,
    ),
  );
  expect(order).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test('a key without a value is left out', () => {
  expect(canonicalJson({ b: undefined, a: [{ d: 1, c: null }] })).toBe('{"a":[{"c":null,"d":1}]}');
});

describe('what JSON can’t hold is refused', () => {
  test.each([
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [10n],
    [() => 1],
    [[undefined]],
    [{ a: Symbol('a') }],
  ])('%s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

// printf '{}' | sha256sum; printf '{"a":1,"b":"ä"}' | sha256sum
test('the hash is SHA-256 of the UTF-8 text', () => {
  expect(canonicalHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  expect(canonicalHash({ b: 'ä', a: 1 })).toBe(
    'f5300ffcfd6fd3fc2de46d700be90d43fd799cd9eb69da4737201006143d48a1',
  );
});

test('the order of keys makes no difference, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(reversed(value))).toBe(text);
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
