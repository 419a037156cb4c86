import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  type ChartId,
  type Dashboard,
  type ResultsAddress,
  readDashboard,
} from '../../server/results/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { useEndpoint } from '../api.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { ChartPanel } from '../results/ChartPanel.tsx';
import { Completeness } from '../results/Completeness.tsx';
import { FlowPanel } from '../results/FlowPanel.tsx';
import { Further } from '../results/Further.tsx';
import { useFreshResults, useResultsTitle } from '../results/fresh.ts';
import { Hidden } from '../results/Hidden.tsx';
import { PageFoot } from '../results/PageFoot.tsx';
import { usePrinting } from '../results/printing.ts';
import { ResultsHead } from '../results/ResultsHead.tsx';
import { ResultsSkeleton } from '../results/ResultsSkeleton.tsx';
import { RulesPanel } from '../results/RulesPanel.tsx';
import css from '../results/results.module.css';
import { useMay, useStudyId, useStudyView } from '../session.ts';

const layout: { id: ChartId; span: string | undefined }[] = [
  { id: 'response', span: css.five },
  { id: 'risk-difference', span: css.seven },
  { id: 'mean-change', span: css.five },
  { id: 'recruitment', span: css.four },
];

const NO_FILTERS = Object.fromEntries(
  ['site', 'visit', 'population', 'outcome', 'missing', 'asOf'].map((name) => [name, undefined]),
);

/** The investigator's dashboard: flow, response, differences, change, recruitment, completeness. */
export default function Results() {
  const id = useStudyId();
  const study = useStudyView();
  const [search, setFilters] = useFilters(true);
  const query = readQuery(search);
  const phone = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  const results = useEndpoint(
    readDashboard,
    { params: { study: id }, query: phone ? { ...query, layout: 'phone' } : query },
    { placeholderData: keepPreviousData },
  );
  const line = useFreshResults(id, results.data);
  useResultsTitle(results.data);
  if (results.error && !results.data) {
    return (
      <div className="stack">
        <h1>{t('Results overview')}</h1>
        <Loaded of={results} label={t('the results')}>
          {() => null}
        </Loaded>
        {Object.keys(query).length > 0 && (
          <button type="button" className="btn" onClick={() => setFilters(NO_FILTERS)}>
            {t('Show the figures without filters')}
          </button>
        )}
      </div>
    );
  }
  if (!results.data || !study) return <ResultsSkeleton />;
  return (
    <>
      <ResultsHead
        dashboard={results.data}
        held={query.asOf !== undefined}
        lost={line.lost}
        onFilter={setFilters}
      />
      <PageFoot code={study.document.code} dashboard={results.data} />
      {results.error && <Refusal cause={results.error} retry={() => void results.refetch()} />}
      <Cards
        study={study}
        dashboard={results.data}
        query={query}
        busy={results.isPlaceholderData}
        phone={phone}
        figures={search.figures}
        onFigures={(figures) => setFilters({ figures })}
      />
      <p className={css.foot}>
        {results.data.synthetic && (
          <span>{`* ${(study.syntheticNote && said(study.syntheticNote)) ?? t('Synthetic data.')}`}</span>
        )}
        <span>{t('Percentages stand beside their counts; intervals are 95%.')}</span>
      </p>
    </>
  );
}

interface CardsProps {
  study: StudyView;
  dashboard: Dashboard;
  query: Partial<ResultsAddress>;
  busy: boolean;
  phone: boolean;
  figures: string | undefined;
  onFigures(figures: string | undefined): void;
}

function Cards({ study, dashboard, query, busy, phone, figures, onFigures }: CardsProps) {
  const may = useMay();
  const printing = usePrinting();
  const dark = useComputedColorScheme('light') === 'dark' && !printing;
  const { flow, charts, filters, masked } = dashboard;
  const chart = (id: ChartId) => charts.find((card) => card.id === id);
  const none = flow.randomised === 0;
  return (
    <div className={css.grid} aria-busy={busy}>
      <FlowPanel
        study={study.id}
        document={study.document}
        flow={flow}
        consort={chart('consort')}
        query={query}
        site={filters.sites.find(({ id }) => id === filters.chosen.site)?.label ?? null}
        synthetic={dashboard.synthetic}
        dark={dark}
        phone={phone}
      />
      {none ? (
        <section className={`card ${css.full}`}>
          <Empty
            title={t('Nobody is randomised yet')}
            acts={
              may('participants.enrol') && (
                <Link className="btn pri" to="/s/$study/enrol" params={{ study: study.id }}>
                  {t('Enrol a participant')}
                </Link>
              )
            }
          >
            {t('The first figures stand here after the first randomisation, response after the first visit.')}
          </Empty>
        </section>
      ) : (
        <>
          {layout.map(({ id, span }) => {
            const card = chart(id);
            if (card) {
              return (
                <ChartPanel
                  key={id}
                  study={study.id}
                  card={card}
                  query={query}
                  dark={dark}
                  className={span}
                />
              );
            }
            return id === 'risk-difference' && masked && <Hidden key={id} reason={dashboard.maskReason} />;
          })}
          <Completeness rows={dashboard.completeness} />
          {dashboard.further.includes('missing-rules') && (
            <RulesPanel study={study.id} query={query} phone={phone} dark={dark} />
          )}
          <Further
            study={study.id}
            available={dashboard.further.filter((figure) => figure !== 'missing-rules')}
            figures={figures}
            query={query}
            phone={phone}
            dark={dark}
            onFigures={onFigures}
          />
        </>
      )}
    </div>
  );
}

/** The filters of the address that the page knows; anything else is left to the defaults. */
function readQuery(search: Record<string, string | undefined>): Partial<ResultsAddress> {
  const { site, visit, population, outcome, missing, asOf } = search;
  return {
    ...(site && { site }),
    ...(population === 'started-treatment' && { population }),
    ...(outcome && { outcome }),
    ...(visit && { visit }),
    ...(missing === 'non-response' && { missing }),
    ...(asOf && !Number.isNaN(Date.parse(asOf)) && { asOf: new Date(asOf).toISOString() }),
  };
}
