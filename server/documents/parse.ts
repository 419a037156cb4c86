import type { z } from 'zod';
import { DocumentError, type DocumentIssue } from './error.ts';
import { locate, type Path, pathInWords } from './locate.ts';
import { inWords, type WordedIssue } from './wording.ts';
import { readYaml } from './yaml.ts';

/** A problem found by a check beyond the schema; the path is the schema's. */
export interface Finding {
  path: Path;
  message: string;
  /** Characters into the text at the path, where the problem is a part of it. */
  offset?: number;
}

/**
 * Reads a YAML document, holds it against its schema and then against `check`.
 *
 * @throws {DocumentError} with every syntax problem; else every breach of the schema; else every finding
 */
export function parseDocument<S extends z.ZodType>(
  text: string,
  options: { file: string; schema: S; check?: (document: z.output<S>) => Finding[] },
): z.output<S> {
  const { file, schema, check } = options;
  const { document, lines, value } = readYaml(text, file);
  const parsed = schema.safeParse(value, { reportInput: true });
  const found: (WordedIssue & Pick<Finding, 'offset'>)[] = parsed.success
    ? (check?.(parsed.data) ?? [])
    : parsed.error.issues.flatMap((issue) => inWords(issue));
  const issues: DocumentIssue[] = found.map(({ path, key, message, offset }) => ({
    ...locate(document, lines, path, key, offset),
    path: pathInWords(value, path),
    message,
  }));
  if (!parsed.success || issues.length > 0) {
    throw new DocumentError(
      file,
      issues.sort((a, b) => a.line - b.line || a.column - b.column),
    );
  }
  return parsed.data;
}
