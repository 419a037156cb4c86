import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { listUnblindings } from '../../server/unblinding/contract.ts';
import type { Reply } from '../api.ts';
import { t } from '../language/t.ts';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';
import css from './unblinding.module.css';

type Row = Reply<typeof listUnblindings>['rows'][number];

/** Who was unblinded, by whom, when and why; the server sends no arm. */
export function UnblindingTable({ rows }: { rows: readonly Row[] }) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  return (
    <section className="card" aria-label={t('Emergency unblindings')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('Unblindings')} tabIndex={0}>
        <table className="table stacks">
          <caption className="vh">{t('Emergency unblindings, newest first')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Participant')}</th>
              <th scope="col">{t('Site')}</th>
              <th scope="col">{t('Asked by')}</th>
              <th scope="col">{t('Asked')}</th>
              <th scope="col">{t('Arm shown')}</th>
              <th scope="col">{t('Reason')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  {may('participants.read') ? (
                    <Link
                      className="code"
                      to="/s/$study/participants/$participant"
                      params={{ study, participant: row.participant }}
                    >
                      {row.participant}
                    </Link>
                  ) : (
                    <span className="code">{row.participant}</span>
                  )}
                </td>
                <td data-label={t('Site')}>{siteName(view, row.site)}</td>
                <td className="nowrap" data-label={t('Asked by')}>
                  {row.requestedBy}
                </td>
                <td className="nowrap ink2" data-label={t('Asked')}>
                  {fullStamp(row.requestedAt)}
                </td>
                <td className="nowrap" data-label={t('Arm shown')}>
                  {row.openedAt ? (
                    <span className="st">
                      <IconEye className="ic" aria-hidden />
                      {fullStamp(row.openedAt)}
                    </span>
                  ) : (
                    <span className="st no mute">
                      <IconEyeOff className="ic" aria-hidden />
                      {t('Not taken')}
                    </span>
                  )}
                </td>
                <td className={css.reason} data-label={t('Reason')}>
                  <p>{row.reason}</p>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
