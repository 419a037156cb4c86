/** One problem in a document, placed where its author can find it. */
export interface DocumentIssue {
  /** 1 is the first line; 0 where the problem is the file as a whole. */
  line: number;
  column: number;
  /** Where in the document, in words: "visits, m3, window, before". Empty for the document as a whole. */
  path: string;
  message: string;
}

/** A study, instrument or mapping document that can't be used; it lists every problem that was found. */
export class DocumentError extends Error {
  constructor(
    readonly file: string,
    readonly issues: readonly DocumentIssue[],
  ) {
    super(
      [
        `${file} can’t be used: ${issues.length === 1 ? 'one problem' : `${issues.length} problems`}. Nothing was loaded from it; correct the file and load it again.`,
        ...issues.map(
          (issue) => `  ${file}${place(issue)} ${issue.path && `${issue.path}: `}${issue.message}`,
        ),
      ].join('\n'),
    );
    this.name = 'DocumentError';
  }
}

const place = ({ line, column }: DocumentIssue): string => (line > 0 ? `:${line}:${column}` : ':');
