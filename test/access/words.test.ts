import { expect, test } from 'vitest';
import { accessTable } from '../../server/access/table.ts';
import { accessMatrix } from '../../server/access/words.rules.ts';

test('the access matrix says every action of the table in words, once, with the roles that the guards go by', () => {
  const rows = accessMatrix().flatMap((group) => group.rows);
  expect(Object.fromEntries(rows.map(({ action, roles }) => [action, roles]))).toEqual(accessTable);
  expect(rows).toHaveLength(Object.keys(accessTable).length);
  for (const { action, words } of rows) expect(words, action).toMatch(/^[A-Z].*[a-z)]$/);
});
