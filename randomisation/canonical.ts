import type { Design, Scheme } from './design.ts';
import { formatFraction, parseFraction } from './fraction.ts';

/** JSON as far as it is exact: no numbers but whole ones. */
export type Exact = string | number | boolean | null | Exact[] | { [key: string]: Exact | undefined };

/**
 * Canonical JSON: keys in code unit order, no white space, absent keys left out. For the values allowed here it is
 * RFC 8785 (JSON Canonicalization Scheme).
 * @throws TypeError for a number that isn't a safe whole number: it has no one writing
 */
export function canonicalJson(value: Exact): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new TypeError(`${value} has no canonical form; write it as a fraction`);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const inner = value[key];
    if (inner !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(inner)}`);
  }
  return `{${parts.join(',')}}`;
}

/**
 * The design in its one canonical form: defaults filled in, fractions in lowest terms, block sizes ascending, the
 * tie rule named, keys this engine doesn't know left out. Two designs with the same form allocate alike.
 * @param design a valid design (see `checkDesign`)
 */
export function canonicalDesign(design: Design): string {
  return canonicalJson({
    engine: design.engine,
    study: design.study,
    arms: design.arms.map(({ id, ratio }) => ({ id, ratio })),
    factors: design.factors.map(({ id, levels, weight }) => ({
      id,
      levels: [...levels],
      weight: exact(weight ?? 1),
    })),
    scheme: canonicalScheme(design.scheme),
  });
}

function canonicalScheme(scheme: Scheme): Exact {
  switch (scheme.kind) {
    case 'simple':
      return { kind: scheme.kind };
    case 'permuted-blocks':
      return { kind: scheme.kind, sizes: [...scheme.sizes].sort((a, b) => a - b) };
    case 'block-urn':
      return { kind: scheme.kind, lambda: scheme.lambda };
    case 'minimisation':
      return {
        kind: scheme.kind,
        distance: scheme.distance,
        probability: exact(scheme.probability),
        overall: scheme.overall ?? false,
        unequal: scheme.unequal ?? 'biased-coin',
        ties: 'share-best-probability',
      };
    case 'efron':
      return { kind: scheme.kind, probability: exact(scheme.probability) };
    case 'big-stick':
      return { kind: scheme.kind, limit: scheme.limit };
    case 'list':
      return { kind: scheme.kind, entries: scheme.entries.map(({ stratum, arm }) => ({ stratum, arm })) };
  }
}

function exact(text: string | number): string {
  const value = parseFraction(text);
  if (!value) throw new TypeError(`${text} is not a fraction`);
  return formatFraction(value);
}
