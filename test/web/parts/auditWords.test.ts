import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deeds, kinds } from '../../../web/parts/audit/words.ts';

const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const writing = files
  .map((name) => readFileSync(join('server', name), 'utf8'))
  .filter((code) => code.includes('appendAudit('));

test('the audit trail calls every action that the server writes by its name', () => {
  const actions = writing.flatMap((code) =>
    [...code.matchAll(/action:([\s\S]{0,300}?)subject/g)].flatMap(([, given]) =>
      [...given!.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, action]) => action!),
    ),
  );
  expect(actions.length).toBeGreaterThan(50);
  expect([...new Set(actions)].filter((action) => deeds[action] === undefined)).toEqual([]);
});

test('it says what every subject is', () => {
  const subjects = writing.flatMap((code) =>
    [...code.matchAll(/subject: [`']([a-z]+)/g)].map(([, kind]) => kind!),
  );
  expect(subjects.length).toBeGreaterThan(50);
  expect([...new Set(subjects)].filter((kind) => kinds[kind] === undefined)).toEqual([]);
});
