import { t } from '../language/t.ts';
import '../parts/identity/identity.css';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listIdentities } from '../../server/identity/contract.ts';
import { useEndpoint } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { FilterSelect } from '../parts/FilterSelect.tsx';
import { FindField } from '../parts/FindField.tsx';
import { useFilters } from '../parts/filters.ts';
import { FindPerson } from '../parts/identity/FindPerson.tsx';
import { IdentityTab } from '../parts/identity/IdentityTab.tsx';
import { TakeContacts } from '../parts/identity/TakeContacts.tsx';
import { keptWords } from '../parts/identity/words.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName } from '../parts/naming.ts';
import { Pager } from '../parts/Pager.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';

const size = 50;
const states = ['yes', 'no', 'erased'] as const;

/** The custodian's page: whose identity is kept, and one at a time, shown for a purpose. */
export default function Identities() {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const [{ find, kept, chosen, page = '1' }, setFilter] = useFilters();
  const [taking, setTaking] = useState(false);
  const list = useEndpoint(
    listIdentities,
    { params: { study }, query: { find, kept: states.find((one) => one === kept), page, size } },
    { placeholderData: (before) => before },
  );
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Identities')}</h1>
          <p>
            {list.data
              ? t('{participants, plural, one {# participant} other {# participants}}', {
                  participants: list.data.total,
                })
              : t('Participants')}
            {t('; names and contacts are sealed apart from the research data')}
          </p>
        </div>
        <div className="acts">
          <FindField
            label={t('Participant, LOH-0118')}
            value={find}
            onChange={(next) => setFilter({ find: next, page: undefined })}
          />
          <FilterSelect
            label={t('Identity')}
            all={t('Any')}
            value={kept}
            options={states.map((one) => ({ id: one, label: keptWords[one] }))}
            onChange={(next) => setFilter({ kept: next, page: undefined })}
          />
          <button type="button" className="btn" onClick={() => setTaking(true)}>
            {t('Take contacts list')}
          </button>
        </div>
      </div>
      <FindPerson choose={(participant) => setFilter({ chosen: participant })} />
      {chosen && (
        <section className="card identity-card" aria-labelledby="identity-of">
          <header>
            <h2 id="identity-of" className="code">
              {chosen}
            </h2>
            <div className="tools">
              {may('participants.read') && (
                <Link to="/s/$study/participants/$participant" params={{ study, participant: chosen }}>
                  {t('Participant’s page')}
                </Link>
              )}
              <button type="button" className="linklike" onClick={() => setFilter({ chosen: undefined })}>
                {t('Close')}
              </button>
            </div>
          </header>
          <IdentityTab key={chosen} participant={chosen} />
        </section>
      )}
      <Loaded of={list} label={t('identities')} rows={12}>
        {({ rows, total }) =>
          total === 0 ? (
            <div className="card">
              {find || kept ? (
                <Empty
                  title={t('No participant fits these filters')}
                  acts={
                    <button
                      type="button"
                      className="btn"
                      onClick={() => setFilter({ find: undefined, kept: undefined, page: undefined })}
                    >
                      {t('Show all')}
                    </button>
                  }
                />
              ) : (
                <Empty title={t('Nobody is registered yet')}>
                  {t('Participants come here as soon as they are registered at one of your sites.')}
                </Empty>
              )}
            </div>
          ) : (
            <section className="card" aria-label={t('Participants')}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
              <section className="scroll-x" aria-label={t('Identities')} tabIndex={0}>
                <table className="table">
                  <caption className="vh">{t('Whose identity is kept')}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{t('Participant')}</th>
                      <th scope="col">{t('Site')}</th>
                      <th scope="col">{t('Identity')}</th>
                      <th scope="col">{t('Since')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.participant} className={row.participant === chosen ? 'chosen' : undefined}>
                        <td>
                          <button
                            type="button"
                            className="linklike code"
                            onClick={() => setFilter({ chosen: row.participant })}
                          >
                            {row.participant}
                          </button>
                        </td>
                        <td>{siteName(view, row.site)}</td>
                        <td>{keptWords[row.kept]}</td>
                        <td className="nowrap ink2">
                          {(row.erasedAt ?? row.writtenAt) ? fullStamp((row.erasedAt ?? row.writtenAt)!) : ''}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
              <Pager
                page={Number(page)}
                size={size}
                total={total}
                noun={t('participants')}
                onPage={(next) => setFilter({ page: String(next) })}
              />
            </section>
          )
        }
      </Loaded>
      {taking && <TakeContacts onClose={() => setTaking(false)} />}
    </>
  );
}
