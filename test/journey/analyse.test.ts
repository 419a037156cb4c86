import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../server/paths.ts';

/** Plan and CSV in, results and report out, as a script does it: no server and no database. */
describe('equipoise analyse and report', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'equipoise-analyse-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const equipoise = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [join(packageRoot, 'bin/equipoise.mjs'), ...args],
        { env: { ...process.env, EQUIPOISE_HOME: join(home, 'never'), DATABASE_URL: undefined }, cwd: home },
        (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
      );
    });

  const header = 'id,drug,length,treatment,bdi.pre,bdi.2m,bdi.3m,bdi.5m,bdi.8m';
  /** Forty made-up participants in the shape of the BtheB data. */
  const rows = Array.from({ length: 40 }, (_, i) => {
    const before = 15 + ((i * 7) % 23);
    const after = [3, 5, 8, 9].map((gain, t) => Math.max(0, before - gain - ((i * (t + 3)) % 11)));
    const seen = after.map((score, t) => ((i + t) % 9 < 7 || t === 0 ? String(score) : 'NA'));
    const words = [i + 1, i % 3 ? 'Yes' : 'No', i % 4 > 1 ? '>6m' : '<6m', i % 2 ? 'BtheB' : 'TAU'];
    return [...words, before, ...seen].join(',');
  });
  const plan = join(packageRoot, 'data/plans/beat-the-blues.plan.yaml');

  test('a CSV becomes results, the same for the same seed, and a report', async () => {
    await writeFile(join(home, 'data.csv'), [header, ...rows, ''].join('\n'));
    const ran = await equipoise('analyse', 'data.csv', '--plan', plan, '--out', 'a.json', '--seed', '5');
    expect(ran, ran.err).toMatchObject({ code: 0 });
    expect(ran.out).toContain('40 participants, 6 analyses');
    await equipoise('analyse', 'data.csv', '--plan', plan, '--out', 'b.json', '--seed', '5');
    const [a, b] = await Promise.all(
      ['a.json', 'b.json'].map(async (name) => JSON.parse(await readFile(join(home, name), 'utf8'))),
    );
    expect({ ...a, engine: null }).toEqual({ ...b, engine: null });
    expect(a.engine.seed).toBe(5);
    expect((await equipoise('report', 'a.json', '--out', 'a.html')).code).toBe(0);
    expect(await readFile(join(home, 'a.html'), 'utf8')).toContain(a.data.sha256);
  });

  test('mistakes are refused with their place, and nothing is written', async () => {
    await writeFile(join(home, 'twice.csv'), [header, rows[0], rows[0], ''].join('\n'));
    const twice = await equipoise('analyse', 'twice.csv', '--plan', plan, '--out', 'c.json');
    expect(twice.code).toBe(3);
    expect(twice.err).toContain('line 3, id: Participant 1 is in row 2 already.');
    const text = await readFile(plan, 'utf8');
    await writeFile(join(home, 'wrong.yaml'), text.replace('subject: id', 'subject: ident'));
    const wrong = await equipoise('analyse', 'data.csv', '--plan', 'wrong.yaml', '--out', 'c.json');
    expect(wrong.code).toBe(3);
    const line = text.split('\n').findIndex((one) => one.includes('subject: id')) + 1;
    expect(wrong.err).toContain(`wrong.yaml:${line}:12`);
    expect(wrong.err).toContain('no column “ident”');
    expect((await equipoise('analyse', 'data.csv', '--out', 'c.json')).code).toBe(2);
    expect((await equipoise('report', 'data.csv', '--out', 'c.html')).code).toBe(3);
    await expect(readFile(join(home, 'c.json'))).rejects.toThrow('ENOENT');
  });
});
