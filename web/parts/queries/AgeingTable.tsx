import { Link } from '@tanstack/react-router';
import { ageingOfQueries } from '../../../server/queries/contract.ts';
import { ageBands } from '../../../server/queries/rules.ts';
import { useEndpoint } from '../../api.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyId, useStudyView } from '../../session.ts';
import { Loaded } from '../Loaded.tsx';
import { siteName } from '../naming.ts';

/** How long the queries of each site have waited: a bar of its bands, the numbers, and the time to close. */
export function AgeingTable() {
  const study = useStudyId();
  const view = useStudyView();
  const ageing = useEndpoint(ageingOfQueries, { params: { study } });
  return (
    <section className="card ageing" aria-labelledby="ageing">
      <header>
        <h2 id="ageing">{t('Age by site')}</h2>
        <ul className="bands" aria-label={t('Bands')}>
          {ageBands.map(({ id, label, from }) => (
            <li key={id}>
              <i className={`swatch ${id}`} aria-hidden />
              {said(label)}, {from === 0 ? t('under 7 days') : t('from {from} days', { from })}
            </li>
          ))}
        </ul>
      </header>
      <Loaded of={ageing} label={t('the age of queries')} rows={3}>
        {({ sites }) => {
          const most = Math.max(1, ...sites.map(({ unresolved }) => unresolved));
          return (
            <div className="scroll-x">
              <table className="table">
                <caption className="vh">{t('Queries that are not closed, by site and age')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('Site')}</th>
                    <th scope="col">
                      <span className="vh">{t('Bar')}</span>
                    </th>
                    {ageBands.map(({ id, label }) => (
                      <th key={id} scope="col" className="num">
                        {said(label)}
                      </th>
                    ))}
                    <th scope="col" className="num">
                      {t('Not closed')}
                    </th>
                    <th scope="col" className="num">
                      {t('Closed')}
                    </th>
                    <th scope="col" className="num">
                      {t('Median to close')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {sites.map((row) => (
                    <tr key={row.site}>
                      <th scope="row">
                        <Link to="." search={{ site: row.site }}>
                          {siteName(view, row.site)}
                        </Link>
                      </th>
                      <td>
                        <span className="age-bar" aria-hidden>
                          {ageBands.map(({ id }) => (
                            <i key={id} className={id} style={{ width: `${(row[id] / most) * 100}%` }} />
                          ))}
                        </span>
                      </td>
                      {ageBands.map(({ id }) => (
                        <td key={id} className="num">
                          {row[id]}
                        </td>
                      ))}
                      <td className="num">{row.unresolved}</td>
                      <td className="num">{row.closed}</td>
                      <td className="num nowrap">
                        {row.medianDays === null
                          ? '–'
                          : t('{days, plural, one {# day} other {# days}}', { days: row.medianDays })}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
    </section>
  );
}
