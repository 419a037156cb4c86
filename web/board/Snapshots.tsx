import type { readBoard } from '../../server/board/contract.ts';
import { Hash } from '../allocation/Hash.tsx';
import type { Reply } from '../api.ts';
import { t } from '../language/t.ts';
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
      <Empty title={t('No snapshot yet')}>
        {t(
          'A statistician who isn’t blinded prepares one before each meeting. The board sees the snapshot, never live data.',
        )}
      </Empty>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
    <section className="scroll-x" aria-label={t('Snapshots')} tabIndex={0}>
      <table className={`table ${css.snapshots}`}>
        <caption className="vh">{t('Snapshots, newest first')}</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('No.')}
            </th>
            <th scope="col">{t('For')}</th>
            <th scope="col">{t('Data cut-off')}</th>
            <th scope="col" className="num">
              {t('Randomised')}
            </th>
            <th scope="col">{t('Prepared')}</th>
            <th scope="col">{'SHA-256'}</th>
            <th scope="col">
              <span className="vh">{t('Open')}</span>
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
                <Hash value={row.sha256} what={t('the hash of snapshot {number}', { number: row.number })} />
              </td>
              <td className={css.acts}>
                <button
                  type="button"
                  className="btn sm"
                  aria-label={t('Open report of snapshot {number}', { number: row.number })}
                  onClick={() => onOpen('open', row.number)}
                >
                  {t('Open report')}
                </button>
                {closed && (
                  <button
                    type="button"
                    className="btn sm"
                    aria-label={t('Closed report of snapshot {number}', { number: row.number })}
                    onClick={() => onOpen('closed', row.number)}
                  >
                    {t('Closed report')}
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
