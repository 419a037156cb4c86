import { t } from '../language/t.ts';
import './access.css';
import { IconCheck, IconPrinter } from '@tabler/icons-react';
import { accessMatrix } from '../../server/access/words.rules.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { listed } from '../parts/naming.ts';
import { roleLabel, useStudyView } from '../session.ts';
import { fullDay, localDay } from '../time.ts';

const roles = Object.keys(roleLabel) as RoleName[];

/** Who may do what: the very table that the server's guards read, in words, to be printed and filed. */
export default function Access() {
  const view = useStudyView();
  const blinded = view?.document.masking.blinded ?? [];
  const names = roles.filter((role) => blinded.includes(role)).map((role) => roleLabel[role].toLowerCase());
  return (
    <div className="access">
      <div className="head">
        <div>
          <h1>{t('Access matrix')}</h1>
          <p>
            {view
              ? `${t('{short} ({code}), protocol version {version}.', { short: view.document.short, code: view.document.code, version: view.document.version })} `
              : ''}
            {t('Printed from the table that the server itself goes by, on {toISOString}', {
              toISOString: fullDay(localDay(new Date().toISOString())),
            })}
          </p>
        </div>
        <div className="acts no-print">
          <button type="button" className="btn" onClick={() => window.print()}>
            <IconPrinter className="ic" aria-hidden />
            {t('Print')}
          </button>
        </div>
      </div>
      <section className="card" aria-label={t('Access matrix')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
        <section className="scroll-x" aria-label={t('Roles and actions')} tabIndex={0}>
          <table className="table dense matrix">
            <caption className="vh">{t('What each role may do')}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className="vh">{t('Action')}</span>
                </th>
                {roles.map((role) => (
                  <th key={role} scope="col" className="cell">
                    {roleLabel[role]}
                    {blinded.includes(role) && <span className="tag line">{t('Blinded')}</span>}
                  </th>
                ))}
              </tr>
            </thead>
            {accessMatrix().map(({ title, rows }) => (
              <tbody key={title}>
                <tr className="grp">
                  <th scope="colgroup" colSpan={roles.length + 1}>
                    {title}
                  </th>
                </tr>
                {rows.map(({ action, words, roles: may }) => (
                  <tr key={action}>
                    <th scope="row" title={action}>
                      {words}
                    </th>
                    {roles.map((role) => (
                      <td key={role} className="cell">
                        {may.includes(role) ? (
                          <>
                            <IconCheck className="ic" aria-hidden />
                            <span className="vh">{t('Yes')}</span>
                          </>
                        ) : (
                          <span className="vh">{t('No')}</span>
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </section>
      </section>
      <p className="small ink2 notes">
        {t('A right holds at the sites of the person’s own role only: one site, or all.')}{' '}
        {names.length > 0
          ? t(
              'Blinded in this study: {listed}. They get no arm in any form, whatever else they may do, and results pooled over the arms. What tells arms apart (therapy groups, looking up an arm) is refused to them.',
              { listed: listed(names) },
            )
          : t('This study blinds no role.')}
      </p>
    </div>
  );
}
