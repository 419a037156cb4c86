import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { studyDocument } from '../../../server/studies/document.ts';
import { exclusionWords, notTold, shortHash, windowsSet, withDays } from '../../../web/enrol/words.ts';

const document = studyDocument.parse(parse(readFileSync('data/studies/ipt-depression.yaml', 'utf8')));

it('says what the protocol says about masking and windows', () => {
  expect(notTold(document)).toBe('Assessors are not told the arm.');
  expect(windowsSet(document)).toBe('Visit windows at 3 months and 12 months are set from today.');
  expect(exclusionWords(document, 'declined')).toBe('Declined to take part');
  expect(exclusionWords(document, 'eligibility')).toBe('Did not meet the criteria');
});

it('writes days as people read them and hashes short enough to compare', () => {
  expect(withDays('Version 3, signed 2026-11-17')).toBe('Version 3, signed 17 Nov 2026');
  expect(shortHash(`7c1e${'0'.repeat(56)}a90f`)).toBe('7c1e…a90f');
});
