import type { HarmSummary } from '../../server/harms/contract.ts';
import { t } from '../language/t.ts';
import { share } from './share.ts';

const rows: { label: string; of: (arm: HarmSummary['arms'][number]) => string | number }[] = [
  { label: t('With any adverse event'), of: (arm) => share(arm.affected, arm.participants) },
  { label: t('Adverse events'), of: (arm) => arm.events },
  { label: t('With a serious one'), of: (arm) => share(arm.seriousAffected, arm.participants) },
  { label: t('Serious adverse events'), of: (arm) => arm.seriousEvents },
  { label: t('With a related one'), of: (arm) => share(arm.relatedAffected, arm.participants) },
  { label: t('Deaths'), of: (arm) => share(arm.deaths, arm.participants) },
];

/** Harms by arm, or pooled, as a report prints them. */
export function HarmSummaryCard({ summary }: { summary: HarmSummary }) {
  return (
    <section className="card" aria-labelledby="harm-summary">
      <header>
        <h2 id="harm-summary">{summary.pooled ? t('Harms, all arms together') : t('Harms by arm')}</h2>
        <p className="small mute">
          {t('Of everyone randomised; struck entries don’t count. CONSORT 2025, item 27.')}
          {summary.pooled && ` ${t('Your role is blinded: no arm is shown.')}`}
        </p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('Harms in numbers')} tabIndex={0}>
        <table className="table dense count-table">
          <caption className="vh">{t('Participants and events')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">{t('Count')}</span>
              </th>
              {summary.arms.map(({ label }) => (
                <th key={label} scope="col" className="num">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, of }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {summary.arms.map((arm) => (
                  <td key={arm.label} className="num nowrap">
                    {of(arm)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {summary.terms.length > 0 && (
            <tbody>
              <tr className="grp">
                <th scope="rowgroup" colSpan={summary.arms.length + 1}>
                  {t('By event')} <span>{t('participants, events')}</span>
                </th>
              </tr>
              {summary.terms.map((term) => (
                <tr key={term.term}>
                  <th scope="row">{term.term}</th>
                  {summary.arms.map((arm, index) => (
                    <td key={arm.label} className="num nowrap">
                      {term.affected[index]}, {term.events[index]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          )}
        </table>
      </section>
    </section>
  );
}
