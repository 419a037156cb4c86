import { useState } from 'react';
import type { ChartCard, ChartQuery } from '../../server/results/contract.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { FilterSelect } from '../parts/FilterSelect.tsx';
import { ChartTools, chartFiles } from './ChartTools.tsx';
import { DataTable } from './DataTable.tsx';
import { Picture } from './Picture.tsx';
import css from './results.module.css';

type ChartChoice = NonNullable<ChartCard['choices']>[number];

interface Props {
  study: string;
  card: ChartCard;
  query: Partial<ChartQuery>;
  dark: boolean;
  className: string | undefined;
  onChoice?: (name: ChartChoice['name'], value: string) => void;
}

/** One chart in its card: title, what is measured, the picture or its numbers. */
export function ChartPanel({ study, card, query, dark, className, onChoice }: Props) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section className={`card ${css.panel} ${className ?? ''}`} aria-label={card.title}>
      <header>
        <div>
          <h2>{card.title}</h2>
          <p>{card.subtitle}</p>
        </div>
        <ChartTools
          title={card.title}
          files={chartFiles(study, card.id, query)}
          asTable={asTable}
          onTable={() => setAsTable(!asTable)}
        />
      </header>
      {card.choices && onChoice && (
        <div className={`${css.asks} no-print`}>
          {card.choices.map((choice) => (
            <FilterSelect
              key={choice.name}
              label={said(choice.label)}
              value={choice.value}
              options={choice.options.map((one) => ({ ...one, label: said(one.label) }))}
              onChange={(value) => value !== undefined && onChoice(choice.name, value)}
            />
          ))}
        </div>
      )}
      {asTable ? (
        <DataTable title={card.title} table={card.table} />
      ) : (
        <section
          className={`body ${css.picture}`}
          aria-label={t('{title}, picture', { title: card.title })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture wider than its card is scrolled by keys
          tabIndex={0}
        >
          <Picture svg={dark ? card.dark : card.light} description={card.description} />
        </section>
      )}
    </section>
  );
}
