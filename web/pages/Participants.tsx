import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import './participants.css';
import { useMediaQuery } from '@mantine/hooks';
import { IconMessage2, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import {
  listParticipants,
  type ParticipantRow,
  type ParticipantStatus,
} from '../../server/participants/contract.ts';
import { useEndpoint } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { FilterSelect } from '../parts/FilterSelect.tsx';
import { FindField } from '../parts/FindField.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName, useMySites } from '../parts/naming.ts';
import { Pager } from '../parts/Pager.tsx';
import { useRowKeys } from '../parts/rowKeys.ts';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import { StatusTag } from '../parts/StatusTag.tsx';
import { statusWord } from '../parts/status.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { fullDay, localDay, shortDay } from '../time.ts';

const size = 50;
const statuses = (Object.keys(statusWord) as ParticipantStatus[]).map((id) => ({
  id,
  label: statusWord[id],
}));

/** Everyone who was screened at the caller's sites, newest first. */
export default function Participants() {
  const study = useStudyId();
  const may = useMay();
  const [{ site, status, find, page = '1' }, setFilter] = useFilters();
  const where = useMySites(useStudyView());
  const list = useEndpoint(
    listParticipants,
    {
      params: { study },
      query: { site, status: status as ParticipantStatus | undefined, find: find?.toUpperCase(), page, size },
    },
    { placeholderData: (before) => before },
  );
  const filtered = Boolean(site ?? status ?? find);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Participants')}</h1>
          <p>
            {list.data
              ? filtered
                ? t('{people, plural, one {# person} other {# people}} found', { people: list.data.total })
                : t('{people, plural, one {# person} other {# people}} screened', { people: list.data.total })
              : t('People screened')}{' '}
            {t('at {where}, newest first', { where })}
          </p>
        </div>
        <div className="acts">
          <FindField
            label={t('Find by ID')}
            value={find}
            onChange={(next) => setFilter({ find: next, page: undefined })}
          />
          <FilterSelect
            label={t('Status')}
            all={t('Any')}
            value={status}
            options={statuses}
            onChange={(next) => setFilter({ status: next, page: undefined })}
          />
          <SiteFilter value={site} onChange={(next) => setFilter({ site: next, page: undefined })} />
          {may('participants.screen') && (
            <Link className="btn pri only-wide" to="/s/$study/enrol" params={{ study }}>
              <IconPlus className="ic" aria-hidden />
              {t('Enrol a participant')}
            </Link>
          )}
        </div>
      </div>
      <Loaded of={list} label={t('participants')} rows={14}>
        {({ rows, total }) =>
          total === 0 ? (
            <div className="card">
              <Empty
                title={filtered ? t('No participant fits these filters') : t('Nobody has been screened yet')}
                acts={
                  filtered ? (
                    <button
                      type="button"
                      className="btn"
                      onClick={() => setFilter({ find: undefined, status: undefined, site: undefined })}
                    >
                      {t('Show everyone')}
                    </button>
                  ) : (
                    may('participants.screen') && (
                      <Link className="btn pri" to="/s/$study/enrol" params={{ study }}>
                        {t('Screen the first person')}
                      </Link>
                    )
                  )
                }
              >
                {filtered
                  ? t('A participant ID looks like LOH-0118.')
                  : t('Screening gives each person a participant ID.')}
              </Empty>
            </div>
          ) : (
            <section className="card" aria-label={t('Participants')}>
              <List rows={rows} />
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
    </>
  );
}

function List({ rows }: { rows: readonly ParticipantRow[] }) {
  const phone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false });
  return phone ? <Cards rows={rows} /> : <Table rows={rows} />;
}

function Table({ rows }: { rows: readonly ParticipantRow[] }) {
  const view = useStudyView();
  const list = useRef<HTMLTableElement>(null);
  useRowKeys(list);
  return (
    <table className="table sticky rows" ref={list}>
      <caption className="vh">{t('Participants, newest first')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('Participant')}</th>
          <th scope="col">{t('Site')}</th>
          <th scope="col">{t('Status')}</th>
          <th scope="col" aria-sort="descending">
            {t('Screened')}
          </th>
          <th scope="col">{t('Randomised')}</th>
          <th scope="col">{t('Next visit')}</th>
          <th scope="col">{t('Window closes')}</th>
          <th scope="col" className="num">
            {t('Queries')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.code}>
            <td>
              <Code code={row.code} />
            </td>
            <td>{siteName(view, row.site)}</td>
            <td>
              <StatusTag status={row.status} bare />
            </td>
            <td className="nowrap ink2">{fullDay(row.screenedOn)}</td>
            <td className="nowrap ink2">{row.randomisedAt ? fullDay(localDay(row.randomisedAt)) : ''}</td>
            <td className="nowrap">{row.nextVisit && said(row.nextVisit.label)}</td>
            <td className="nowrap">
              <span className={row.nextVisit?.state === 'overdue' ? 'st dng' : 'st'}>
                {row.nextVisit && fullDay(row.nextVisit.closes)}
                {row.nextVisit?.state === 'overdue' && t(', overdue')}
              </span>
            </td>
            <td className="num">
              <Queries n={row.openQueries} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ rows }: { rows: readonly ParticipantRow[] }) {
  return (
    <ul className="people-cards">
      {rows.map((row) => (
        <li key={row.code}>
          <Code code={row.code} />
          <StatusTag status={row.status} bare />
          <span className="small mute">
            {row.nextVisit ? (
              <>
                {said(row.nextVisit.label)}, <Closes row={row} />
              </>
            ) : (
              t('Screened {screenedOn}', { screenedOn: shortDay(row.screenedOn) })
            )}
          </span>
          <Queries n={row.openQueries} />
        </li>
      ))}
    </ul>
  );
}

function Code({ code }: { code: string }) {
  const study = useStudyId();
  return (
    <Link
      className="code"
      data-row
      to="/s/$study/participants/$participant"
      params={{ study, participant: code }}
    >
      {code}
    </Link>
  );
}

function Closes({ row }: { row: ParticipantRow }) {
  if (row.nextVisit === null) return null;
  const late = row.nextVisit.state === 'overdue';
  return (
    <span className={late ? 'st dng' : 'st'}>
      {late ? t('closed') : t('closes')} {shortDay(row.nextVisit.closes)}
    </span>
  );
}

function Queries({ n }: { n: number }) {
  if (n === 0) return null;
  return (
    <span className="tag wrn">
      <IconMessage2 className="ic" aria-hidden />
      {t('{n} open', { n })}
    </span>
  );
}
