import { listUnblindings } from '../../../server/unblinding/contract.ts';
import { useEndpoint } from '../../api.ts';
import { useMay, useStudyId, useStudyView } from '../../session.ts';
import { fullStamp } from '../../time.ts';
import { siteName } from '../naming.ts';

/** Who was unblinded, by whom and why; never the arm. */
export function Unblindings() {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const list = useEndpoint(listUnblindings, { params: { study } }, { enabled: may('unblinding.read') }).data;
  if (list === undefined) return null;
  return (
    <section className="card" aria-labelledby="unblindings">
      <header>
        <h2 id="unblindings">Emergency unblindings</h2>
      </header>
      {list.rows.length === 0 ? (
        <p className="body small mute">Nobody has been unblinded.</p>
      ) : (
        <table className="table">
          <caption className="vh">Emergency unblindings, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Participant</th>
              <th scope="col">Site</th>
              <th scope="col">Asked by</th>
              <th scope="col">Shown</th>
              <th scope="col">Reason</th>
            </tr>
          </thead>
          <tbody>
            {list.rows.map((row) => (
              <tr key={row.id}>
                <td className="code">{row.participant}</td>
                <td>{siteName(view, row.site)}</td>
                <td className="nowrap">
                  {row.requestedBy}, {fullStamp(row.requestedAt)}
                </td>
                <td className="nowrap">{row.openedAt ? fullStamp(row.openedAt) : 'not taken'}</td>
                <td>{row.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
