import { CST, type Document, Lexer, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import { DocumentError, type DocumentIssue } from './error.ts';

export interface YamlText {
  document: Document;
  lines: LineCounter;
  value: unknown;
}

const largest = 1_000_000;
const deepest = 50;

/**
 * Reads one YAML 1.2 document of at most 1 MB, without aliases, tags of its own or merge keys.
 *
 * Of problems with the shape only the first is listed, because one wrong indentation makes every line after it
 * look wrong; repeated keys, tabs and aliases are all listed.
 *
 * @throws {DocumentError}
 */
export function readYaml(text: string, file: string): YamlText {
  const bytes = Buffer.byteLength(text);
  if (bytes > largest) {
    throw whole(file, `The file has ${(bytes / 1e6).toFixed(1)} MB; a document may have at most 1 MB.`);
  }
  if (text.includes('\0')) throw whole(file, 'This is not a text file: it holds zero bytes.');
  refuseDepth(text, file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const problems = [
    ...syntaxProblems([...document.errors, ...document.warnings], lines),
    ...aliases(document, lines),
    ...undecoded(text),
  ];
  if (problems.length > 0) throw new DocumentError(file, problems);
  if (document.contents === null) throw whole(file, 'The file is empty.');
  return { document, lines, value: document.toJS() };
}

type Code = YAMLError['code'];

const indentation = 'This line doesn’t fit the lines around it. Check its indentation.';
const colon =
  'This can’t be read as a key and its value. Check the indentation, and put a text that holds a colon and a space in quotes.';

const advice: Partial<Record<Code, string>> = {
  DUPLICATE_KEY: 'This key is there twice; each key may be there once.',
  TAB_AS_INDENT: 'Found a tab; indent with spaces.',
  BAD_INDENT: indentation,
  BLOCK_AS_IMPLICIT_KEY: colon,
  MULTILINE_IMPLICIT_KEY: colon,
  BAD_SCALAR_START: 'A text can’t begin with this character; put the text in quotes.',
  MULTIPLE_DOCS: 'Found a second document after ---; a file holds one.',
  TAG_RESOLVE_FAILED: 'Found a tag (!…); tags are not read. Put a text that begins with ! in quotes.',
};

const standAlone: ReadonlySet<Code> = new Set<Code>(['DUPLICATE_KEY', 'TAB_AS_INDENT', 'TAG_RESOLVE_FAILED']);

function syntaxProblems(errors: readonly YAMLError[], lines: LineCounter): DocumentIssue[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  const shape = errors.find(({ code }) => !standAlone.has(code));
  const listed =
    tabs.length > 0
      ? tabs
      : [...errors.filter(({ code }) => standAlone.has(code)), ...(shape ? [shape] : [])];
  return listed
    .map((error) => ({ ...place(lines, error.pos[0]), path: '', message: explain(error) }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function explain({ code, message }: YAMLError): string {
  if (code === 'MISSING_CHAR' && message.startsWith('Sequence item')) return indentation;
  return advice[code] ?? `This is not valid YAML: ${message}.`;
}

/**
 * Depth is judged on lexical tokens, before anything is built: composing a document is recursive, and near the
 * end of the stack V8 ends the whole process when it has to compile a regular expression there. In flow style
 * the open brackets count; in block style each level takes a column at least, so the column of a line's first
 * token, and of each `-`, bounds the depth.
 */
function refuseDepth(text: string, file: string): void {
  let line = 1;
  let column = 1;
  let flow = 0;
  let startsLine = true;
  let isText = false;
  for (const source of new Lexer().lex(text)) {
    // The text of a scalar follows its mark, and may look like any other token.
    const type = isText ? 'scalar' : CST.tokenType(source);
    isText = source === CST.SCALAR;
    if (type === 'flow-seq-start' || type === 'flow-map-start') flow += 1;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') flow -= 1;
    else if (type === 'flow-error-end') flow = 0;
    const opensBlock = type === 'seq-item-ind' || type === 'explicit-key-ind' || startsLine;
    if (flow > deepest || (flow === 0 && column > deepest && opensBlock && !blank.has(type))) {
      const message = `The document is nested deeper than ${deepest} levels; that can’t be meant.`;
      throw new DocumentError(file, [{ line, column, path: '', message }]);
    }
    if (marks.has(source)) continue;
    const breaks = source.split('\n');
    line += breaks.length - 1;
    column = breaks.length > 1 ? breaks.at(-1)!.length + 1 : column + source.length;
    startsLine = breaks.length > 1 || (startsLine && type === 'space');
  }
}

/** Tokens of the lexer that stand for no text. */
const marks: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);
const blank: ReadonlySet<CST.TokenType | null> = new Set(['space', 'newline', 'comment']);

/** An alias can make a small file expand without bound, and a document has no need of one. */
function aliases(document: Document, lines: LineCounter): DocumentIssue[] {
  const issues: DocumentIssue[] = [];
  visit(document, {
    Alias: (_, { range, source }) => {
      const message = `Found the alias *${source}; aliases are not read. Write the value out.`;
      issues.push({ ...place(lines, range?.[0] ?? 0), path: '', message });
      return issues.length < 20 ? undefined : visit.BREAK;
    },
  });
  return issues;
}

/** Bytes that weren't UTF-8 came in as U+FFFD: a name such as Hyvinkää, saved in another encoding. */
function undecoded(text: string): DocumentIssue[] {
  const at = text.indexOf('\uFFFD');
  if (at < 0) return [];
  const before = text.slice(0, at).split('\n');
  const message = 'Found a character that isn’t UTF-8; save the file as UTF-8.';
  return [{ line: before.length, column: before.at(-1)!.length + 1, path: '', message }];
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

const whole = (file: string, message: string): DocumentError =>
  new DocumentError(file, [{ line: 0, column: 0, path: '', message }]);
