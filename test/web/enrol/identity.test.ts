import { expect, test } from 'vitest';
import { Refused } from '../../../web/api.ts';
import { duplicateOf, identityOf, noIdentity, problemsOfIdentity } from '../../../web/enrol/identity.ts';

test('nothing typed sends nothing; what is sent is trimmed', () => {
  expect(identityOf(noIdentity, false)).toBeUndefined();
  expect(identityOf({ identifier: ' 010190-123A ', initials: '', birthDate: null }, false)).toEqual({
    identifier: '010190-123A',
  });
  expect(identityOf({ identifier: '', initials: 'AK', birthDate: '1990-01-01' }, true)).toEqual({
    initials: 'AK',
    birthDate: '1990-01-01',
    anotherPerson: true,
  });
});

test('initials and the date of birth find somebody together only', () => {
  expect(problemsOfIdentity(noIdentity)).toEqual({});
  expect(Object.keys(problemsOfIdentity({ ...noIdentity, initials: 'AK' }))).toEqual(['birthDate']);
  expect(Object.keys(problemsOfIdentity({ ...noIdentity, birthDate: '1990-01-01' }))).toEqual(['initials']);
  expect(Object.keys(problemsOfIdentity({ ...noIdentity, identifier: '123' }))).toEqual(['identifier']);
});

test('a duplicate is told from other conflicts', () => {
  const refused = (error: 'conflict' | 'not-valid', current?: unknown) =>
    new Refused(409, { error, message: '', reference: 'r', current });
  expect(duplicateOf(refused('conflict', { participant: 'LOH-0001', certain: false }))).toEqual({
    participant: 'LOH-0001',
    certain: false,
  });
  expect(duplicateOf(refused('conflict', { version: 3 }))).toBeNull();
  expect(duplicateOf(refused('conflict'))).toBeNull();
  expect(duplicateOf(refused('not-valid', { participant: 'LOH-0001', certain: true }))).toBeNull();
  expect(duplicateOf(new Error('away'))).toBeNull();
});
