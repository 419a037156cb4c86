import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

export interface ServerText {
  file: string;
  /** With `hole` where a value stands. */
  text: string;
}
interface Node {
  type: string;
  [key: string]: unknown;
}

/** Stands in a text for a value. */
export const hole = 'Ω';

/**
 * What nobody reads on a page: the command line and the demonstration, SQL and R, logs; and what is said to whoever
 * writes a document (YAML, a plan, an expression), which stays in the language that documents are written in.
 */
const apart = [
  /^server\/(cli|demo|db|charts|documents)\//,
  /^server\/config\.ts$/,
  /^server\/analyses\/(code|estimator)\//,
  /^server\/analyses\/(check\w*|readTable|report|schema)\.ts$/,
  /^server\/analyses\/study\/documentPlan\.ts$/,
  /^server\/(audit|board)\/verify\.ts$/,
  /^server\/http\/openapi\.ts$/,
  /^server\/(studies|instruments)\/(check\w*|document|load)\.ts$/,
  /^server\/instruments\/(expressions\/|items\/document)/,
  /^server\/exports\/dictionary\w*\.ts$/,
];
/** Functions whose texts are for programs and their makers. */
const unread = new Set(
  'endpoint exportOf reading file describe meta where select setHeader execute warn error info'.split(' '),
);
const bugs = new Set(['Error', 'RangeError', 'TypeError', 'SqliteError', 'DocumentError']);
/** Functions that are given what goes to the page, a sentence or not. */
const saying = new Set('conflict notFound notValid notAllowed Refused refuse fail refine regex'.split(' '));
/** Made of parts that each have their words: what a kind of record is called. */
const composed = new Set([`The ${hole}`]);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const isSentence = (text: string): boolean => /^[A-Z“Ω].* .*\.$/.test(text);
const saysMore = (text: string): boolean => /[A-Za-z]{2}/.test(text.replaceAll(hole, ''));

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}

function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type !== 'TemplateLiteral') return null;
  const quasis = node.quasis as { value: { cooked: string } }[];
  return quasis.map(({ value }) => value.cooked).join(hole);
}

function look(value: unknown, within: string, found: (text: string, within: string) => void): void {
  if (Array.isArray(value)) for (const one of value) look(one, within, found);
  if (!isNode(value) || value.type === 'ImportDeclaration' || value.type.startsWith('TS')) return;
  let inside = within;
  if (value.type === 'CallExpression' || value.type === 'NewExpression') {
    const callee = value.callee as { name?: string; property?: { name?: string } };
    inside = callee.name ?? callee.property?.name ?? '';
    if (unread.has(inside) || (value.type === 'NewExpression' && bugs.has(inside))) return;
  }
  const text = textOf(value);
  if (text !== null) found(text, inside);
  for (const part of Object.values(value)) if (typeof part === 'object') look(part, inside, found);
}

/** What the server writes into pages: what its refusals say, and every sentence, each once. */
export function serverTexts(): ServerText[] {
  const texts = new Map<string, ServerText>();
  const files = walk('server').filter(
    (file) => file.endsWith('.ts') && !apart.some((shape) => shape.test(file)),
  );
  for (const file of files)
    look(parseSync(file, readFileSync(file, 'utf8')).program, '', (text, within) => {
      const read = saying.has(within) ? !text.includes('\n') : isSentence(text);
      if (read && saysMore(text) && !composed.has(text) && !isCode(text)) texts.set(text, { file, text });
    });
  return [...texts.values()];
}

/** What whoever writes a study or an instrument is told of the document, each sentence once. */
export function documentTexts(): ServerText[] {
  const told =
    /^server\/documents\/|^server\/studies\/check\w*\.ts$|^server\/instruments\/(check\w*|expressions\/\w+(\.rules)?)\.ts$/;
  const texts = new Map<string, ServerText>();
  for (const file of walk('server').filter((name) => told.test(name) && name.endsWith('.ts')))
    look(parseSync(file, readFileSync(file, 'utf8')).program, '', (text) => {
      if (isSentence(text) && saysMore(text) && !text.includes('\n')) texts.set(text, { file, text });
    });
  return [...texts.values()];
}

/** Identifiers and paths that refusals are given beside their words. */
const isCode = (text: string): boolean => /^[a-z][\w.Ω-]*$|^[\w.]+\.[\wΩ.]+$/.test(text);
