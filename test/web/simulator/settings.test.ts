import { expect, test } from 'vitest';
import type { StudyDocument } from '../../../server/studies/document.ts';
import { defaultsFor, optionsOf, problemsOf } from '../../../web/simulator/settings.ts';

const document = {
  recruitment: { target: 134 },
  sites: [
    { id: 'lohja', target: 90 },
    { id: 'vihti', target: 44 },
  ],
  allocation: { strata: [{ id: 'place', by: 'site' }] },
} as unknown as StudyDocument;

test('the study’s plan is the beginning: its target, its sites, recruiting as planned', () => {
  const settings = defaultsFor(document);
  expect(problemsOf(settings)).toEqual({});
  expect(optionsOf(settings, document)).toEqual({
    n: 134,
    trials: 2000,
    seed: 1,
    sites: 2,
    siteFactor: 'place',
    frequencies: { place: [90, 44] },
  });
});

test('with another number of sites they are of equal size', () => {
  expect(optionsOf({ ...defaultsFor(document), sites: '10' }, document)).not.toHaveProperty('frequencies');
});

test('what isn’t a whole number in range is said field by field', () => {
  const problems = problemsOf({ n: '1', sites: '2.5', trials: '', seed: '7' });
  expect(Object.keys(problems).sort()).toEqual(['n', 'sites', 'trials']);
  expect(problems.n).toBe('Participants: a whole number from 2 to 100,000.');
});
