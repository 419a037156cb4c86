import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../server/paths.ts';

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** The command line as scripts use it: another process, its exit code and what it prints. */
describe('equipoise', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'equipoise-command-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const equipoise = (...args: string[]): Promise<Ran> =>
    new Promise((resolve) => {
      const env = {
        ...process.env,
        EQUIPOISE_HOME: home,
        DATABASE_URL: undefined,
        EQUIPOISE_TIME_ZONE: 'UTC',
      };
      execFile(
        process.execPath,
        [join(packageRoot, 'bin/equipoise.mjs'), ...args],
        { env, cwd: packageRoot },
        (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
      );
    });
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(home, name);
    await writeFile(path, text);
    return path;
  };

  test('help and version end with 0, a wrong command line with 2', async () => {
    const help = await equipoise('--help');
    expect(help.code).toBe(0);
    for (const command of ['serve', 'demo', 'schema', 'study', 'import', 'export', 'user', 'randomisation'])
      expect(help.out).toContain(command);
    expect((await equipoise('--version')).out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect((await equipoise('frobnicate')).code).toBe(2);
    expect((await equipoise('export', 'long')).code).toBe(2);
  });

  test('schema prints JSON Schema for both kinds of document', async () => {
    for (const kind of ['study', 'instrument']) {
      const { code, out } = await equipoise('schema', kind);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ type: 'object' });
    }
  });

  test('a broken study document is refused with 3, naming file, line and what was expected', async () => {
    const text = await readFile(join(packageRoot, 'data/studies/example-drug-trial.yaml'), 'utf8');
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.startsWith('version:'));
    lines[at] = 'version: two';
    const path = await file('broken.yaml', lines.join('\n'));
    const { code, err } = await equipoise('study', 'add', path);
    expect(code).toBe(3);
    expect(err).toContain(`broken.yaml:${at + 1}`);
    expect((await equipoise('study', 'list')).out).toBe('');
  });

  test('from an empty folder to numbers: add, import, export; a second add is refused with 3', async () => {
    const document = join(packageRoot, 'data/studies/beat-the-blues.yaml');
    const added = await equipoise('study', 'add', document);
    expect(added).toMatchObject({ code: 0 });
    expect(added.out).toMatch(/commitment +[0-9a-f]{64}/i);
    expect((await equipoise('study', 'add', document)).code).toBe(3);
    expect((await equipoise('study', 'list')).out).toMatch(/^beat-the-blues\t/);

    // Counted by hand: half of 30 is 15, of 21 it is 10.5. At 2 months BtheB has 1 responder of 2, TAU 1 of 1.
    const csv = await file(
      'trial.csv',
      [
        '"id","drug","length","treatment","bdi.pre","bdi.2m","bdi.3m","bdi.5m","bdi.8m"',
        '1,"No",">6m","BtheB",30,15,,,',
        '2,"Yes","<6m","BtheB",30,16,,,',
        '3,"No","<6m","TAU",21,10,,,',
        '4,"No","<6m","TAU",21,,,,',
      ].join('\n'),
    );
    const mapping = join(packageRoot, 'data/studies/beat-the-blues.mapping.yaml');
    const into = ['--study', 'beat-the-blues', '--mapping', mapping];
    const dry = await equipoise('import', csv, ...into, '--dry-run');
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.out).toContain('nothing written');
    const wrong = await file('wrong.csv', (await readFile(csv, 'utf8')).replace('30,16', '30,=1+1'));
    const refused = await equipoise('import', wrong, ...into);
    expect(refused.code).toBe(3);
    expect(refused.out).toMatch(/row 3\tbdi\.2m\t=1\+1\t/);
    expect(await equipoise('import', csv, ...into)).toMatchObject({ code: 0 });

    const out = join(home, 'results.csv');
    expect(await equipoise('export', 'results', '--study', 'beat-the-blues', '--out', out)).toMatchObject({
      code: 0,
    });
    const rows = (await readFile(out, 'utf8')).split('\r\n');
    const row = (arm: string): string =>
      rows.find((line) => line.startsWith(`response,m2,proportion,observed,${arm},`)) ?? '';
    expect(row('btheb')).toContain(',1,2,0.5,');
    expect(row('tau')).toContain(',1,1,1,');
    const long = await equipoise('export', 'long', '--study', 'beat-the-blues');
    expect(long.code).toBe(0);
    expect(long.out.split('\r\n').length).toBeGreaterThan(8);
    expect((await equipoise('export', 'long', '--study', 'nowhere')).code).toBe(3);
  });

  test('user add makes an account once and gives roles', async () => {
    const add = (...more: string[]): Promise<Ran> =>
      equipoise(
        'user',
        'add',
        'ann@site.example',
        '--name',
        'Ann Site',
        '--study',
        'beat-the-blues',
        ...more,
      );
    const first = await add('--role', 'data-manager');
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toMatch(/First password: \S{12,}/);
    const second = await add('--role', 'monitor');
    expect(second.code).toBe(0);
    expect(second.out).not.toContain('password');
    expect((await add('--role', 'monitor')).code).toBe(3);
    expect((await add('--role', 'emperor')).code).toBe(2);
  });

  test('randomisation simulate reads a study document', async () => {
    const { code, out } = await equipoise(
      'randomisation',
      'simulate',
      join(packageRoot, 'data/studies/ipt-depression.yaml'),
      '--n',
      '60',
      '--trials',
      '50',
    );
    expect(code).toBe(0);
    expect(out).toContain('50 trials of 60 participants');
  });
});
