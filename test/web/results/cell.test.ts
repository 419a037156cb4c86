import { expect, it } from 'vitest';
import type { StudyDocument } from '../../../server/studies/document.ts';
import { armLook } from '../../../web/results/ArmMark.tsx';
import { cellText, decimalsOf, percent } from '../../../web/results/cell.ts';

it('writes the numbers of a column under each other', () => {
  const column = [42.1, 60, -17.25, null];
  const decimals = decimalsOf(column);
  expect(column.map((value) => cellText(value, decimals))).toEqual(['42.10', '60.00', '−17.25', '–']);
  expect(decimalsOf([1515, 3])).toBe(0);
  expect(cellText(1515, 0)).toBe('1,515');
  expect(decimalsOf([1 / 3])).toBe(4);
  expect(decimalsOf([0.1 + 0.2])).toBe(1);
});

it('gives no percentage of nothing', () => {
  expect(percent(99, 134)).toBe('74%');
  expect(percent(0, 0)).toBe('–');
});

it('knows an arm by its place, the reference by its triangle, and pooled data by neither', () => {
  const arms = ['a', 'b', 'c'].map((id) => ({
    id,
    short: id,
    name: id,
    ratio: 1,
    reference: id === 'b',
  })) as StudyDocument['arms'];
  expect(arms.map(({ id }) => armLook(arms, id).tone)).toEqual(['1', 'reference', '2']);
  expect(armLook(arms, null).tone).toBe('pooled');
  expect(new Set(arms.map(({ id }) => armLook(arms, id).path)).size).toBe(3);
});
