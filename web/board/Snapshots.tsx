import type { readBoard } from '../../server/board/contract.ts';
import { Hash } from '../allocation/Hash.tsx';
import type { Reply } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { fullStamp } from '../time.ts';
import css from './board.module.css';

interface Props {
  rows: Reply<typeof readBoard>['snapshots'];
  closed: boolean;
  onOpen: (part: 'open' | 'closed', number: number) => void;
}

/** Every snapshot with its cut-off and its hash. */
export function Snapshots({ rows, closed, onOpen }: Props) {
  if (rows.length === 0)
    return (
      <Empty title="No snapshot yet">
        A statistician who isn’t blinded prepares one before each meeting. The board sees the snapshot, never
        live data.
      </Empty>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
    <section className="scroll-x" aria-label="Snapshots" tabIndex={0}>
      <table className={`table ${css.snapshots}`}>
        <caption className="vh">Snapshots, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              No.
            </th>
            <th scope="col">For</th>
            <th scope="col">Data cut-off</th>
            <th scope="col" className="num">
              Randomised
            </th>
            <th scope="col">Prepared</th>
            <th scope="col">SHA-256</th>
            <th scope="col">
              <span className="vh">Open</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <td className="num">{row.number}</td>
              <td>{row.note}</td>
              <td className="nowrap">{fullStamp(row.cutOff)}</td>
              <td className="num">{row.participants}</td>
              <td className="nowrap ink2">
                {fullStamp(row.preparedAt)}
                <span className={css.by}>{row.preparedBy}</span>
              </td>
              <td>
                <Hash value={row.sha256} what={`the hash of snapshot ${row.number}`} />
              </td>
              <td className={css.acts}>
                <button
                  type="button"
                  className="btn sm"
                  aria-label={`Open report of snapshot ${row.number}`}
                  onClick={() => onOpen('open', row.number)}
                >
                  Open report
                </button>
                {closed && (
                  <button
                    type="button"
                    className="btn sm"
                    aria-label={`Closed report of snapshot ${row.number}`}
                    onClick={() => onOpen('closed', row.number)}
                  >
                    Closed report
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
