import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Scalar,
} from 'yaml';

export type Path = readonly PropertyKey[];

/**
 * Line and column (both from 1) of the value at a path, or of its nearest ancestor that is in the file.
 * With `key`, of the key itself rather than of its value; with `within`, of a character of a text that stands on one
 * line.
 */
export function locate(
  document: Document,
  lines: LineCounter,
  path: Path,
  key?: string,
  within?: number,
): { line: number; column: number } {
  let node = document.contents as Node | null;
  let found = node;
  for (const step of path) {
    const next = child(node, step);
    if (!next) break;
    node = next;
    found = next;
  }
  const at = key === undefined ? found : (keyNode(found, key) ?? found);
  const offset = at?.range?.[0];
  if (offset === undefined) return { line: 1, column: 1 };
  const { line, col } = lines.linePos(offset);
  return { line, column: col + (within !== undefined && isScalar(at) ? charactersIn(at, within) : 0) };
}

/** Columns from the start of a text to one of its characters; 0 where it runs over several lines. */
function charactersIn({ type, source, range }: Scalar, within: number): number {
  const quote = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 1 : 0;
  const plain = type === 'PLAIN' || quote === 1;
  const written = (range?.[1] ?? 0) - (range?.[0] ?? 0);
  // Escapes and line ends make what is written longer than what it says.
  return plain && written === (source?.length ?? 0) + 2 * quote ? within + quote : 0;
}

function child(node: Node | null, step: PropertyKey): Node | null {
  if (isSeq(node)) return (node.items[Number(step)] as Node | undefined) ?? null;
  if (!isMap(node)) return null;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
  return pair && isPair(pair) ? ((pair.value as Node | null) ?? (pair.key as Node)) : null;
}

function keyNode(node: Node | null, key: string): Node | null {
  if (!isMap(node)) return null;
  return (
    (node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)?.key as Node) ?? null
  );
}

/**
 * A path as its author would say it: entries of a list go by their `id` (or `code`, or `version`) where they
 * have one, else by their number: "visits, m3, window, before"; "arms, 2nd entry, ratio".
 */
export function pathInWords(value: unknown, path: Path): string {
  const words: string[] = [];
  let here = value;
  for (const step of path) {
    here = (here as Record<PropertyKey, unknown> | null | undefined)?.[step];
    words.push(typeof step === 'number' ? (nameOf(here) ?? `${ordinal(step + 1)} entry`) : String(step));
  }
  return words.join(', ');
}

function nameOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { id, code, version } = entry as Record<string, unknown>;
  for (const name of [id, code, version]) if (typeof name === 'string' && name !== '') return name;
  return null;
}

const ordinal = (n: number): string => {
  const tens = n % 100;
  const suffix = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
};
