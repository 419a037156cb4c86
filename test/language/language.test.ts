import { expect, test } from 'vitest';
import { askedFor } from '../../server/language/language.rules.ts';
import { sayer } from '../../server/language/said.rules.ts';

// RFC 9110, 12.5.4: weights from 0 to 1 with 1 as the default; 0 means not acceptable.
test.each([
  ['fi', 'fi'],
  ['fi-FI,fi;q=0.9,en;q=0.8', 'fi'],
  ['en-GB,en;q=0.9,fi;q=0.8', 'en'],
  ['en;q=0.2, FI;q=0.7', 'fi'],
  ['sv-FI, sv;q=0.9, fi;q=0.5', 'fi'],
  ['fi;q=0, en;q=0.1', 'en'],
  ['filipino', undefined],
  ['*', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s asks for %s', (header, language) => {
  expect(askedFor(header)).toBe(language);
});

test('a value that is called like something of every object is said as it is', () => {
  const say = sayer({ '{name} is empty.': '{name} on tyhjä.' });
  for (const name of ['constructor', 'toString', '__proto__', 'valueOf']) {
    expect(say(`${name} is empty.`)).toBe(`${name} on tyhjä.`);
    expect(say(name)).toBe(name);
  }
});
