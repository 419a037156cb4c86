import type { Path } from './locate.ts';
import type { Finding } from './parse.ts';

/** A finding for each entry of a list whose `key` an earlier entry has already. */
export function repeats<T extends object>(
  entries: readonly T[],
  path: Path,
  key: keyof T & string,
): Finding[] {
  const seen = new Set<unknown>();
  const findings: Finding[] = [];
  for (const [index, entry] of entries.entries()) {
    const value = entry[key];
    if (seen.has(value)) {
      findings.push({
        path: [...path, index, key],
        message: `“${value}” is there twice; each ${key} may be used once.`,
      });
    }
    seen.add(value);
  }
  return findings;
}

/** "a, b or c", for a message that says what was expected. */
export const oneOf = (names: Iterable<string>): string => {
  const all = [...names];
  return all.length === 0 ? 'nothing (there is none)' : all.join(', ').replace(/, ([^,]*)$/, ' or $1');
};
