import { useState } from 'react';
import type { ChartQuery, FurtherId, ResultsQuery } from '../../server/results/contract.ts';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { ChartPanel } from './ChartPanel.tsx';
import css from './results.module.css';
import { useChart } from './useChart.ts';

const names: Record<FurtherId, string> = {
  'missing-rules': t('Three rules for missing scores'),
  cumulative: t('Cumulative improvement'),
  trajectories: t('Individual trajectories'),
  raincloud: t('Distribution of change'),
  waterfall: t('Change per participant'),
  items: t('Item answers'),
  missing: t('Missing visits'),
  survival: t('Time to withdrawal'),
  tipping: t('Tipping point'),
  balance: t('Balance at baseline'),
  subgroups: t('Subgroups'),
  sites: t('Sites'),
  timeliness: t('Visit timeliness'),
  'query-ageing': t('Query ageing'),
};

interface Props {
  study: string;
  available: readonly FurtherId[];
  /** Those that are open, as the address has them. */
  figures: string | undefined;
  query: Partial<ResultsQuery>;
  phone: boolean;
  dark: boolean;
  onFigures(figures: string | undefined): void;
}

/** Figures beyond the dashboard's: each is drawn when it is opened. What is open is in the address. */
export function Further({ study, available, figures, query, phone, dark, onFigures }: Props) {
  const asked = new Set((figures ?? '').split(','));
  const open = available.filter((id) => asked.has(id));
  const toggle = (id: FurtherId) =>
    onFigures(available.filter((one) => (one === id) !== open.includes(one)).join(',') || undefined);
  if (available.length === 0) return null;
  return (
    <>
      <section className={`card ${css.full} ${css.further} no-print`} aria-label={t('More figures')}>
        <h2>{t('More figures')}</h2>
        <div className={css.choices}>
          {available.map((id) => (
            <button
              key={id}
              type="button"
              className="btn sm"
              aria-pressed={open.includes(id)}
              onClick={() => toggle(id)}
            >
              {names[id]}
            </button>
          ))}
        </div>
      </section>
      {open.map((id) => (
        <Figure key={id} study={study} id={id} query={query} phone={phone} dark={dark} />
      ))}
    </>
  );
}

/** With many rows they take the whole page; beside another they would leave half of it empty. */
const WIDE: readonly FurtherId[] = ['items', 'subgroups', 'sites'];
const spanOf = (id: FurtherId) => (WIDE.includes(id) ? css.full : css.half);

interface FigureProps extends Pick<Props, 'study' | 'query' | 'phone' | 'dark'> {
  id: FurtherId;
}

function Figure({ study, id, query, phone, dark }: FigureProps) {
  const [chosen, setChosen] = useState<Pick<ChartQuery, 'instrument' | 'visit' | 'arm'>>({});
  const asked = { ...query, ...chosen };
  const chart = useChart(study, id, asked, phone);
  if (chart.data) {
    return (
      <ChartPanel
        study={study}
        card={chart.data}
        query={asked}
        dark={dark}
        className={spanOf(id)}
        // Another instrument has other visits.
        onChoice={(name, value) =>
          setChosen(name === 'instrument' ? { instrument: value } : { ...chosen, [name]: value })
        }
      />
    );
  }
  return (
    <section className={`card ${css.panel} ${spanOf(id)}`} aria-label={names[id]}>
      <header>
        <div>
          <h2>{names[id]}</h2>
        </div>
      </header>
      <div className="body">
        {chart.error ? (
          <Refusal cause={chart.error} retry={() => void chart.refetch()} />
        ) : (
          <Late label={t('Drawing {names}', { names: names[id].toLowerCase() })} rows={4} />
        )}
      </div>
    </section>
  );
}
