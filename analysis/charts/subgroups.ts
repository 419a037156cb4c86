import type { DatasetArm } from '../dataset.ts';
import { lowerFirst } from '../lower-first.ts';
import type { Effect, SubgroupEffects } from '../subgroups.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { levelText, list, rounded, signed } from './numbers.ts';
import { drawSubgroups } from './subgroups-picture.ts';

export interface SubgroupResults {
  arms: readonly DatasetArm[];
  /** As `subgroupEffects` gives them, one for each contrast. */
  effects: readonly SubgroupEffects[];
  /** Of the score, such as “Change in HAM-D17”, and of the visit. */
  label: string;
  visit: string;
  better: 'lower' | 'higher';
  level: number;
}

/** Differences between arms within prespecified subgroups, with P for the interaction and for nothing else. */
export function subgroupChart(results: SubgroupResults, options: ChartOptions): Chart {
  const { effects, level } = results;
  const words = {
    title: `Subgroups: ${lowerFirst(results.label)} at ${results.visit}`,
    subtitle: `Adjusted for baseline; ${results.better} is better. Squares grow with n. P is for interaction, not for an effect within a subgroup`,
  };
  const name = (id: string) => results.arms.find((arm) => arm.id === id)?.label ?? id;
  const comparison = ({ contrast: [one, two] }: SubgroupEffects) => `${name(one)} − ${name(two)}`;
  const known = effects.some(({ overall }) => overall.estimate !== null);
  const parts = effects.map((one) => {
    const factors = one.factors.map(
      (factor) =>
        ` ${factor.label}: ${list(factor.levels.map((effect) => `${effect.label} ${effectText(effect) || 'too few'}`))}; P for interaction ${pText(factor.p) || 'not known'}.`,
    );
    return ` ${comparison(one)}, overall ${effectText(one.overall) || 'not known'}.${factors.join('')}`;
  });
  const description = `${words.title}. ${words.subtitle}.${known ? parts.join('') : ' Nothing to compare yet.'}`;
  const spec = known
    ? drawSubgroups(results, comparison, { ...words, description }, options)
    : emptySpec('Nothing to compare yet.', { ...words, description }, options);
  const row = (one: SubgroupEffects, factor: string, effect: Effect, p: number | null) => ({
    comparison: comparison(one),
    factor,
    level: effect.label,
    first: effect.n[0],
    second: effect.n[1],
    difference: rounded(effect.estimate, 2),
    lower: rounded(effect.lower, 2),
    upper: rounded(effect.upper, 2),
    p: rounded(p, 3),
  });
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'comparison', label: 'Comparison', numeric: false },
        { id: 'factor', label: 'Factor', numeric: false },
        { id: 'level', label: 'Level', numeric: false },
        { id: 'first', label: 'n first', numeric: true },
        { id: 'second', label: 'n second', numeric: true },
        { id: 'difference', label: 'Difference', numeric: true },
        { id: 'lower', label: `${levelText(level)} CI from`, numeric: true },
        { id: 'upper', label: 'to', numeric: true },
        { id: 'p', label: 'P, interaction', numeric: true },
      ],
      rows: effects.flatMap((one) => [
        row(one, 'Overall', one.overall, null),
        ...one.factors.flatMap((factor) =>
          factor.levels.map((effect) => row(one, factor.label, effect, factor.p)),
        ),
      ]),
    },
  };
}

/** “−5.9 (−8.9 to −2.8)”, empty where there is no estimate. */
export function effectText({ estimate, lower, upper }: Effect): string {
  if (estimate === null || lower === null || upper === null) return '';
  return `${signed(estimate)} (${signed(lower)} to ${signed(upper)})`;
}

/** “0.66”, “0.007”, “<0.001”; empty where there is none. */
export function pText(p: number | null): string {
  if (p === null) return '';
  return p < 0.001 ? '<0.001' : p.toFixed(p < 0.1 ? 3 : 2);
}
