import { describe, expect, test } from 'vitest';
import type { StudyDocument } from '../../../server/studies/document.ts';
import {
  instantOf,
  methodSentence,
  provable,
  publication,
  readCode,
  reportText,
  spelled,
  verifyCommand,
} from '../../../web/allocation/words.ts';

const epoch = {
  epoch: 2,
  designHash: 'd'.repeat(64),
  commitment: 'c'.repeat(64),
  activatedAt: '2026-03-01T08:00:00.000Z',
  beacon: null,
};

describe('an envelope’s code', () => {
  // Crockford, "Base 32": "When decoding, upper and lower case letters are accepted, and i and l will be treated as 1
  // and o will be treated as 0"; hyphens are ignored.
  test('is read as it may be written', () => {
    expect(readCode(' k7qm2-9xwtb ')).toBe('K7QM29XWTB');
    expect(readCode('oO iI lL 0123')).toBe('0011110123');
  });
  test('is spelled five and five', () => {
    expect(spelled('K7QM29XWTB')).toBe('K7QM2 9XWTB');
    expect(readCode(spelled('K7QM29XWTB'))).toBe('K7QM29XWTB');
  });
});

test('a moment needs a day and a time, and is the reader’s own clock', () => {
  expect(instantOf(null, '14:30')).toBeNull();
  expect(instantOf('2026-11-23', '')).toBeNull();
  for (const time of ['14:30', '14.30', '1430'])
    expect(instantOf('2026-11-23', time)).toBe(new Date(2026, 10, 23, 14, 30).toISOString());
  expect(instantOf('2026-11-23', '9:05')).toBe(new Date(2026, 10, 23, 9, 5).toISOString());
  for (const time of ['24:00', '12:60', '7', '2:5', 'noon']) expect(instantOf('2026-11-23', time)).toBeNull();
});

test('the method becomes a sentence once', () => {
  expect(methodSentence('permuted blocks of 6 and 9')).toBe('Permuted blocks of 6 and 9.');
  expect(methodSentence('Simple.')).toBe('Simple.');
});

test('what is published names study, design and commitment, and the public value where there is one', () => {
  const document = { title: 'A trial', code: 'T-1', registry: 'NCT1' } as StudyDocument;
  expect(publication(document, epoch).split('\n')).toEqual([
    'A trial (T-1, NCT1)',
    'Allocation design, epoch 2, in force since 2026-03-01T08:00:00.000Z',
    `SHA-256 of the design: ${'d'.repeat(64)}`,
    `Commitment to the secret: ${'c'.repeat(64)}`,
  ]);
  const waiting = { ...epoch, beacon: { name: 'drand round 4000000', value: null } };
  expect(publication(document, waiting)).toContain('Public value in the seed: drand round 4000000');
});

test('the verifier is tied to the first epoch’s commitment', () => {
  const first = { ...epoch, epoch: 1, commitment: 'a'.repeat(64) };
  expect(verifyCommand('ipt', [first, epoch])).toBe(
    `node verifier.mjs ipt-allocation-log.json --commitment ${'a'.repeat(64)}`,
  );
});

test('the report text keeps the items in order; the blinded file promises no draws', () => {
  const items = [
    { item: '17a', title: 'Who', text: 'One.' },
    { item: '17b', title: 'Type', text: 'Two.' },
  ];
  expect(reportText(items)).toBe('17a Who\nOne.\n\n17b Type\nTwo.');
  expect(provable(true, '2026-03-01T08:00:00.000Z')).toContain('Arms are not in it');
  expect(provable(false, null)).toContain('once the secret is revealed');
});
