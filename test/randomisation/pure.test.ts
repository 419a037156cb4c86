import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../randomisation', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');

describe('randomisation/', () => {
  it.each(files)('%s imports only its own folder; of the server, types', (file) => {
    for (const [, type, from] of textOf(file).matchAll(/^(?:import|export) (type )?[^;]*?from '([^']+)'/gm)) {
      const target = relative(folder, resolve(folder, dirname(file), from!));
      expect(from!.startsWith('.'), `${from} is from outside`).toBe(true);
      if (target.startsWith('..')) expect(type, `${from} is more than a type`).toBe('type ');
    }
  });

  it.each(files)('%s knows no clock and no chance of its own', (file) => {
    expect(textOf(file)).not.toMatch(
      /Math\.random|new Date|Date\.now|performance\.|randomBytes|getRandomValues|process\./,
    );
  });

  it('keeps the stand-alone verifier out of the door', () => {
    const loads = files.filter((file) => /from '\.\.?\/verifier\.mjs'/.test(textOf(file)));
    expect(loads).toEqual(['command.ts']);
  });
});
