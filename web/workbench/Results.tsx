import { useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import type { readRun } from '../../server/analyses/runs/contract.ts';
import type { Reply } from '../api.ts';
import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Picture } from '../results/Picture.tsx';
import { RowTable } from './RowTable.tsx';
import css from './workbench.module.css';

type Read = Reply<typeof readRun>;

/** Pictures, numbers, the methods sentence and the script of one analysis: all of the same run. */
export function Results({ read, analysis }: { read: Read; analysis: string }) {
  const dark = useComputedColorScheme('light') === 'dark';
  const [tab, setTab] = useState<'results' | 'code'>('results');
  const one = read.results?.analyses.find(({ id }) => id === analysis);
  if (!read.results || !one) return null;
  return (
    <>
      {read.cards.map((card) => (
        <section key={card.title} className="card" aria-label={card.title}>
          <header>
            <div>
              <h2>{card.title}</h2>
              <p>{card.subtitle}</p>
            </div>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the picture is wider than its card and scrolls */}
          <section
            className={`body ${css.picture}`}
            aria-label={t('{title}, picture', { title: card.title })}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture wider than its card is scrolled by keys
            tabIndex={0}
          >
            <Picture svg={dark ? card.dark : card.light} description={card.description} />
          </section>
        </section>
      ))}
      <section className="card" aria-label={t('Numbers')}>
        <div className={css.tabs}>
          {(['results', 'code'] as const).map((id) => (
            <button
              key={id}
              type="button"
              className={css.tab}
              aria-pressed={tab === id}
              onClick={() => setTab(id)}
            >
              {id === 'results' ? t('Results') : t('Show the code')}
            </button>
          ))}
        </div>
        {tab === 'results' ? (
          <RowTable results={read.results} analysis={analysis} />
        ) : (
          <Code code={read.code} reason={read.noCode} />
        )}
        <div className={css.method}>
          <p>{one.method}</p>
          {one.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      </section>
    </>
  );
}

function Code({ code, reason }: { code: string | null; reason: string | null }) {
  if (code === null) return <p className={css.noCode}>{reason}</p>;
  return (
    <>
      <div className={css.codeHead}>
        <span>{t('Beside data.csv: Rscript code.R data.csv')}</span>
        <CopyButton text={code} what={t('the script')} words={t('Copy')} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard */}
      <section className={css.code} aria-label={t('R script')} tabIndex={0}>
        <pre>{code}</pre>
      </section>
    </>
  );
}
