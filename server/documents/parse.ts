import { type Document, LineCounter, parseDocument as parseYaml, visit, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { DocumentError, type DocumentIssue } from './error.ts';
import { locate, type Path, pathInWords } from './locate.ts';
import { inWords } from './wording.ts';

/** A problem found by a check beyond the schema; the path is the schema's. */
export interface Finding {
  path: Path;
  message: string;
}

const largest = 1_000_000;

/**
 * Reads a YAML document, holds it against its schema and then against `check`.
 *
 * @throws {DocumentError} with every syntax problem; else every breach of the schema; else every finding.
 */
export function parseDocument<S extends z.ZodType>(
  text: string,
  options: { file: string; schema: S; check?: (document: z.output<S>) => Finding[] },
): z.output<S> {
  const { file, schema, check } = options;
  const { document, lines, value } = readYaml(text, file);
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap((issue) => inWords(issue));
    throw new DocumentError(
      file,
      inOrder(
        issues.map(({ path, key, message }) => ({
          ...locate(document, lines, path, key),
          path: pathInWords(value, path),
          message,
        })),
      ),
    );
  }
  const findings = check?.(parsed.data) ?? [];
  if (findings.length > 0) {
    throw new DocumentError(
      file,
      inOrder(
        findings.map(({ path, message }) => ({
          ...locate(document, lines, path),
          path: pathInWords(value, path),
          message,
        })),
      ),
    );
  }
  return parsed.data;
}

function readYaml(text: string, file: string): { document: Document; lines: LineCounter; value: unknown } {
  const bytes = Buffer.byteLength(text);
  if (bytes > largest) {
    throw whole(file, `The file has ${(bytes / 1e6).toFixed(1)} MB; a document may have at most 1 MB.`);
  }
  if (text.includes('\0')) throw whole(file, 'This is not a text file: it holds zero bytes.');
  const lines = new LineCounter();
  let document: Document;
  try {
    document = parseYaml(text, { lineCounter: lines, prettyErrors: false, version: '1.2' }) as Document;
  } catch (error) {
    if (error instanceof RangeError) throw whole(file, 'The document is nested too deeply to be read.');
    throw error;
  }
  const problems = [...document.errors, ...document.warnings].map((error) => syntaxIssue(error, lines));
  if (problems.length > 0) throw new DocumentError(file, inOrder(problems));
  refuseAliases(document, lines, file);
  if (document.contents === null) throw whole(file, 'The file is empty.');
  return { document, lines, value: document.toJS() };
}

/** An alias can make a small file expand without bound, and a document has no need of one. */
function refuseAliases(document: Document, lines: LineCounter, file: string): void {
  const issues: DocumentIssue[] = [];
  visit(document, {
    Alias: (_, node) => {
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      issues.push({
        line,
        column: col,
        path: '',
        message: `Found the alias *${node.source}; aliases are not read. Write the value out.`,
      });
    },
  });
  if (issues.length > 0) throw new DocumentError(file, issues.slice(0, 20));
}

const advice: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'This key is there twice; each key may be there once.',
  TAB_AS_INDENT: 'Found a tab; indent with spaces.',
  BAD_INDENT: 'The indentation doesn’t fit the lines around it.',
  MULTIPLE_DOCS: 'Found a second document after ---; a file holds one.',
};

function syntaxIssue(error: YAMLError, lines: LineCounter): DocumentIssue {
  const { line, col } = lines.linePos(error.pos[0]);
  return {
    line,
    column: col,
    path: '',
    message: advice[error.code] ?? `This is not valid YAML: ${error.message}`,
  };
}

const whole = (file: string, message: string): DocumentError =>
  new DocumentError(file, [{ line: 0, column: 0, path: '', message }]);

const inOrder = (issues: DocumentIssue[]): DocumentIssue[] =>
  issues.sort((a, b) => a.line - b.line || a.column - b.column);
