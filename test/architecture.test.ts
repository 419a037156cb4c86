import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The import rules of ARCHITECTURE.md, read from the files themselves. */
const folders = ['analysis', 'randomisation', 'server', 'web'];
const files = folders.flatMap((folder) => walk(folder)).filter((file) => /\.tsx?$/.test(file));

function isType(part: string): boolean {
  return part.trim().startsWith('type ');
}

interface Import {
  file: string;
  /** Path from the top of the repository, or a package's name. */
  target: string;
  /** Whether it only takes types. */
  types: boolean;
}
const imports: Import[] = files.flatMap(importsOf);

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found: Import[] = [];
  const statements =
    /(?:^|\n)\s*(import|export)\s+(type\s+)?([^;'"]*?from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  for (const match of text.matchAll(statements)) {
    const name = match[4] ?? match[5]!;
    const named =
      /\{([^}]*)\}/
        .exec(match[3] ?? '')?.[1]
        ?.split(',')
        .filter((part) => part.trim()) ?? [];
    const onlyTypes = match[2] !== undefined || (named.length > 0 && named.every(isType));
    found.push({
      file,
      target: name.startsWith('.') ? normalize(join(dirname(file), name.split('?')[0]!)) : name,
      types: onlyTypes,
    });
  }
  return found;
}

const isPackage = (target: string): boolean => !folders.some((folder) => target.startsWith(`${folder}/`));
const outOf = (folder: string): Import[] => imports.filter(({ file }) => file.startsWith(`${folder}/`));
const shown = (found: readonly Import[]): string[] => found.map(({ file, target }) => `${file} → ${target}`);

describe('imports', () => {
  test('are found at all', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(imports.length).toBeGreaterThan(1000);
  });

  test('analysis is pure: itself, simple-statistics, the pure randomisation, and types of vega-lite', () => {
    const foreign = outOf('analysis').filter(
      ({ target, types }) =>
        !target.startsWith('analysis/') &&
        !target.startsWith('randomisation/') &&
        target !== 'simple-statistics' &&
        !(types && (target.startsWith('vega-lite') || target.startsWith('server/'))),
    );
    expect(shown(foreign)).toEqual([]);
  });

  test('randomisation is pure: itself, Node’s hash functions, and types of a study document', () => {
    const foreign = outOf('randomisation').filter(
      ({ target, types }) =>
        !target.startsWith('randomisation/') &&
        target !== 'node:crypto' &&
        !(types && target === 'server/studies/document.ts'),
    );
    expect(shown(foreign)).toEqual([]);
  });

  test('rules import documents, contracts and rules only', () => {
    const pure =
      /(^|[/.])(rules|contract|document)\.ts$|^server\/(access\/table|http\/wire|http\/endpoint)\.ts$/;
    const foreign = imports.filter(
      ({ file, target, types }) =>
        /(^|[/.])rules\.ts$/.test(file) &&
        !types &&
        !pure.test(target) &&
        // The grammar of expressions: a parser, as pure as a rule.
        !(target === 'feelin' && file === 'server/instruments/expressions/parse.rules.ts') &&
        // The walk over two documents: a pure function of both, without a clock, files or state.
        !(target === 'microdiff' && file === 'server/studies/difference.rules.ts'),
    );
    expect(shown(foreign)).toEqual([]);
  });

  test('only stores and server/db know kysely', () => {
    const foreign = outOf('server').filter(
      ({ file, target, types }) =>
        target.startsWith('kysely') && !types && !/\/store\.ts$|^server\/db\//.test(file),
    );
    expect(shown(foreign)).toEqual([]);
  });

  test('only routes, server/http, start and app know express', () => {
    const foreign = outOf('server').filter(
      ({ file, target }) =>
        target === 'express' && !/\/routes\.ts$|^server\/http\/|^server\/app\.ts$/.test(file),
    );
    expect(shown(foreign)).toEqual([]);
  });

  test('web takes contracts, documents, rules and the access table from the server, and nothing else', () => {
    const allowed =
      /^server\/([a-zA-Z]+\/)*(contract|document|wire|endpoint|table|[a-z]*\.?rules)\.ts$|^randomisation\//;
    const foreign = outOf('web').filter(
      ({ file, target, types }) =>
        !file.startsWith('web/build/') &&
        !isPackage(target) &&
        !target.startsWith('web/') &&
        !(types && (target.startsWith('analysis/') || target.startsWith('server/'))) &&
        !allowed.test(target),
    );
    expect(shown(foreign)).toEqual([]);
  });
});

describe('files', () => {
  test('none is longer than 250 lines, but documents that read best in one piece', () => {
    const whole = ['server/studies/document.ts', 'server/analyses/plan.ts'];
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length - 1 > 250);
    expect(long.filter((file) => !whole.includes(file))).toEqual([]);
  });

  test('none is called utils, helpers, common or misc', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\.|\/)/.test(file))).toEqual([]);
  });

  test('none holds a left-over marker', () => {
    const marked = files.filter((file) => /\b(TODO|FIXME|XXX)\b/.test(readFileSync(file, 'utf8')));
    expect(marked).toEqual([]);
  });
});
