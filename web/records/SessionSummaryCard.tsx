import { type SessionSummary, summariseSessions } from '../../server/sessions/contract.ts';
import { useEndpoint } from '../api.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { useStudyId } from '../session.ts';
import { share } from './share.ts';

type Arm = SessionSummary['arms'][number];

const one = (value: number | null): string => (value === null ? '–' : value.toFixed(1));

const rows: { label: string; of: (arm: Arm) => string }[] = [
  { label: t('Allocated'), of: (arm) => String(arm.participants) },
  { label: t('Attended at least one session'), of: (arm) => share(arm.attendedAny, arm.participants) },
  {
    label: t('Sessions attended per participant, mean (SD)'),
    of: (arm) => (arm.mean === null ? '–' : `${one(arm.mean)} (${one(arm.sd)})`),
  },
  { label: t('Median, most'), of: (arm) => (arm.median === null ? '–' : `${arm.median}, ${arm.most}`) },
  { label: t('Participants’ sessions attended, missed'), of: (arm) => `${arm.attended}, ${arm.missed}` },
  { label: t('Sessions held that were rated'), of: (arm) => share(arm.rated, arm.sessions) },
];

/** What was delivered and attended in each arm that has sessions, as a report prints it. */
export function SessionSummaryCard({ site }: { site: string | undefined }) {
  const study = useStudyId();
  const summary = useEndpoint(summariseSessions, { params: { study }, query: { site } }).data;
  if (!summary || summary.arms.length === 0) return null;
  const { arms } = summary;
  return (
    <section className="card" aria-labelledby="session-summary">
      <header>
        <div>
          <h2 id="session-summary">{t('Sessions attended')}</h2>
          <p>
            {t(
              'Of everyone allocated, who came to none counting as 0; struck entries don’t count. CONSORT 2025, item 24a.',
            )}
          </p>
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('Sessions in numbers')} tabIndex={0}>
        <table className="table dense count-table">
          <caption className="vh">{t('Sessions attended and their fidelity by arm')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">{t('Count')}</span>
              </th>
              {arms.map(({ arm, label }) => (
                <th key={arm} scope="col" className="num">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, of }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {arms.map((arm) => (
                  <td key={arm.arm} className="num nowrap">
                    {of(arm)}
                  </td>
                ))}
              </tr>
            ))}
            {arms[0]!.ratings.map(({ scale, label }, index) => (
              <tr key={scale}>
                <th scope="row">
                  {t('{label}, mean', { label: said(label) })}
                  {arms[0]!.ratings[index]!.adequate !== null && ` ${t('(adequate)')}`}
                </th>
                {arms.map((arm) => (
                  <td key={arm.arm} className="num nowrap">
                    {ratingOf(arm.ratings[index]!)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function ratingOf({ n, mean, adequate }: Arm['ratings'][number]): string {
  if (n === 0) return '–';
  return adequate === null ? one(mean) : t('{one} ({adequate} of {n})', { one: one(mean), adequate, n });
}
