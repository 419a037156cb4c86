import type { BalanceRow } from '../balance.ts';
import type { DatasetArm } from '../dataset.ts';
import { drawBalance } from './balance-picture.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { list, rounded, signed } from './numbers.ts';

export interface BalanceResults {
  arms: readonly DatasetArm[];
  /** As `baselineBalance` gives them. */
  rows: readonly BalanceRow[];
}

/** Love plot: standardised mean differences at baseline within the band that chance alone gives. */
export function balanceChart(results: BalanceResults, options: ChartOptions): Chart {
  const { rows, arms } = results;
  const chance = Math.max(0, ...rows.map((row) => row.chance ?? 0));
  const pairs = new Set(rows.map((row) => `${row.arm} ${row.versus}`)).size;
  const known = rows.some((row) => row.difference !== null);
  const words = {
    title: 'Balance at baseline',
    subtitle: known
      ? `Standardised mean differences. Shaded: ±${chance.toFixed(2)}, where chance alone keeps 95% of them. No P values: any difference arose by chance`
      : 'Standardised mean differences',
  };
  const name = (id: string) => arms.find((arm) => arm.id === id)?.label ?? id;
  const parts = [...new Set(rows.map(({ label }) => label))].map((label) => {
    const own = rows
      .filter((row) => row.label === label)
      .map((row) => {
        const against = pairs > 1 ? `${name(row.arm)} ` : '';
        return `${against}${row.difference === null ? 'not known' : signed(row.difference, 2)}`;
      });
    return ` ${label}: ${list(own)}.`;
  });
  const versus = rows[0] ? ` Each against ${name(rows[0].versus)}.` : ' Nothing is known at baseline yet.';
  const description = `${words.title}. ${words.subtitle}.${versus}${parts.join('')}`;
  const spec = known
    ? drawBalance(results, chance, { ...words, description }, options)
    : emptySpec('Balance shows once each arm has participants.', { ...words, description }, options);
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'covariate', label: 'At baseline', numeric: false },
        { id: 'comparison', label: 'Comparison', numeric: false },
        { id: 'difference', label: 'Standardised difference', numeric: true },
        { id: 'chance', label: '95% by chance within ±', numeric: true },
        { id: 'first', label: 'n first', numeric: true },
        { id: 'second', label: 'n second', numeric: true },
      ],
      rows: rows.map((row) => ({
        covariate: row.label,
        comparison: `${name(row.arm)} − ${name(row.versus)}`,
        difference: rounded(row.difference, 3),
        chance: rounded(row.chance, 3),
        first: row.n[0],
        second: row.n[1],
      })),
    },
  };
}
