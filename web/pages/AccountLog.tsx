import { t } from '../language/t.ts';
import './audit.css';
import '../records/records.css';
import { IconDownload } from '@tabler/icons-react';
import { exportAccountLog, listAccountLog } from '../../server/accounts/log/contract.ts';
import { addressOf, type Input, useEndpoint } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { FilterSelect } from '../parts/FilterSelect.tsx';
import { FindField } from '../parts/FindField.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { Pager } from '../parts/Pager.tsx';
import { accountDeeds } from '../people/deeds.ts';
import { roleLabel, useStudyId } from '../session.ts';
import { fullStamp } from '../time.ts';

type Query = NonNullable<Input<typeof exportAccountLog>['query']>;

const size = 100;
const options = Object.entries(accountDeeds).map(([id, label]) => ({ id, label }));

/** Accounts, roles, sign-ins and second factors of the study's people; nothing here can be changed. */
export default function AccountLog() {
  const study = useStudyId();
  const [{ find, action, page = '1' }, setFilter] = useFilters();
  const query = { person: find, action } as Query;
  const log = useEndpoint(
    listAccountLog,
    { params: { study }, query: { ...query, page, size } },
    { placeholderData: (before) => before },
  );
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Account log')}</h1>
          <p>
            {log.data
              ? t('{entries, plural, one {# entry} other {# entries}}', { entries: log.data.total })
              : t('Entries')}
            {t(', newest first; each carries the hash of the one before')}
          </p>
        </div>
        <div className="acts">
          <FindField
            label={t('Name')}
            value={find}
            onChange={(next) => setFilter({ find: next, page: undefined })}
          />
          <FilterSelect
            label={t('What')}
            all={t('Anything')}
            value={action}
            options={options}
            onChange={(next) => setFilter({ action: next, page: undefined })}
          />
          <a className="btn" href={addressOf(exportAccountLog, { params: { study }, query })} download>
            <IconDownload className="ic" aria-hidden />
            CSV
          </a>
        </div>
      </div>
      <Loaded of={log} label={t('the account log')} rows={14}>
        {({ rows, total }) =>
          total === 0 ? (
            <div className="card">
              <Empty
                title={t('No entry fits these filters')}
                acts={
                  <button
                    type="button"
                    className="btn"
                    onClick={() => setFilter({ find: undefined, action: undefined })}
                  >
                    {t('Show all entries')}
                  </button>
                }
              />
            </div>
          ) : (
            <section className="card" aria-label={t('Account log')}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
              <section className="scroll-x" aria-label={t('Entries')} tabIndex={0}>
                <table className="table audit record-table">
                  <caption className="vh">{t('Entries, newest first')}</caption>
                  <thead>
                    <tr>
                      <th scope="col" className="num">
                        {t('No.')}
                      </th>
                      <th scope="col" aria-sort="descending">
                        {t('When')}
                      </th>
                      <th scope="col">{t('What')}</th>
                      <th scope="col">{t('Whose account')}</th>
                      <th scope="col">{t('By')}</th>
                      <th scope="col">{t('Detail')}</th>
                      <th scope="col">{t('From')}</th>
                      <th scope="col">{t('Hash')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((entry) => (
                      <tr key={entry.seq}>
                        <td className="num mute" data-label={t('No.')}>
                          {entry.seq}
                        </td>
                        <td className="nowrap ink2" data-label={t('When')}>
                          {fullStamp(entry.at)}
                        </td>
                        <td
                          className={/refused$/.test(entry.action) ? 'nowrap danger' : 'nowrap'}
                          data-label={t('What')}
                        >
                          {accountDeeds[entry.action]}
                        </td>
                        <td className="nowrap" data-label={t('Whose account')}>
                          {entry.about}
                        </td>
                        <td className="nowrap ink2" data-label={t('By')}>
                          {entry.by}
                        </td>
                        <td className="ink2" data-label={t('Detail')}>
                          {inWords(entry.detail)}
                        </td>
                        <td className="mono mute nowrap" data-label={t('From')}>
                          {entry.address}
                        </td>
                        <td className="mono mute nowrap" title={entry.hash} data-label={t('Hash')}>
                          {entry.hash.slice(0, 8)}
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
                noun={t('entries')}
                onPage={(next) => setFilter({ page: String(next) })}
              />
            </section>
          )
        }
      </Loaded>
    </>
  );
}

const wrong: Record<string, string> = {
  email: t('unknown e-mail'),
  password: t('wrong password'),
  code: t('wrong code'),
  disabled: t('account disabled'),
};

/** “Assessor, Lohja”: the few things that an entry can carry. */
function inWords(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return '';
  return Object.entries(detail)
    .filter(([key, value]) => value !== null && key !== 'name')
    .map(([key, value]) => {
      if (key === 'role') return roleLabel[value as keyof typeof roleLabel] ?? String(value);
      if (key === 'roles')
        return (
          (value as string[]).map((role) => roleLabel[role as keyof typeof roleLabel]).join(', ') || 'none'
        );
      if (key === 'wrong') return wrong[String(value)] ?? String(value);
      if (key === 'sessions')
        return t('{sessions, plural, one {# session} other {# sessions}}', { sessions: Number(value) });
      if (key === 'for') return t('for: {value}', { value });
      return String(value);
    })
    .join(', ');
}
