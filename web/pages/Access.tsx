import { t } from '../language/t.ts';
import './access.css';
import { IconPrinter } from '@tabler/icons-react';
import { accessMatrix, type MatrixGroup } from '../../server/access/words.rules.ts';
import { AccessTable, roles } from '../parts/AccessTable.tsx';
import { listed } from '../parts/naming.ts';
import { roleLabel, useStudyView } from '../session.ts';
import { fullDay, localDay } from '../time.ts';

/** Who may do what: the very table that the server's guards read, in words, to be printed and filed. */
export default function Access() {
  const view = useStudyView();
  const groups = accessMatrix();
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
        <section className="scroll-x no-print" aria-label={t('Roles and actions')} tabIndex={0}>
          <AccessTable groups={groups} blinded={blinded} />
        </section>
        <div className="halves" aria-hidden>
          {halves(groups).map((half) => (
            <AccessTable key={half[0]?.title} groups={half} blinded={blinded} />
          ))}
        </div>
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

/** The groups side by side as they are printed, on one page: no more rows on the right than on the left. */
function halves(groups: readonly MatrixGroup[]): MatrixGroup[][] {
  const rowsOf = (some: readonly MatrixGroup[]) => some.reduce((sum, { rows }) => sum + rows.length + 1, 0);
  const cut = groups.findIndex((_, index) => rowsOf(groups.slice(0, index + 1)) * 2 >= rowsOf(groups)) + 1;
  return [groups.slice(0, cut), groups.slice(cut)];
}
