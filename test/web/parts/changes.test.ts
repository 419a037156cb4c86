import { expect, test } from 'vitest';
import { changesOf } from '../../../web/parts/audit/changes.ts';

test('only the fields that differ are listed, each with both values', () => {
  expect(changesOf({ item: 1, kept: 'x', gone: true }, { item: 2, kept: 'x', came: [1, 2] })).toEqual([
    { field: 'item', before: '1', after: '2' },
    { field: 'gone', before: 'true', after: null },
    { field: 'came', before: null, after: '[1, 2]' },
  ]);
});

test('a state that is no object is one field without a name', () => {
  expect(changesOf('open', 'closed')).toEqual([{ field: '', before: 'open', after: 'closed' }]);
  expect(changesOf(null, null)).toEqual([]);
});

test('what comes into being lists its fields as new', () => {
  expect(changesOf(null, { number: 12 })).toEqual([{ field: 'number', before: null, after: '12' }]);
});
