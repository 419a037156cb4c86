import type { Item } from '../../server/instruments/document.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { cellsOf, type Sheet } from './readCsv.ts';
import type { Target } from './target.ts';

/** A cell of the answer columns that is no answer by itself, and how often it stands there. */
export interface Mark {
  cell: string;
  count: number;
}

/** Empty cells and others that no item of their column can have: NA, ".", −99 … They need a reason, or a look. */
export function marksOf(sheet: Sheet, study: StudyView, targets: Readonly<Record<string, Target>>): Mark[] {
  const counts = new Map<string, number>();
  for (const column of sheet.columns) {
    const [kind, , instrument, item] = (targets[column] ?? '').split('/');
    if (kind !== 'answer') continue;
    const found = study.instruments.find(({ id }) => id === instrument)?.items.find(({ id }) => id === item);
    if (!found || found.kind === 'text') continue;
    for (const { cell, count } of cellsOf(sheet, column)) {
      const possible = isAnswer(found, cell);
      if (!possible) counts.set(cell, (counts.get(cell) ?? 0) + count);
    }
  }
  return [...counts].map(([cell, count]) => ({ cell, count })).sort((a, b) => b.count - a.count);
}

/** Whether the item can have the cell as its answer. */
function isAnswer(item: Item, cell: string): boolean {
  const number = Number(cell);
  const numeric = cell !== '' && Number.isFinite(number);
  switch (item.kind) {
    case 'date':
      return (
        /^\d{4}-\d{2}-\d{2}$/.test(cell) || (item.partial !== undefined && /^\d{4}(-\d{2})?$/.test(cell))
      );
    case 'time':
      return /^\d{2}:\d{2}$/.test(cell);
    case 'choice':
      return numeric && item.options.some(({ value }) => value === number);
    case 'choices':
      return cell.split('|').every((one) => item.options.some(({ value }) => String(value) === one.trim()));
    case 'number':
    case 'slider':
      return numeric && number >= item.min && number <= item.max;
    default:
      return false;
  }
}

/** The codes that cells of a column most likely mean, by name. */
export function suggestCodes(
  cells: readonly { cell: string }[],
  options: readonly { value: string; label: string; also: string[] }[],
): Record<string, string> {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9<>]/g, '');
  return Object.fromEntries(
    cells.flatMap(({ cell }) => {
      const option = options.find(({ value, label, also }) =>
        [value, label, ...also].some((name) => plain(name) === plain(cell) && plain(cell) !== ''),
      );
      return option ? [[cell, option.value]] : [];
    }),
  );
}
