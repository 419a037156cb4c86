import type { BaselineCell, BaselineTableRow } from '../../analysis/baseline-table.ts';
import { decimal } from '../../analysis/charts/numbers.ts';
import { isSmall } from '../results/disclosure.ts';
import { shareText } from './numbers.ts';
import { numeric, type ReportTable, words } from './section.ts';

type NumberCell = Extract<BaselineCell, { kind: 'number' }>;

/**
 * The baseline table as text: a heading for each characteristic, and its levels or its summaries under it.
 *
 * @param groups heading of each column of cells, with its n
 * @param smallest the smallest count that may be shown; a characteristic with a smaller one is hidden whole
 */
export function baselineText(
  rows: readonly BaselineTableRow[],
  groups: readonly { label: string; n: number }[],
  smallest: number | null = null,
): ReportTable {
  const hidden = smallest === null ? new Set<string>() : tooSmall(rows, groups, smallest);
  const lines: string[][] = [];
  let open = '';
  for (const { label, level, cells } of rows) {
    if (hidden.has(label)) {
      if (label !== open) lines.push([label], ['Hidden', ...groups.map(() => 'hidden')]);
      open = label;
      continue;
    }
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

/** Characteristics in which somewhere a level, or those whose value isn’t known, are too few. */
function tooSmall(
  rows: readonly BaselineTableRow[],
  groups: readonly { n: number }[],
  smallest: number,
): Set<string> {
  const small = rows.filter(({ cells }) =>
    cells.some((cell, index) => {
      const known = cell.kind === 'number' ? cell.n : cell.of;
      const counts = [known, groups[index]!.n - known, ...(cell.kind === 'count' ? [cell.count] : [])];
      return counts.some((count) => isSmall(count, smallest));
    }),
  );
  return new Set(small.map(({ label }) => label));
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
