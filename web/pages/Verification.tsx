import { readVerification, type VerificationRow } from '../../server/verification/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { instrumentShort, siteName, visitLabel } from '../parts/naming.ts';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import { useStudyId, useStudyView } from '../session.ts';
import { ConsentPanel } from '../verification/ConsentPanel.tsx';
import { FieldPanel } from '../verification/FieldPanel.tsx';
import css from '../verification/verification.module.css';

const idOf = (row: VerificationRow) => [row.participant, row.visit, row.instrument].filter(Boolean).join('/');

/** What the sampling plan asks to be compared with the source, and the fields of the chosen form. */
export default function Verification() {
  const study = useStudyId();
  const view = useStudyView();
  const [{ site, form }, setFilter] = useFilters();
  const list = useEndpoint(readVerification, { params: { study }, query: site ? { site } : {} });
  const due = list.data?.rows.reduce((sum, row) => sum + row.due, 0) ?? 0;
  const chosen = list.data?.rows.find((row) => idOf(row) === form) ?? list.data?.rows[0];
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Source verification')}</h1>
          <p>
            {list.data
              ? t('{fields, plural, one {# field} other {# fields}} due', { fields: due })
              : t('What is due by the sampling plan')}
          </p>
        </div>
        <div className="acts">
          <SiteFilter value={site} onChange={(to) => setFilter({ site: to, form: undefined })} />
        </div>
      </div>
      <Loaded of={list} label={t('what is due')}>
        {({ rows, sites, rules }) =>
          rows.length === 0 || !chosen ? (
            <div className="card">
              <Empty title={t('Nothing is due')}>
                {rules.length === 0
                  ? t('The protocol has no sampling plan.')
                  : t('Forms come here when they are complete.')}
              </Empty>
            </div>
          ) : (
            <>
              <p className={`ink2 ${css.sites}`}>
                {sites
                  .map((one) =>
                    t('{site}: {verified} of {fields} verified{what}', {
                      site: siteName(view, one.site),
                      verified: one.verified,
                      fields: one.fields,
                      what: one.stale > 0 ? t(', {stale} changed since', { stale: one.stale }) : '',
                    }),
                  )
                  .join('; ')}
              </p>
              <div className={css.split}>
                <section className="card scroll-x" aria-label={t('Forms')}>
                  <table className="table dense">
                    <caption className="vh">{t('Forms to verify, those with something due first')}</caption>
                    <thead>
                      <tr>
                        <th scope="col">{t('Participant')}</th>
                        <th scope="col">{t('Form')}</th>
                        <th scope="col" className="num">
                          {t('Verified')}
                        </th>
                        <th scope="col">{t('State')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {rows.map((row) => (
                        <tr key={idOf(row)} className={row === chosen ? 'chosen' : undefined}>
                          <td className="code">{row.participant}</td>
                          <td>
                            <button
                              type="button"
                              className="linklike"
                              aria-current={row === chosen}
                              onClick={() => setFilter({ form: idOf(row) })}
                            >
                              {row.instrument && row.visit
                                ? `${instrumentShort(view, row.instrument)}, ${visitLabel(view, row.visit)}`
                                : t('Consent')}
                              <span className="vh">
                                {' '}
                                {t('of {participant}', { participant: row.participant })}
                              </span>
                            </button>
                          </td>
                          <td className="num">
                            {t('{verified} of {fields}', { verified: row.verified, fields: row.fields })}
                          </td>
                          <td>
                            <State row={row} />
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </section>
                {chosen.visit && chosen.instrument ? (
                  <FieldPanel
                    key={idOf(chosen)}
                    participant={chosen.participant}
                    visit={chosen.visit}
                    instrument={chosen.instrument}
                  />
                ) : (
                  <ConsentPanel key={idOf(chosen)} row={chosen} />
                )}
              </div>
            </>
          )
        }
      </Loaded>
    </>
  );
}

function State({ row }: { row: VerificationRow }) {
  if (!row.complete) return <span className="tag">{t('Not complete')}</span>;
  if (row.stale > 0) return <span className="tag wrn">{t('{stale} changed', { stale: row.stale })}</span>;
  if (row.due > 0) return <span className="tag line">{t('{due} due', { due: row.due })}</span>;
  return <span className="tag ok">{t('Verified')}</span>;
}
