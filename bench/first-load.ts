import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { webFolder } from '../server/paths.ts';
import type { Benchmark } from './benchmark.ts';

export default {
  name: 'first-load',
  what: 'script and style that the first page asks for, gzipped',
  async run() {
    const assets = join(webFolder, 'assets');
    const names = (await readdir(assets)).filter((name) => /\.(js|css)$/.test(name));
    const sizes = new Map<string, number>();
    const texts = new Map<string, string>();
    for (const name of names) {
      const content = await readFile(join(assets, name));
      sizes.set(name, gzipSync(content, { level: 9 }).length / 1024);
      texts.set(name, content.toString('utf8'));
    }
    const html = await readFile(join(webFolder, 'index.html'), 'utf8');
    const first = new Set(names.filter((name) => html.includes(name)));
    // What the entry imports statically is asked for at once too.
    for (const name of first)
      for (const other of names)
        if (new RegExp(`(from|import)\\s*["']\\./${other.replaceAll('.', '\\.')}["']`).test(texts.get(name)!))
          first.add(other);
    const sum = (chosen: Iterable<string>): number =>
      [...chosen].reduce((total, name) => total + sizes.get(name)!, 0);
    const value = sum(first);
    const baseline = sum(names);
    return {
      value,
      unit: 'KiB',
      baseline,
      ratio: value / baseline,
      against: 'script and style of all pages together',
    };
  },
} satisfies Benchmark;
