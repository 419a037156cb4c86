import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { webFolder } from '../../server/paths.ts';

const html = readFileSync(join(webFolder, 'index.html'), 'utf8');
const scripts = [...html.matchAll(/(?:src|href)="\/?(assets\/[^"]+\.js)"/g)].map(([, name]) =>
  readFileSync(join(webFolder, name!)),
);

it('asks for at most 200 kB of compressed script before the first page', () => {
  expect(scripts.length).toBeGreaterThan(10);
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
  expect(bytes).toBeLessThanOrEqual(200_000);
});

it('is what ships: nothing of React’s own checks for development is in it', () => {
  expect(scripts.some((script) => script.includes('jsxDEV'))).toBe(false);
});
