import { Link } from '@tanstack/react-router';
import { allocationLog } from '../../server/randomisation/contract.ts';
import { type Reply, useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName, stratumWords } from '../parts/naming.ts';
import { Pager } from '../parts/Pager.tsx';
import { useMay, useSessionStudy, useStudyId, useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';

const size = 25;
type Entry = Reply<typeof allocationLog>['entries'][number];
const opened = (entry: Entry) => ('arm' in entry ? entry : null);

/** Every allocation, newest first. The server leaves arms, strata and hashes out for a blinded role. */
export function LogCard() {
  const study = useStudyId();
  const masked = useSessionStudy()?.blinded ?? true;
  const [{ page = '1' }, setFilter] = useFilters();
  const log = useEndpoint(
    allocationLog,
    { params: { study }, query: { page, size } },
    { placeholderData: (before) => before },
  );
  return (
    <section className="card" aria-labelledby="log">
      <header>
        <div>
          <h2 id="log">{t('Allocation log')}</h2>
          <p>
            {log.data
              ? t('{entries, plural, one {# entry} other {# entries}}, newest first', {
                  entries: log.data.total,
                })
              : t('Newest first')}
          </p>
        </div>
      </header>
      <Loaded of={log} label={t('allocations')} rows={14}>
        {({ entries, total }) =>
          total === 0 ? (
            <p className="body small mute">
              {t('Nobody has been randomised yet. The first allocation comes here as it is made.')}
            </p>
          ) : (
            <>
              <Entries entries={entries} masked={masked} />
              {total > size && (
                <Pager
                  page={Number(page)}
                  size={size}
                  total={total}
                  noun={t('allocations')}
                  onPage={(next) => setFilter({ page: String(next) })}
                />
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Entries({ entries, masked }: { entries: readonly Entry[]; masked: boolean }) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const armName = (id: string) => view?.document.arms.find((arm) => arm.id === id)?.short ?? id;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
    <section className="scroll-x" aria-label={t('Entries')} tabIndex={0}>
      <table className="table dense">
        <caption className="vh">{t('Allocations')}</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('No.')}
            </th>
            <th scope="col">{t('Participant')}</th>
            <th scope="col">{t('Site')}</th>
            <th scope="col">{t('When')}</th>
            {!masked && (
              <>
                <th scope="col">{t('Arm')}</th>
                <th scope="col">{t('Stratum')}</th>
                <th scope="col">{t('Hash')}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const open = opened(entry);
            return (
              <tr key={entry.number}>
                <td className="num">{entry.number}</td>
                <td>
                  {may('participants.read') ? (
                    <Link
                      className="code"
                      to="/s/$study/participants/$participant"
                      params={{ study, participant: entry.participant }}
                    >
                      {entry.participant}
                    </Link>
                  ) : (
                    <span className="code">{entry.participant}</span>
                  )}
                </td>
                <td>{siteName(view, entry.site)}</td>
                <td className="nowrap ink2">{fullStamp(entry.at)}</td>
                {open && (
                  <>
                    <td>{armName(open.arm)}</td>
                    <td className="nowrap">{stratumWords(view, open.stratum)}</td>
                    <td className="mono mute" title={open.hash}>
                      {open.hash.slice(0, 12)}
                    </td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
