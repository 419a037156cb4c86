import type { BalanceRow } from '../balance.ts';
import { balanceChart } from '../charts/balance.ts';
import type { Chart, ChartOptions } from '../charts/chart.ts';
import { normalQuantile } from '../distributions/normal.ts';
import type { EstimateRow, PlanResults } from '../estimands/results.ts';
import { upperProbability } from '../interval.ts';

/**
 * Love plots of an analysis of balance, one for each arm that is compared with; none of other analyses. A distance of
 * categories has no sign and stays in the table.
 */
export function balanceCharts(
  { arms, plan }: PlanResults,
  rows: readonly EstimateRow[],
  options: ChartOptions,
): Chart[] {
  const z = normalQuantile(upperProbability(plan.level));
  const compared = rows.flatMap((row): BalanceRow[] =>
    row.covariate === null ||
    row.arm === null ||
    row.versus === null ||
    (row.estimate !== null && row.se === null)
      ? []
      : [
          {
            label: row.covariate,
            arm: row.arm,
            versus: row.versus,
            difference: row.estimate,
            reason: row.reason,
            n: [row.n ?? 0, row.nVersus ?? 0],
            chance: row.se === null ? null : z * row.se,
          },
        ],
  );
  return [...new Set(compared.map(({ versus }) => versus))].map((versus) =>
    balanceChart({ arms, rows: compared.filter((row) => row.versus === versus) }, options),
  );
}
