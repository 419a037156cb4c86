/** Line ends as RFC 4180 has them. */
export const LINE_END = '\r\n';

/** A cell of a CSV (RFC 4180): in quotes where it holds a comma, a quote or a line end. */
export function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A cell with words that a person typed. A spreadsheet takes a cell that begins with = + - @ or a tab for a formula,
 * quotes or not; such text gets a ' in front. Text that has a ' before such a sign already gets one more, so that
 * taking one ' away wherever `^'+[=+\-@\t\r\n]` matches always gives back what was typed. Numbers never pass here:
 * −3.5 stays −3.5.
 */
export function textCell(text: string): string {
  return cell(/^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
}

/** One line of cells that are ready. */
export const line = (cells: readonly string[]): string => cells.join(',') + LINE_END;
