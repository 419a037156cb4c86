import { Link } from '@tanstack/react-router';
import type { DerivedDeviation } from '../../server/deviations/contract.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { siteName } from '../parts/naming.ts';
import { useStudyId, useStudyView } from '../session.ts';
import { fullDay } from '../time.ts';

const kinds: Record<DerivedDeviation['kind'], string> = {
  'out-of-window': t('Visit or assessment'),
  ineligible: t('Eligibility'),
  'consent-expired': t('Consent'),
  'recorded-event': t('Event of the protocol'),
};

/** Deviations that were found in the data; nobody recorded them. */
export function DerivedTable({ rows }: { rows: readonly DerivedDeviation[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
    <section className="scroll-x" aria-label={t('Table of deviations from the data')} tabIndex={0}>
      <table className="table record-table">
        <caption className="vh">{t('Deviations from the data, latest first')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('About')}</th>
            <th scope="col">{t('On')}</th>
            <th scope="col">{t('Category')}</th>
            <th scope="col">{t('What happened')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.participant} ${row.kind} ${row.on} ${row.description}`}>
              <td className="nowrap">
                <About participant={row.participant} site={row.site} />
              </td>
              <td className="nowrap" data-label={t('On')}>
                {fullDay(row.on)}
              </td>
              <td data-label={t('Category')}>
                {kinds[row.kind]}
                <br />
                <Grave severity={row.severity} />
              </td>
              <td data-label={t('What')}>
                {said(row.description).replaceAll(/\b\d{4}-\d\d-\d\d\b/g, fullDay)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Whether a deviation is minor or major. */
export function Grave({ severity }: { severity: 'minor' | 'major' }) {
  return (
    <span className={severity === 'major' ? 'tag wrn' : 'tag'}>
      {severity === 'major' ? t('Major') : t('Minor')}
    </span>
  );
}

/** Whom or which site a deviation is about. */
export function About({ participant, site }: { participant: string | null; site: string }) {
  const study = useStudyId();
  const view = useStudyView();
  if (participant === null) return <>{siteName(view, site)}</>;
  return (
    <>
      <Link className="code" to="/s/$study/participants/$participant" params={{ study, participant }}>
        {participant}
      </Link>
      <br />
      <span className="small mute">{siteName(view, site)}</span>
    </>
  );
}
