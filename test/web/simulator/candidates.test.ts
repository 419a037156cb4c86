import { expect, test } from 'vitest';
import type { Design } from '../../../randomisation/index.ts';
import { candidatesFor, schemeWords } from '../../../web/simulator/candidates.ts';

const three: Design = {
  engine: 1,
  study: 'three',
  arms: [
    { id: 'a', ratio: 1 },
    { id: 'b', ratio: 1 },
    { id: 'c', ratio: 1 },
  ],
  factors: [{ id: 'site', levels: ['x', 'y'] }],
  scheme: { kind: 'permuted-blocks', sizes: [9, 6] },
};
const labels = (design: Design) => candidatesFor(design).map(({ label }) => label);

test('the study’s own design comes first and isn’t offered twice, whatever the order of its blocks', () => {
  const found = candidatesFor(three);
  expect(found[0]).toMatchObject({ own: true, label: 'Blocks of 6 and 9', design: three });
  expect(found.filter(({ own }) => own)).toHaveLength(1);
  expect(found.filter(({ label }) => label === 'Blocks of 6 and 9')).toHaveLength(1);
});

test('the alternatives keep arms, ratio and factors, and suit three arms', () => {
  expect(labels(three).slice(1)).toEqual([
    'Simple',
    'Blocks of 3',
    'Blocks of 3 and 6',
    'Block urn, λ = 2',
    'Block urn, λ = 3',
    'Minimisation, p = 0.7',
    'Minimisation, p = 0.8',
    'Minimisation, p = 0.9',
  ]);
  for (const { design } of candidatesFor(three))
    expect(design).toMatchObject({ arms: three.arms, factors: three.factors });
});

test('two equal arms add the biased coin and the big stick; 2:1 has blocks of 3', () => {
  const two = { ...three, arms: three.arms.slice(0, 2), scheme: { kind: 'simple' } } as Design;
  expect(labels(two)).toEqual(
    expect.arrayContaining(['Biased coin, p = 2/3', 'Big stick, 3', 'Blocks of 2']),
  );
  const unequal: Design = {
    ...two,
    arms: [
      { id: 'a', ratio: 2 },
      { id: 'b', ratio: 1 },
    ],
  };
  expect(labels(unequal)).toContain('Blocks of 3');
  expect(labels(unequal)).not.toContain('Big stick, 3');
});

test('without factors there is nothing to minimise over', () => {
  expect(labels({ ...three, factors: [] }).some((label) => label.startsWith('Minimisation'))).toBe(false);
});

test('a probability is a decimal where two places hold it', () => {
  const words = (probability: string) =>
    schemeWords({ kind: 'minimisation', distance: 'range', probability });
  expect(words('4/5')).toBe('Minimisation, p = 0.8');
  expect(words('2/3')).toBe('Minimisation, p = 2/3');
});
