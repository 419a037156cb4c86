import { readVerification, type VerificationRow } from '../../server/verification/contract.ts';
import { useEndpoint } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { instrumentShort, siteName, visitLabel } from '../parts/naming.ts';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import { useStudyId, useStudyView } from '../session.ts';
import { count } from '../time.ts';
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
          <h1>Source verification</h1>
          <p>{list.data ? `${count(due, 'field')} due` : 'What is due by the sampling plan'}</p>
        </div>
        <div className="acts">
          <SiteFilter value={site} onChange={(to) => setFilter({ site: to, form: undefined })} />
        </div>
      </div>
      <Loaded of={list} label="what is due">
        {({ rows, sites, rules }) =>
          rows.length === 0 || !chosen ? (
            <div className="card">
              <Empty title="Nothing is due">
                {rules.length === 0
                  ? 'The protocol has no sampling plan.'
                  : 'Forms come here when they are complete.'}
              </Empty>
            </div>
          ) : (
            <>
              <p className={`ink2 ${css.sites}`}>
                {sites
                  .map(
                    (one) =>
                      `${siteName(view, one.site)}: ${one.verified} of ${one.fields} verified${one.stale > 0 ? `, ${one.stale} changed since` : ''}`,
                  )
                  .join('; ')}
              </p>
              <div className={css.split}>
                <section className="card scroll-x" aria-label="Forms">
                  <table className="table dense">
                    <caption className="vh">Forms to verify, those with something due first</caption>
                    <thead>
                      <tr>
                        <th scope="col">Participant</th>
                        <th scope="col">Form</th>
                        <th scope="col" className="num">
                          Verified
                        </th>
                        <th scope="col">State</th>
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
                                : 'Consent'}
                              <span className="vh"> of {row.participant}</span>
                            </button>
                          </td>
                          <td className="num">
                            {row.verified} of {row.fields}
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
  if (!row.complete) return <span className="tag">Not complete</span>;
  if (row.stale > 0) return <span className="tag wrn">{row.stale} changed</span>;
  if (row.due > 0) return <span className="tag line">{row.due} due</span>;
  return <span className="tag ok">Verified</span>;
}
