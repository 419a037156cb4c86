import type { Summary } from '../../randomisation/simulation/tally.ts';
import { number } from '../language/number.ts';
import { t } from '../language/t.ts';
import { DotChart, type DotRow } from './DotChart.tsx';
import { blindGuess, percent } from './numbers.ts';
import css from './simulator.module.css';
import type { Outcome } from './types.ts';

const participants = (value: number): string => number(value, 1);

/** Balance at the end of a trial on three grounds, and how well the next arm can be guessed. */
export function Charts({ outcomes, factors }: { outcomes: readonly Outcome[]; factors: string }) {
  const rowsOf = (of: (outcome: Outcome) => Summary): DotRow[] =>
    outcomes.map((outcome) => {
      const { mean, percentile95 } = of(outcome);
      const { id, label, own } = outcome.candidate;
      const text = `${mean.toFixed(1)} (${percentile95.toFixed(1)})`;
      return { id, label, own, value: mean, other: percentile95, text };
    });
  const subtitle = t(
    'Largest minus smallest arm at the end, participants: mean ●, up to | in 95 of 100 trials',
  );
  const most = Math.max(
    ...outcomes.flatMap(({ result: { overallRange, worstSiteRange, worstFactorRange } }) => [
      overallRange.percentile95,
      worstSiteRange.percentile95,
      worstFactorRange?.percentile95 ?? 0,
    ]),
  );
  const balance = { subtitle, end: 'tick', format: participants, most } as const;
  const first = outcomes[0];
  const blind = first ? blindGuess(first.candidate.design.arms) : 0;
  return (
    <div className={css.charts}>
      <DotChart
        {...balance}
        title={t('Balance in the whole study')}
        rows={rowsOf((o) => o.result.overallRange)}
      />
      <DotChart
        {...balance}
        title={t('Balance in the worst site')}
        rows={rowsOf((o) => o.result.worstSiteRange)}
      />
      {first?.result.worstFactorRange && (
        <DotChart
          {...balance}
          title={t('Balance in the worst level of {factors}', { factors })}
          rows={rowsOf((o) => o.result.worstFactorRange ?? o.result.overallRange)}
        />
      )}
      <DotChart
        title={t('Predictability')}
        subtitle={t(
          'Next arm guessed right: ● knowing the own site’s arms, ○ knowing all but chance, ┆ knowing nothing',
        )}
        end="dot"
        format={(value) => percent(value)}
        most={Math.min(1, blind * 1.5)}
        reference={blind}
        rows={outcomes.map(({ candidate: { id, label, own }, result: { guessOwnSite, guessFullState } }) => ({
          id,
          label,
          own,
          value: guessOwnSite.mean,
          other: guessFullState.mean,
          text: `${percent(guessOwnSite.mean)}, ${percent(guessFullState.mean)}`,
        }))}
      />
    </div>
  );
}
