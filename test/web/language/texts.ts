import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

export interface Place {
  file: string;
  text: string;
}
interface Node {
  type: string;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}

/** All the code of the folders, one file after the other. */
export const sourceOf = (folders: readonly string[]): string =>
  folders
    .flatMap(walk)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, see);
  else if (isNode(value)) {
    see(value);
    for (const part of Object.values(value)) if (typeof part === 'object') visit(part, see);
  }
}

const spoken = new Set(['aria-label', 'title', 'placeholder', 'label', 'alt', 'hint', 'data-label']);
const words = /[A-Za-z]{2}/;
/** What every language writes alike: the name of the product, of a key, of a kind of file. */
const alike = /^(Equipoise|Shift|Tab|Enter|CSV|JSON|SHA-256)$/;

/** Of a text that is put together, one with a comma and a space is said; others are names for the computer. */
const isSentence = ({ quasis }: Node): boolean =>
  (quasis as Node[]).some(({ value }) => (value as { raw: string }).raw.includes(', '));

/** The texts that an expression can come to by itself: `busy ? 'wait' : name` comes to "wait". */
function branches(node: Node): string[] {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
  const parts: Record<string, string[]> = {
    JSXExpressionContainer: ['expression'],
    ConditionalExpression: ['consequent', 'alternate'],
    LogicalExpression: ['left', 'right'],
  };
  return (parts[node.type] ?? []).flatMap((part) => branches(node[part] as Node));
}

/** What the interface says: texts given to `t` and `rich`, calls of them with no literal, and texts given to neither. */
export function textsOf(folder: string): { texts: Place[]; computed: Place[]; bare: Place[] } {
  const found = { texts: [] as Place[], computed: [] as Place[], bare: [] as Place[] };
  const files = walk(folder).filter((file) => /\.tsx?$/.test(file) && !/^web\/(language|build)\//.test(file));
  for (const file of files) {
    visit(parseSync(file, readFileSync(file, 'utf8')).program, (node) => {
      if (node.type === 'CallExpression') {
        const { name } = node.callee as { name?: string };
        if (name !== 't' && name !== 'rich') return;
        const [first] = node.arguments as Node[];
        const text = first?.type === 'Literal' ? first.value : undefined;
        if (typeof text === 'string') found.texts.push({ file, text });
        else found.computed.push({ file, text: name });
      }
      if (node.type === 'JSXText') {
        const text = String(node.value).trim();
        if (words.test(text) && !alike.test(text)) found.bare.push({ file, text });
      }
      if (node.type === 'JSXAttribute') {
        const name = String((node.name as Node).name);
        const value = node.value as Node | null;
        const text = value?.type === 'Literal' ? String(value.value) : '';
        if (spoken.has(name) && words.test(text) && !alike.test(text)) found.bare.push({ file, text });
      }
      const said =
        node.type === 'JSXElement' || node.type === 'JSXFragment'
          ? (node.children as Node[]).filter(({ type }) => type === 'JSXExpressionContainer')
          : node.type === 'TemplateLiteral' && isSentence(node)
            ? (node.expressions as Node[])
            : [];
      for (const text of said.flatMap(branches))
        if (words.test(text) && !alike.test(text)) found.bare.push({ file, text });
    });
  }
  return found;
}
