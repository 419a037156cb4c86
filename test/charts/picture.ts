import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

const FOLDER = join(import.meta.dirname, '..', 'pictures');

/**
 * Each picture is kept in test/pictures and compared as text. A picture that has changed is written beside it as
 * *.new.svg: look at both, and if the new one is right, put it in the old one's place.
 */
export function comparePicture(name: string, drawn: string): void {
  const svg = `${drawn.replaceAll('><', '>\n<')}\n`;
  const kept = join(FOLDER, `${name}.svg`);
  const fresh = join(FOLDER, `${name}.new.svg`);
  rmSync(fresh, { force: true });
  const before = existsSync(kept) ? readFileSync(kept, 'utf8') : '';
  if (svg === before) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fresh, svg);
  expect.fail(`The picture ${name} has changed: look at test/pictures/${name}.new.svg beside ${name}.svg.`);
}
