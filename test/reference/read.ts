import { readFileSync } from 'node:fs';

/** A reference file made by the R script of the same name. */
// biome-ignore lint/suspicious/noExplicitAny: each test knows its file's shape, and a wrong guess fails it
export function reference(name: string): any {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'));
}

/** Relative difference |a − b|/|b| (absolute when b is 0; Infinity when either isn't a number). */
export function relativeError(actual: number | null | undefined, expected: number): number {
  if (typeof actual !== 'number' || Number.isNaN(actual) || Number.isNaN(expected)) return Infinity;
  if (actual === expected) return 0;
  return Math.abs(actual - expected) / (expected === 0 ? 1 : Math.abs(expected));
}
