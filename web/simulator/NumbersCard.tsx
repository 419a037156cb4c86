import { IconDownload } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { asShare, csvOf, inParticipants } from './numbers.ts';
import type { Outcome } from './types.ts';

/** Every number with its standard error. */
export function NumbersCard({ outcomes, factors }: { outcomes: readonly Outcome[]; factors: string }) {
  const { n = 0, trials = 0, sites = 0 } = outcomes[0]?.result ?? {};
  const save = () => {
    const address = URL.createObjectURL(new Blob([csvOf(outcomes)], { type: 'text/csv' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: 'simulation.csv' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  return (
    <section className="card" aria-labelledby="numbers">
      <header>
        <div className="grow">
          <h2 id="numbers">{t('Numbers')}</h2>
          <p>
            {t(
              'Mean ± standard error of {trials, plural, one {# trial} other {# trials}} with {participants, plural, one {# participant} other {# participants}} at {sites, plural, one {# site} other {# sites}}; ranges in participants',
              { trials, participants: n, sites },
            )}
          </p>
        </div>
        <button type="button" className="btn sm no-print" onClick={save}>
          <IconDownload className="ic" aria-hidden />
          CSV
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('Numbers of each design')} tabIndex={0}>
        <table className="table dense">
          <caption className="vh">{t('Balance and predictability of each design')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Design')}</th>
              <th scope="col" className="num">
                {t('Range, study')}
              </th>
              <th scope="col" className="num">
                {t('Worst site')}
              </th>
              {factors && (
                <th scope="col" className="num">
                  {t('Worst of {factors}', { factors })}
                </th>
              )}
              <th scope="col" className="num">
                {t('Guess, own site')}
              </th>
              <th scope="col" className="num">
                {t('Guess, full state')}
              </th>
              <th scope="col" className="num">
                {t('Forced')}
              </th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map(({ candidate, result }) => (
              <tr key={candidate.id} className={candidate.own ? 'chosen' : undefined}>
                <td className="nowrap">
                  {candidate.label}
                  {candidate.own && <span className="mute">{t(', this study')}</span>}
                </td>
                <td className="num nowrap">{inParticipants(result.overallRange)}</td>
                <td className="num nowrap">{inParticipants(result.worstSiteRange)}</td>
                {factors && (
                  <td className="num nowrap">
                    {result.worstFactorRange && inParticipants(result.worstFactorRange)}
                  </td>
                )}
                <td className="num nowrap">{asShare(result.guessOwnSite)}</td>
                <td className="num nowrap">{asShare(result.guessFullState)}</td>
                <td className="num nowrap">{asShare(result.forced)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
