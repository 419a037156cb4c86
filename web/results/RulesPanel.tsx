import { useState } from 'react';
import type { ChartCard, ResultsQuery } from '../../server/results/contract.ts';
import { inPercent } from '../language/number.ts';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { ChartTools, chartFiles } from './ChartTools.tsx';
import { cellText, percent } from './cell.ts';
import { DataTable } from './DataTable.tsx';
import { Picture } from './Picture.tsx';
import css from './results.module.css';
import { useChart } from './useChart.ts';

interface Props {
  study: string;
  query: Partial<ResultsQuery>;
  phone: boolean;
  dark: boolean;
}

const NAME = t('Response under three rules for missing scores');

/** Response of those seen, with missing as non-response, and after multiple imputation: picture and table side by side. */
export function RulesPanel({ study, query, phone, dark }: Props) {
  const [asTable, setAsTable] = useState(false);
  const chart = useChart(study, 'missing-rules', query, phone);
  const card = chart.data;
  return (
    <section className={`card ${css.panel} ${css.full}`} aria-label={card?.title ?? NAME}>
      <header>
        <div>
          <h2>{card?.title ?? NAME}</h2>
          {card && <p>{card.subtitle}</p>}
        </div>
        {card && (
          <ChartTools
            title={card.title}
            files={chartFiles(study, card.id, query)}
            asTable={asTable}
            onTable={() => setAsTable(!asTable)}
          />
        )}
      </header>
      {card && asTable && <DataTable title={card.title} table={card.table} />}
      {card && !asTable && (
        <div className={`body ${css.rules}`}>
          <section
            className={css.picture}
            aria-label={t('{title}, picture', { title: card.title })}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture wider than its card is scrolled by keys
            tabIndex={0}
          >
            <Picture svg={dark ? card.dark : card.light} description={card.description} />
          </section>
          <RulesTable card={card} />
        </div>
      )}
      {!card && (
        <div className="body">
          {chart.error ? (
            <Refusal cause={chart.error} retry={() => void chart.refetch()} />
          ) : (
            <Late label={t('Reading the rules for missing scores')} rows={6} />
          )}
        </div>
      )}
    </section>
  );
}

type Row = ChartCard['table']['rows'][number];

function RulesTable({ card }: { card: ChartCard }) {
  const { rows } = card.table;
  const rules = [...new Set(rows.map(({ rule }) => String(rule)))];
  const visits = [...new Set(rows.map(({ visit }) => String(visit)))];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
    <section className="scroll-x" aria-label={t('{title}, numbers', { title: NAME })} tabIndex={0}>
      <table className={`table dense ${css.rulesTable}`}>
        <thead>
          <tr>
            <th scope="col">{t('Arm')}</th>
            {rules.map((rule) => (
              <th key={rule} scope="col" className="num">
                {rule}
              </th>
            ))}
          </tr>
        </thead>
        {visits.map((visit) => {
          const here = rows.filter((row) => row.visit === visit);
          return (
            <tbody key={visit}>
              <tr>
                <th scope="rowgroup" colSpan={rules.length + 1} className={css.rulesVisit}>
                  {visit}
                </th>
              </tr>
              {[...new Set(here.map(({ arm }) => String(arm)))].map((arm) => (
                <tr key={arm}>
                  <th scope="row">{arm}</th>
                  {rules.map((rule) => (
                    <td key={rule} className="num">
                      <Rate
                        row={here.find((row) => row.arm === arm && row.rule === rule)}
                        pending={card.pending === true}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
      <p className={css.rulesNote} role="status">
        {card.pending
          ? t('Multiple imputation is being computed; its column fills in by itself.')
          : noteOf(rows)}
      </p>
    </section>
  );
}

function Rate({ row, pending }: { row: Row | undefined; pending: boolean }) {
  if (row?.percent === null || row?.percent === undefined)
    return <span className={css.rulesNone}>{pending ? t('computing…') : '–'}</span>;
  const counted = typeof row.responders === 'number' && typeof row.of === 'number';
  return (
    <>
      {counted
        ? `${row.responders}/${row.of} (${percent(Number(row.responders), Number(row.of))})`
        : inPercent(cellText(row.percent, 1))}
      <small>{t('{from} to {to}', { from: cellText(row.lower, 1), to: cellText(row.upper, 1) })}</small>
    </>
  );
}

/** Why numbers are absent, each reason once. */
function noteOf(rows: readonly Row[]): string {
  const reasons = [...new Set(rows.map(({ note }) => String(note)).filter(Boolean))];
  return [t('Below each share its 95% interval, in percent.'), ...reasons].join(' ');
}
