/** What SQLite refused, with its code (`SQLITE_CONSTRAINT`, `SQLITE_BUSY`, …) and the statement, without its values. */
export class SqliteError extends Error {
  override name = 'SqliteError';
  readonly code: string;
  readonly errno: number | undefined;
  readonly sql: string;

  constructor(cause: Error & { code?: string; errno?: number }, sql: string) {
    super(cause.message, { cause });
    this.code = cause.code ?? 'SQLITE_ERROR';
    this.errno = cause.errno;
    this.sql = sql;
  }
}
