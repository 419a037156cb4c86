import { IconChevronRight, IconSitemap } from '@tabler/icons-react';
import { useState } from 'react';
import type { ChartCard, Dashboard, ResultsQuery } from '../../server/results/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { number } from '../language/number.ts';
import { t } from '../language/t.ts';
import { ArmMark, armLook } from './ArmMark.tsx';
import { ChartTools, chartFiles } from './ChartTools.tsx';
import { DataTable } from './DataTable.tsx';
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
}

/** Participant flow as a strip: from everyone assessed to everyone analysed, each number with its denominator as a track. */
export function FlowPanel({ study, document, flow, consort, query, site, synthetic, dark }: Props) {
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
      {view === 'strip' && <Strip document={document} flow={flow} site={site} synthetic={synthetic} />}
    </section>
  );
}

/** With more steps than this, words go under their numbers, so that none leaves the card. */
const MANY = 5;

function Strip({ document, flow, site, synthetic }: Pick<Props, 'document' | 'flow' | 'site' | 'synthetic'>) {
  const ratio = document.arms.map((arm) => arm.ratio).join(':');
  const reasons = flow.excludedReasons.map((reason) => `${reason.label} ${number(reason.count)}`).join(', ');
  return (
    <div className={`body ${css.flow}`}>
      <Box
        label={t('Assessed')}
        value={flow.assessed}
        note={`${t('{count} excluded', { count: count(flow.excluded) })}${synthetic ? '*' : ''}`}
        title={reasons}
      />
      <IconChevronRight className="ic" aria-hidden />
      <Box
        label={t('Randomised')}
        value={flow.randomised}
        note={t('at {site}, {ratio}', {
          site: site ?? t('{sites, plural, one {# site} other {# sites}}', { sites: flow.sites }),
          ratio,
        })}
      />
      {flow.arms.length > 0 && flow.randomised !== 0 && (
        <>
          <IconChevronRight className="ic" aria-hidden />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard */}
          <section className="scroll-x" aria-label={t('Flow by arm')} tabIndex={0}>
            <table className={css.flowTable} data-many={flow.columns.length > MANY || undefined}>
              <thead>
                <tr>
                  <th scope="col">{t('Arm')}</th>
                  {flow.columns.map((column) => (
                    <th key={column.id} scope="col">
                      {column.label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {flow.arms.map((arm) => (
                  <tr key={arm.label} data-arm={armLook(document.arms, arm.arm).tone}>
                    <th scope="row">
                      <span className={css.armName}>
                        <ArmMark arms={document.arms} arm={arm.arm} />
                        {arm.label}
                      </span>
                    </th>
                    {arm.cells.map((cell, index) => (
                      <td key={flow.columns[index]?.id ?? index}>
                        <span className={css.track} aria-hidden="true">
                          <i
                            style={{ width: cell.count && cell.of ? `${(100 * cell.count) / cell.of}%` : 0 }}
                          />
                        </span>
                        <b
                          title={
                            cell.count === null || cell.of === null
                              ? undefined
                              : t('{count} of {of}', { count: cell.count, of: cell.of })
                          }
                        >
                          {cell.count ?? (cell.hidden === 'hidden' ? t('hidden') : cell.hidden)}
                        </b>
                        {cell.note && <span>{` ${cell.note}`}</span>}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </div>
  );
}

/** Null: hidden from the role. */
const count = (value: number | null): string => (value === null ? t('hidden') : number(value));

function Box(props: { label: string; value: number | null; note: string; title?: string }) {
  const { label, value, note, title } = props;
  return (
    <div className={css.box} title={title}>
      <span>{label}</span>
      <b>{count(value)}</b>
      <span>{note}</span>
    </div>
  );
}
