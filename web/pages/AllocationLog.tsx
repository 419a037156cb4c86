import './allocations.css';
import { IconDownload, IconEyeOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { allocationLog, exportAllocations } from '../../server/randomisation/contract.ts';
import { addressOf, type Reply, useEndpoint } from '../api.ts';
import { DesignCard } from '../parts/allocations/DesignCard.tsx';
import { Unblindings } from '../parts/allocations/Unblindings.tsx';
import { Empty } from '../parts/Empty.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName, stratumWords } from '../parts/naming.ts';
import { Pager } from '../parts/Pager.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { count, fullStamp } from '../time.ts';

const size = 100;
type Entry = Reply<typeof allocationLog>['entries'][number];
const openEntry = (entry: Entry) => ('arm' in entry ? entry : null);

/** Every allocation in its order. The server leaves arms, strata and hashes out for a blinded role. */
export default function AllocationLog() {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const [{ page = '1' }, setFilter] = useFilters();
  const log = useEndpoint(
    allocationLog,
    { params: { study }, query: { page, size } },
    { placeholderData: (before) => before },
  );
  const masked =
    log.data !== undefined && log.data.entries.length > 0 && log.data.entries.every((e) => !openEntry(e));
  const armName = (id: string) => view?.document.arms.find((arm) => arm.id === id)?.short ?? id;
  return (
    <>
      <div className="head">
        <div>
          <h1>Allocations</h1>
          <p>
            {log.data
              ? `${count(log.data.total, 'participant')} randomised`
              : 'In the order of randomisation'}
          </p>
        </div>
        <div className="acts">
          {masked && (
            <span className="tag wrn">
              <IconEyeOff className="ic" aria-hidden />
              Arms hidden
            </span>
          )}
          <a className="btn" href={addressOf(exportAllocations, { params: { study } })} download>
            <IconDownload className="ic" aria-hidden />
            Log for the verifier
          </a>
        </div>
      </div>
      <div className="allocations">
        <DesignCard />
        <Unblindings />
        <Loaded of={log} label="allocations" rows={14}>
          {({ entries, total }) =>
            total === 0 ? (
              <div className="card">
                <Empty title="Nobody has been randomised yet">
                  The first allocation comes here as it is made.
                </Empty>
              </div>
            ) : (
              <section className="card" aria-label="Allocation log">
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
                <section className="scroll-x" aria-label="Entries" tabIndex={0}>
                  <table className="table dense">
                    <caption className="vh">Allocations</caption>
                    <thead>
                      <tr>
                        <th scope="col" className="num">
                          No.
                        </th>
                        <th scope="col">Participant</th>
                        <th scope="col">Site</th>
                        <th scope="col">When</th>
                        {!masked && (
                          <>
                            <th scope="col">Arm</th>
                            <th scope="col">Stratum</th>
                            <th scope="col">Hash</th>
                          </>
                        )}
                      </tr>
                    </thead>
                    <tbody>
                      {entries.map((entry) => {
                        const open = openEntry(entry);
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
                                <td>{stratumWords(view, open.stratum)}</td>
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
                {total > size && (
                  <Pager
                    page={Number(page)}
                    size={size}
                    total={total}
                    noun="allocations"
                    onPage={(next) => setFilter({ page: String(next) })}
                  />
                )}
              </section>
            )
          }
        </Loaded>
      </div>
    </>
  );
}
