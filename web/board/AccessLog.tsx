import { readBoardLog } from '../../server/board/contract.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { roleLabel, useStudyId } from '../session.ts';
import { fullStamp } from '../time.ts';

const deeds: Record<string, string> = {
  'board.prepare': t('Prepared a snapshot'),
  'board.confirm': t('Signed in once more'),
  'board.open': t('Opened the open report'),
  'board.closed': t('Opened the closed report'),
  'board.take-open': t('Took the open report'),
  'board.take-closed': t('Took the closed report'),
  'board.unmask-request': t('Asked to unmask the letters'),
  'board.unmask': t('Unmasked the letters'),
};

const rolesOf = (text: string | null): string =>
  (text ?? '')
    .split(' ')
    .map((role) => roleLabel[role as RoleName] ?? role)
    .join(', ');

/** Who opened which report when; nothing of what stands in it. */
export function AccessLog() {
  const study = useStudyId();
  const log = useEndpoint(readBoardLog, { params: { study } });
  return (
    <Loaded of={log} label={t('the access log')}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty title={t('Nobody has opened a report yet')} />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
          <section className="scroll-x" aria-label={t('Access log')} tabIndex={0}>
            <table className="table">
              <caption className="vh">{t('Access log, newest first')}</caption>
              <thead>
                <tr>
                  <th scope="col" aria-sort="descending">
                    {t('When')}
                  </th>
                  <th scope="col">{t('What')}</th>
                  <th scope="col" className="num">
                    {t('Snapshot')}
                  </th>
                  <th scope="col">{t('Who')}</th>
                  <th scope="col">{t('Role')}</th>
                  <th scope="col">{t('Detail')}</th>
                  <th scope="col">{t('Hash')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.hash}>
                    <td className="nowrap ink2">{fullStamp(row.at)}</td>
                    <td className="nowrap">{deeds[row.action] ?? row.action}</td>
                    <td className="num">{row.snapshot}</td>
                    <td className="nowrap">{row.by}</td>
                    <td className="nowrap ink2">{rolesOf(row.role)}</td>
                    <td className="ink2">{row.detail}</td>
                    <td className="mono mute nowrap" title={row.hash}>
                      {row.hash.slice(0, 8)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )
      }
    </Loaded>
  );
}
