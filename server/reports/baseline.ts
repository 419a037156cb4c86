import type { BaselineCell, BaselineTableRow } from '../../analysis/baseline-table.ts';
import { decimal } from '../../analysis/charts/numbers.ts';
import { shareText } from './numbers.ts';
import { numeric, type ReportTable, words } from './section.ts';

type NumberCell = Extract<BaselineCell, { kind: 'number' }>;

/**
 * The baseline table as text: a heading for each characteristic, and its levels or its summaries under it.
 *
 * @param groups heading of each column of cells, with its n
 */
export function baselineText(
  rows: readonly BaselineTableRow[],
  groups: readonly { label: string; n: number }[],
): ReportTable {
  const lines: string[][] = [];
  let open = '';
  for (const { label, level, cells } of rows) {
    if (level === null) {
      const numbers = cells.filter((cell) => cell.kind === 'number');
      lines.push([label], ...summaries(numbers, groups));
      open = '';
      continue;
    }
    if (label !== open) lines.push([`${label}, n (%)`]);
    open = label;
    lines.push([
      level,
      ...cells.map((cell) => (cell.kind === 'count' ? shareText(cell.count, cell.of) : '')),
    ]);
  }
  return {
    caption: 'At baseline',
    columns: [words('Characteristic'), ...groups.map(({ label, n }) => numeric(`${label} (n = ${n})`))],
    rows: lines,
  };
}

function summaries(cells: readonly NumberCell[], groups: readonly { n: number }[]): string[][] {
  const known = cells.every(({ n }, index) => n === groups[index]?.n);
  return [
    ...(known ? [] : [['Known, n', ...cells.map(({ n }) => String(n))]]),
    [
      'Mean (SD)',
      ...cells.map(({ mean, sd }) =>
        mean === null ? '–' : `${decimal(mean)}${sd === null ? '' : ` (${decimal(sd)})`}`,
      ),
    ],
    [
      'Median [quartiles]',
      ...cells.map(({ median, lower, upper }) =>
        median === null || lower === null || upper === null
          ? '–'
          : `${decimal(median)} [${decimal(lower)} to ${decimal(upper)}]`,
      ),
    ],
  ];
}
