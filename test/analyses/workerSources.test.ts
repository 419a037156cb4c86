import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as analyses from '../../server/analyses/worker.ts';
import * as results from '../../server/results/worker.ts';

test.each([
  ['analyses', analyses],
  ['results', results],
])(
  'from its sources the worker of %s can be asked for all that the built one can',
  async (folder, worker) => {
    const path = new URL(`../../server/${folder}/worker.sources.mjs`, import.meta.url);
    const [, names] = /export \{ (.*) \};/.exec(await readFile(path, 'utf8'))!;
    const given = names!.split(', ').map((name) => name.replace(/^\w+ as /, ''));
    expect(given.sort()).toEqual(Object.keys(worker).sort());
  },
);
