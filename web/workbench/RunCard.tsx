import { useState } from 'react';
import type { readRun } from '../../server/analyses/runs/contract.ts';
import type { Reply } from '../api.ts';
import { t } from '../language/t.ts';
import { type ChartFile, ChartTools } from '../results/ChartTools.tsx';
import { DataTable } from '../results/DataTable.tsx';
import { Picture } from '../results/Picture.tsx';
import css from './workbench.module.css';

interface Props {
  card: Reply<typeof readRun>['cards'][number];
  files: readonly ChartFile[];
  dark: boolean;
}

/** One picture of a run or its numbers, and its files. */
export function RunCard({ card, files, dark }: Props) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section className="card" aria-label={card.title}>
      <header>
        <div>
          <h2>{card.title}</h2>
          <p>{card.subtitle}</p>
        </div>
        <ChartTools title={card.title} files={files} asTable={asTable} onTable={() => setAsTable(!asTable)} />
      </header>
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
