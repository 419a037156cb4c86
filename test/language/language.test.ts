import { describe, expect, test } from 'vitest';
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

describe('a list that stands in a text', () => {
  const say = sayer(
    {
      'Blocks of {sizes}': 'Lohkot, koko {sizes}',
      'by {factors}': 'ositettu: {factors}',
      'Items {ids}': 'Osiot {ids}',
      '{who} wait.': '{who} odottavat.',
    },
    { site: 'tutkimuspaikka', sex: 'sukupuoli', age: 'ikä' },
  );

  test('is said part by part, with the joint of the language', () => {
    expect(say('Blocks of 6 and 9')).toBe('Lohkot, koko 6 ja 9');
    expect(say('by age, site and sex')).toBe('ositettu: ikä, tutkimuspaikka ja sukupuoli');
    expect(say('Items 1, 2 or 3')).toBe('Items 1, 2 or 3');
    expect(say('Items 1, 2 and 3')).toBe('Osiot 1, 2 ja 3');
    expect(say('LOH-0001 or VIH-0002 wait.')).toBe('LOH-0001 tai VIH-0002 odottavat.');
  });

  test('is left alone where people may have written it', () => {
    expect(say('Items 4 to 6 look odd and need a check')).toBe('Items 4 to 6 look odd and need a check');
    expect(say('the nurse and the doctor wait.')).toBe('the nurse and the doctor odottavat.');
  });
});
