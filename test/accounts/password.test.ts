import { expect, test } from 'vitest';
import { passwordProblem } from '../../server/accounts/password.rules.ts';

const of = { name: 'Aino Korhonen', email: 'aino.korhonen@example.org' };

test.each([
  'eleven char',
  'password1234',
  'Password-1234',
  'qwertyuiop12',
  'aaaaaaaaaaaaa',
  'abcabcabcabc',
  'abcdefghijklmn',
  '9876543210987'.slice(0, 10) + 'ab'.slice(0, 1),
  'Korhonen2026',
  'aino.korhonen1',
  'my aino.korhonen',
])('“%s” is too easy to guess', (password) => {
  expect(passwordProblem(password, of)).toMatch(/password/i);
});

test.each([
  'correct horse battery',
  'three words make one',
  'korhonen plays the violin at night',
  'gT7#kd92!mQz',
])('“%s” is a password', (password) => {
  expect(passwordProblem(password, of)).toBeNull();
});
