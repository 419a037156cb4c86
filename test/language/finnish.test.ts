import { describe, expect, test } from 'vitest';
import { speak } from '../../server/language/speak.ts';
import { hole, serverTexts } from './serverTexts.ts';

const say = speak('fi');

test('Finnish is there for what the server writes into pages', () => {
  const lacking = serverTexts().filter(({ text }) => say(text) === text);
  expect(lacking.map(({ file, text }) => `${file}: ${text.replaceAll(hole, '{}')}`)).toEqual([]);
});

describe('what was written in English with its values in it', () => {
  test('is said with the same values', () => {
    expect(say('Query 12 is closed already.')).toBe('Tarkennuspyyntö 12 on jo suljettu.');
    expect(say('The study has no site “tre”. Nothing was saved.')).toBe(
      'Tutkimuksessa ei ole tutkimuspaikkaa ”tre”. Mitään ei tallennettu.',
    );
  });

  test('is said through and through: a value may be a text that is known itself', () => {
    expect(say('The session was not found, or isn’t at one of your sites.')).toBe(
      'Istunto: ei löytynyt, tai ei ole tutkimuspaikoillasi.',
    );
  });

  test('is said sentence by sentence where each of them is known', () => {
    expect(say('Nobody is randomised yet. No estimate.')).toBe(
      'Ketään ei ole vielä satunnaistettu. Ei estimaattia.',
    );
    expect(say('Nobody is randomised yet. Nor will they ever.')).toBe(
      'Nobody is randomised yet. Nor will they ever.',
    );
  });

  test('stays as it is where nothing of it is known', () => {
    expect(say('kävi lääkärissä (a+b) {code}')).toBe('kävi lääkärissä (a+b) {code}');
    expect(speak('en')('Query 12 is closed already.')).toBe('Query 12 is closed already.');
  });
});
