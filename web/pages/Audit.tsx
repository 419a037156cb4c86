import './audit.css';
import { listAudit } from '../../server/audit/contract.ts';
import { useEndpoint } from '../api.ts';
import { Change } from '../parts/audit/Change.tsx';
import { Empty } from '../parts/Empty.tsx';
import { FindField } from '../parts/FindField.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { Pager } from '../parts/Pager.tsx';
import { roleLabel, useStudyId } from '../session.ts';
import { count, fullStamp } from '../time.ts';

const size = 100;

/** Who did what to what, when and why; nothing here can be changed. */
export default function Audit() {
  const study = useStudyId();
  const [{ subject, action, page = '1' }, setFilter] = useFilters();
  const trail = useEndpoint(
    listAudit,
    { params: { study }, query: { subject, action, page, size } },
    { placeholderData: (before) => before },
  );
  return (
    <>
      <div className="head">
        <div>
          <h1>Audit trail</h1>
          <p>
            {trail.data ? count(trail.data.total, 'entry', 'entries') : 'Entries'}, newest first; each carries
            the hash of the one before
          </p>
        </div>
        <div className="acts">
          <FindField
            label="Subject"
            value={subject}
            onChange={(next) => setFilter({ subject: next, page: undefined })}
          />
          <FindField
            label="Action"
            value={action}
            onChange={(next) => setFilter({ action: next, page: undefined })}
          />
        </div>
      </div>
      <Loaded of={trail} label="the audit trail" rows={14}>
        {({ rows, total }) =>
          total === 0 ? (
            <div className="card">
              <Empty
                title="No entry fits these filters"
                acts={
                  <button
                    type="button"
                    className="btn"
                    onClick={() => setFilter({ subject: undefined, action: undefined })}
                  >
                    Show all entries
                  </button>
                }
              />
            </div>
          ) : (
            <section className="card" aria-label="Audit trail">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
              <section className="scroll-x" aria-label="Entries" tabIndex={0}>
                <table className="table audit">
                  <caption className="vh">Entries, newest first</caption>
                  <thead>
                    <tr>
                      <th scope="col" className="num">
                        No.
                      </th>
                      <th scope="col" aria-sort="descending">
                        When
                      </th>
                      <th scope="col">Who</th>
                      <th scope="col">Action</th>
                      <th scope="col">Subject</th>
                      <th scope="col">Change</th>
                      <th scope="col">Hash</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((entry) => (
                      <tr key={entry.seq}>
                        <td className="num mute">{entry.seq}</td>
                        <td className="nowrap ink2">{fullStamp(entry.at)}</td>
                        <td className="nowrap">
                          {entry.by}
                          {entry.role && (
                            <span className="small mute role">
                              {roleLabel[entry.role as keyof typeof roleLabel] ?? entry.role}
                            </span>
                          )}
                        </td>
                        <td className="nowrap">{entry.action}</td>
                        <td className="subject">{entry.subject}</td>
                        <td>
                          <Change entry={entry} />
                        </td>
                        <td className="mono mute" title={entry.hash}>
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
                noun="entries"
                onPage={(next) => setFilter({ page: String(next) })}
              />
            </section>
          )
        }
      </Loaded>
    </>
  );
}
