import type { readRun } from '../../server/analyses/runs/contract.ts';
import type { Reply } from '../api.ts';
import { decimal, inWords } from '../language/number.ts';
import { phrased } from '../language/phrased.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import {
  conclusionWords,
  intervalText,
  measureWords,
  numberText,
  pText,
  sizeText,
  spreadText,
} from './numbers.ts';
import css from './workbench.module.css';

type Results = NonNullable<Reply<typeof readRun>['results']>;
type Row = Results['rows'][number];

/** The rows of one analysis; columns that no row fills are left out. */
export function RowTable({ results, analysis }: { results: Results; analysis: string }) {
  const rows = results.rows.filter((row) => row.analysis === analysis);
  const arm = (id: string | null) => results.arms.find((one) => one.id === id)?.label ?? t('All arms');
  const visit = (id: string) => said(results.visits.find((one) => one.id === id)?.label ?? id);
  const several = new Set(rows.map((row) => row.visit)).size > 1;
  const all: [string, boolean, (row: Row) => string, boolean][] = [
    [t('Visit'), false, (row) => visit(row.visit), several],
    [
      t('Delta'),
      true,
      (row) => (row.delta === null ? '' : `+${inWords(String(row.delta))}`),
      rows.some((r) => r.delta !== null),
    ],
    [t('At baseline'), false, (row) => said(row.covariate ?? ''), rows.some((r) => Boolean(r.covariate))],
    [t('Measure'), false, (row) => measureWords[row.measure], true],
    ['n', true, sizeText, true],
    [t('Estimate'), true, (row) => numberText(row.estimate, row.measure), true],
    [t('SE'), true, spreadText, rows.some((r) => r.se !== null)],
    [t('df'), true, (row) => (row.df === null ? '–' : decimal(row.df, 1)), rows.some((r) => r.df !== null)],
    [t('{round}% CI', { round: Math.round(100 * results.plan.level) }), true, intervalText, true],
    ['P', true, (row) => pText(row.p), rows.some((r) => r.p !== null)],
    [t('P, adjusted'), true, (row) => pText(row.pAdjusted), rows.some((r) => r.pAdjusted !== null)],
    [
      t('Conclusion'),
      false,
      (row) => (row.conclusion ? conclusionWords[row.conclusion] : ''),
      rows.some((r) => Boolean(r.conclusion)),
    ],
  ];
  const columns = all.filter(([, , , used]) => used);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
    <section className={css.scroll} aria-label={t('Results')} tabIndex={0}>
      <table className="table dense">
        <thead>
          <tr>
            <th scope="col">{t('Arm or comparison')}</th>
            {columns.map(([name, numeric]) => (
              <th key={name} scope="col" className={numeric ? 'num nowrap' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify([row.visit, row.arm, row.versus, row.measure, row.delta, row.covariate])}>
              <th scope="row" className={`nowrap ${row.versus === null ? css.arm : css.comparison}`}>
                {row.versus === null ? arm(row.arm) : `${arm(row.arm)} − ${arm(row.versus)}`}
                {row.reason && <small className={css.reason}>{phrased(row.reason)}</small>}
              </th>
              {columns.map(([name, numeric, text]) => (
                <td
                  key={name}
                  className={`nowrap ${numeric ? 'num' : ''} ${name === t('Estimate') ? css.comparison : ''}`}
                >
                  {text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
