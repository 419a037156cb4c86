import type { z } from 'zod';
import { DocumentError, type DocumentIssue } from './error.ts';
import { locate, type Path, pathInWords } from './locate.ts';
import { inWords, type WordedIssue } from './wording.ts';
import { readYaml } from './yaml.ts';

/** A problem found by a check beyond the schema; the path is the schema's. */
export interface Finding {
  path: Path;
  message: string;
  /** Of what stands at the path, the key rather than its value. */
  key?: string;
  /** Characters into the text at the path, where the problem is a part of it. */
  offset?: number;
}

/** What is told of a document that can be used all the same. */
export interface Warnings {
  file: string;
  issues: DocumentIssue[];
}

interface Reading<S extends z.ZodType> {
  file: string;
  schema: S;
  check?: (document: z.output<S>) => Finding[];
  /** What is worth telling, though the document can be used. */
  doubt?: (document: z.output<S>) => Finding[];
  warn?: (warnings: Warnings) => void;
}

/**
 * Reads a YAML document, holds it against its schema and then against `check`; tells `warn` what `doubt` finds.
 *
 * @throws {DocumentError} with every syntax problem; else every breach of the schema; else every finding
 */
export function parseDocument<S extends z.ZodType>(text: string, options: Reading<S>): z.output<S> {
  const { file, schema, check, doubt, warn } = options;
  const { document, lines, value } = readYaml(text, file);
  const parsed = schema.safeParse(value, { reportInput: true });
  const found: (WordedIssue & Pick<Finding, 'offset'>)[] = parsed.success
    ? (check?.(parsed.data) ?? [])
    : parsed.error.issues.flatMap((issue) => inWords(issue));
  const issuesOf = (findings: typeof found): DocumentIssue[] =>
    findings
      .map(({ path, key, message, offset }) => ({
        ...locate(document, lines, path, key, offset),
        path: pathInWords(value, path),
        message,
      }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  if (!parsed.success || found.length > 0) throw new DocumentError(file, issuesOf(found));
  const doubts = warn && doubt ? doubt(parsed.data) : [];
  if (doubts.length > 0) warn!({ file, issues: issuesOf(doubts) });
  return parsed.data;
}
