import { IconSitemap } from '@tabler/icons-react';
import { useState } from 'react';
import type { ChartCard, Dashboard, ResultsQuery } from '../../server/results/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';
import { ChartTools, chartFiles } from './ChartTools.tsx';
import { DataTable } from './DataTable.tsx';
import { FlowStrip } from './FlowStrip.tsx';
import { Picture } from './Picture.tsx';
import css from './results.module.css';

interface Props {
  study: string;
  document: StudyDocument;
  flow: Dashboard['flow'];
  /** The whole CONSORT diagram, its table and its files. */
  consort: ChartCard | undefined;
  query: Partial<ResultsQuery>;
  /** The only site that is shown, by name; null where all are. */
  site: string | null;
  synthetic: boolean;
  dark: boolean;
  phone: boolean;
}

/** Participant flow as a strip: from everyone assessed to everyone analysed, each number with its denominator as a track. */
export function FlowPanel({ study, document, flow, consort, query, site, synthetic, dark, phone }: Props) {
  const [view, setView] = useState<'strip' | 'diagram' | 'table'>('strip');
  const toggle = (to: 'diagram' | 'table') => setView(view === to ? 'strip' : to);
  return (
    <section className={`card ${css.flowCard}`} aria-label={t('Participant flow')}>
      <header>
        <h2>{t('Participant flow')}</h2>
        {consort && (
          <ChartTools
            title={t('Participant flow')}
            files={chartFiles(study, 'consort', query)}
            asTable={view === 'table'}
            onTable={() => toggle('table')}
          >
            <button
              type="button"
              className="btn quiet icon"
              aria-pressed={view === 'diagram'}
              aria-label={t('Participant flow: show the CONSORT diagram')}
              title={t('Show the CONSORT diagram')}
              onClick={() => toggle('diagram')}
            >
              <IconSitemap className="ic" aria-hidden />
            </button>
          </ChartTools>
        )}
      </header>
      {view === 'table' && consort && <DataTable title={t('Participant flow')} table={consort.table} />}
      {view === 'diagram' && consort && (
        <section
          className={`body ${css.picture} ${css.diagram}`}
          aria-label={t('CONSORT diagram')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture wider than its card is scrolled by keys
          tabIndex={0}
        >
          <Picture svg={dark ? consort.dark : consort.light} description={consort.description} />
        </section>
      )}
      {view === 'strip' && (
        <FlowStrip document={document} flow={flow} site={site} synthetic={synthetic} phone={phone} />
      )}
    </section>
  );
}
