import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import '../records/records.css';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import {
  type DeviationView,
  deviationVersions,
  listDeviations,
  reviewDeviation,
  strikeDeviation,
} from '../../server/deviations/contract.ts';
import { deviationCategories } from '../../server/deviations/rules.ts';
import { useCall, useEndpoint } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import { About, DerivedTable, Grave } from '../records/DerivedDeviations.tsx';
import { linesOfDeviation } from '../records/lines.ts';
import { RowActs } from '../records/RowActs.tsx';
import { Strike } from '../records/Strike.tsx';
import { Versions } from '../records/Versions.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { fullDay } from '../time.ts';

const DeviationDialog = lazy(() => import('../records/DeviationDialog.tsx'));
type Asked = { kind: 'add' | 'correct' | 'strike' | 'versions'; row?: DeviationView };

/** Deviations that people recorded, and those that follow from the data. */
export default function Deviations() {
  const study = useStudyId();
  const may = useMay();
  const [{ site }, setFilter] = useFilters();
  const list = useEndpoint(listDeviations, { params: { study }, query: { site } });
  const strike = useCall(strikeDeviation, { invalidates: [listDeviations, deviationVersions] });
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Deviations')}</h1>
          <p>
            {list.data
              ? t(
                  '{deviations, plural, one {# deviation} other {# deviations}} on record, {derived} from the data',
                  { deviations: list.data.recorded.length, derived: list.data.derived.length },
                )
              : t('On record and from the data')}
          </p>
        </div>
        <div className="acts">
          <SiteFilter value={site} onChange={(next) => setFilter({ site: next })} />
          {may('deviations.record') && (
            <button type="button" className="btn pri" onClick={() => setAsked({ kind: 'add' })}>
              <IconPlus className="ic" aria-hidden />
              {t('Record a deviation')}
            </button>
          )}
        </div>
      </div>
      <Loaded of={list} label={t('deviations')}>
        {({ recorded, derived, kept }) => (
          <div className="stack">
            <section className="card" aria-labelledby="recorded">
              <header>
                <h2 id="recorded">{t('On record')}</h2>
              </header>
              {recorded.length === 0 ? (
                <Empty title={kept ? t('Kept from your role') : t('None has been recorded')}>
                  {kept
                    ? t('Your role is blinded, and what people wrote of treatment could tell arms apart.')
                    : t(
                        'What isn’t in the data is recorded here: a form left on a desk, a session by the wrong therapist.',
                      )}
                </Empty>
              ) : (
                <Recorded rows={recorded} ask={(kind, row) => setAsked({ kind, row })} />
              )}
            </section>
            <section className="card" aria-labelledby="derived">
              <header>
                <h2 id="derived">{t('From the data')}</h2>
                <p className="small mute">
                  {t('Found anew each time; they go when the data are put right.')}
                </p>
              </header>
              {derived.length === 0 ? (
                <p className="body mute">{t('Nothing in the data deviates from the protocol.')}</p>
              ) : (
                <DerivedTable rows={derived} />
              )}
            </section>
          </div>
        )}
      </Loaded>
      <Suspense>
        {(asked?.kind === 'add' || asked?.kind === 'correct') && (
          <DeviationDialog deviation={asked.row} onClose={close} />
        )}
        {asked?.kind === 'versions' && asked.row && (
          <DeviationVersions record={asked.row.id} onClose={close} />
        )}
        {asked?.kind === 'strike' && asked.row && (
          <Strike
            what={t('this deviation')}
            busy={strike.isPending}
            cause={strike.error}
            onClose={close}
            onStrike={(reason) =>
              strike.mutate(
                { params: { study, record: asked.row!.id }, body: { version: asked.row!.version, reason } },
                { onSuccess: close },
              )
            }
          />
        )}
      </Suspense>
    </>
  );
}

function DeviationVersions({ record, onClose }: { record: string; onClose: () => void }) {
  const study = useStudyId();
  const document = useStudyView()?.document;
  return (
    <Versions
      title={t('Protocol deviation')}
      of={useEndpoint(deviationVersions, { params: { study, record } })}
      lines={({ content }) => linesOfDeviation(content, document)}
      onClose={onClose}
    />
  );
}

function Recorded({
  rows,
  ask,
}: {
  rows: readonly DeviationView[];
  ask: (kind: 'correct' | 'strike' | 'versions', row: DeviationView) => void;
}) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const review = useCall(reviewDeviation, { invalidates: [listDeviations, deviationVersions] });
  const categories = view ? deviationCategories(view.document) : [];
  return (
    <>
      <Refusal cause={review.error} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('Table of deviations on record')} tabIndex={0}>
        <table className="table record-table">
          <caption className="vh">{t('Deviations on record, newest first')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('About')}</th>
              <th scope="col">{t('On')}</th>
              <th scope="col">{t('Category')}</th>
              <th scope="col">{t('What happened')}</th>
              <th scope="col">{t('Reviewed')}</th>
              <th scope="col">
                <span className="vh">{t('Actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className={row.struck ? 'struck' : undefined}>
                <td className="nowrap">
                  <About participant={row.participant} site={row.site} />
                </td>
                <td className="nowrap" data-label={t('On')}>
                  {fullDay(row.content.on)}
                </td>
                <td data-label={t('Category')}>
                  {said(
                    categories.find(({ id }) => id === row.content.category)?.label ?? row.content.category,
                  )}
                  <br />
                  <Grave severity={row.content.severity} />
                </td>
                <td data-label={t('What')}>
                  <span className="what">{row.content.description}</span>
                  {row.content.action && (
                    <>
                      <br />
                      <span className="small mute">{row.content.action}</span>
                    </>
                  )}
                </td>
                <td className="nowrap" data-label={t('Reviewed')}>
                  {row.content.review?.by ?? t('Not yet')}
                </td>
                <td className="num">
                  <RowActs
                    name={t('This deviation')}
                    struck={row.struck}
                    onVersions={() => ask('versions', row)}
                    onCorrect={may('deviations.record') ? () => ask('correct', row) : undefined}
                    onStrike={may('deviations.record') ? () => ask('strike', row) : undefined}
                  >
                    {may('deviations.review') && !row.content.review && (
                      <button
                        type="button"
                        className="btn sm"
                        disabled={review.isPending}
                        onClick={() =>
                          review.mutate({
                            params: { study, record: row.id },
                            body: { version: row.version },
                          })
                        }
                      >
                        {t('Reviewed')}
                      </button>
                    )}
                  </RowActs>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
