import { expect, test } from 'vitest';
import type { StudyView } from '../../../server/studies/contract.ts';
import { changesOf } from '../../../web/parts/audit/changes.ts';

test('only the fields that differ are listed, each with both values', () => {
  expect(changesOf({ item: 1, kept: 'x', gone: true }, { item: 2, kept: 'x', came: [1, 2] })).toEqual([
    { field: 'item', before: '1', after: '2' },
    { field: 'gone', before: 'yes', after: null },
    { field: 'came', before: null, after: '1, 2' },
  ]);
});

test('a state that is no object is one field without a name', () => {
  expect(changesOf('open', 'closed')).toEqual([{ field: '', before: 'open', after: 'closed' }]);
  expect(changesOf(null, null)).toEqual([]);
});

test('what comes into being lists its fields as new', () => {
  expect(changesOf(null, { number: 12 })).toEqual([{ field: 'number', before: null, after: '12' }]);
});

test('fields, days and what the protocol names are said in words; what somebody wrote stays', () => {
  const study = {
    document: {
      visits: [{ id: 'm3', label: '3 months' }],
      sites: [{ id: 'a', name: 'Lohja' }],
      screening: {
        fields: [{ id: 'sex', label: 'Sex', kind: 'choice', options: [{ value: 'f', label: 'Female' }] }],
      },
    },
    instruments: [{ id: 'hamd17', short: 'HAM-D17' }],
  } as unknown as StudyView;
  const after = {
    assessedOn: '2026-03-31',
    visit: 'm3',
    instrument: 'hamd17',
    site: 'a',
    answers: { days: { value: 3 }, working: { value: true } },
    values: { sex: 'f' },
    note: 'not-judged',
  };
  expect(changesOf(null, after, study)).toEqual([
    { field: 'assessed on', before: null, after: '31 Mar 2026' },
    { field: 'visit', before: null, after: '3 months' },
    { field: 'instrument', before: null, after: 'HAM-D17' },
    { field: 'site', before: null, after: 'Lohja' },
    { field: 'answers', before: null, after: 'days: 3; working: yes' },
    { field: 'values', before: null, after: 'Sex: Female' },
    { field: 'note', before: null, after: 'not-judged' },
  ]);
});
