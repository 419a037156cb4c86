import { useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import { type readRun, runPicture } from '../../server/analyses/runs/contract.ts';
import { addressOf, type Reply } from '../api.ts';
import { phrased } from '../language/phrased.ts';
import { t } from '../language/t.ts';
import { ForJournal } from '../parts/ForJournal.tsx';
import type { ChartFile } from '../results/ChartTools.tsx';
import { Code } from './Code.tsx';
import { Data } from './Data.tsx';
import { RowTable } from './RowTable.tsx';
import { RunCard } from './RunCard.tsx';
import css from './workbench.module.css';

type Read = Reply<typeof readRun>;

/** Pictures, numbers, the methods sentence and the script of one analysis: all of the same run. */
export function Results({ study, read, analysis }: { study: string; read: Read; analysis: string }) {
  const dark = useComputedColorScheme('light') === 'dark';
  const [english, setEnglish] = useState(false);
  const [tab, setTab] = useState<'results' | 'data' | 'code'>('results');
  const one = read.results?.analyses.find(({ id }) => id === analysis);
  if (!read.results || !one) return null;
  const filesOf = (index: number): ChartFile[] => {
    const params = { study, run: read.run.id, number: index + 1 };
    const file = (label: string, as: 'svg' | 'png' | 'csv' | 'vl.json') => ({
      label,
      file: `${analysis}-${index + 1}.${as}`,
      href: addressOf(runPicture, { params, query: { analysis, as } }),
    });
    return [
      file(t('Picture, SVG'), 'svg'),
      file(t('Picture, PNG'), 'png'),
      file(t('Numbers, CSV'), 'csv'),
      file(t('Vega-Lite spec'), 'vl.json'),
    ];
  };
  const names = { results: t('Results'), data: t('Show the data'), code: t('Show the code') };
  const cards = (observed: boolean) =>
    read.cards.map(
      (card, index) =>
        card.observed === observed && (
          <RunCard key={card.title} card={card} dark={dark} files={filesOf(index)} />
        ),
    );
  return (
    <>
      {cards(false)}
      <section className="card" aria-label={t('Numbers')}>
        <div className={css.tabs}>
          {(['results', 'data', 'code'] as const).map((id) => (
            <button
              key={id}
              type="button"
              className={css.tab}
              aria-pressed={tab === id}
              onClick={() => setTab(id)}
            >
              {names[id]}
            </button>
          ))}
        </div>
        {tab === 'results' && <RowTable results={read.results} analysis={analysis} />}
        {tab === 'data' && <Data study={study} run={read.run} />}
        {tab === 'code' && <Code read={read} />}
        <Method analysis={one} english={english} onEnglish={setEnglish} />
      </section>
      {read.cards.some(({ observed }) => observed) && (
        <h2 className={css.observed}>{t('What was observed, whatever is chosen')}</h2>
      )}
      {cards(true)}
    </>
  );
}

interface MethodProps {
  analysis: NonNullable<Read['results']>['analyses'][number];
  english: boolean;
  onEnglish: (english: boolean) => void;
}

/** What was estimated and how, in sentences for a methods section. */
function Method({ analysis, english, onEnglish }: MethodProps) {
  const { estimand, method, notes } = analysis;
  const { summary, treatments, variable, population } = estimand;
  const say = english ? (text: string) => text : phrased;
  return (
    <div className={css.method}>
      <div className="row wrap">
        <b className="grow">{t('Methods')}</b>
        <ForJournal english={english} onEnglish={onEnglish} />
      </div>
      <div className={css.methodText} lang={english ? 'en-GB' : undefined}>
        <p>
          {english
            ? `${summary}, ${treatments.join('; ')}. Variable: ${variable}. Population: ${population}.`
            : t('{summary}, {treatments}. Variable: {variable}. Population: {population}.', {
                summary: say(summary),
                treatments: treatments.map(say).join('; '),
                variable: say(variable),
                population: say(population),
              })}{' '}
          {say(method)}
        </p>
        {notes.map((note) => (
          <p key={note}>{say(note)}</p>
        ))}
      </div>
    </div>
  );
}
