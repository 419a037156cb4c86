import type { DatasetArm } from '../dataset.ts';
import { type KaplanMeier, kaplanMeier, type SurvivalStep } from '../survival/kaplan-meier.ts';
import type { Followed } from '../survival/times.ts';
import { isUnavailable } from '../unavailable.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { decimal, levelText, percent, rounded, roundTicks } from './numbers.ts';
import { byArm } from './outcome.ts';
import { drawSurvival } from './survival-picture.ts';

export interface SurvivalResults {
  arms: readonly DatasetArm[];
  /** Arm → follow-up of each participant. */
  followed: Readonly<Record<string, readonly Followed[]>>;
  /** “Time to first response”, and what happened: “responded”. */
  label: string;
  event: string;
  /** Of the times: “weeks”. */
  unit: string;
  /** What is said of the times after the unit: “since randomisation”. */
  since?: string;
  /** Round steps of the time axis, times a power of ten. */
  steps?: number[];
  level: number;
  /** Events that are hoped for are drawn rising, as 1 − S. */
  rising: boolean;
}

export interface SurvivalCurve {
  arm: DatasetArm;
  estimate: KaplanMeier | null;
  /** At each tick: still followed and without the event, and events and censored before it. */
  risk: { atRisk: number; events: number; censored: number }[];
}

/** Times are quotients: a year of 365 days is as good as 12 months. */
const SLACK = 1e-9;

/** “12”, “7.5”: a decimal where it says something. */
const timeText = (time: number): string => decimal(time).replace(/\.0$/, '');

/** Kaplan–Meier curves with bands, censoring marks, and a table of at risk, events and censored. */
export function survivalChart(results: SurvivalResults, options: ChartOptions): Chart {
  const { arms, followed, level, rising, event, unit } = results;
  const words = {
    title: byArm(results.label, arms, options.masked),
    subtitle: `${rising ? 'Cumulative incidence (1 − Kaplan–Meier)' : 'Kaplan–Meier'} with ${levelText(level)} bands (log–log); ticks: censored`,
  };
  const longest = Math.max(0, ...Object.values(followed).flatMap((people) => people.map(({ time }) => time)));
  const ticks = roundTicks(0, longest, options.width < 440 ? 4 : 6, results.steps ?? [1, 2, 5]).filter(
    (tick) => tick <= longest + SLACK,
  );
  const curves = arms.map((arm): SurvivalCurve => {
    const people = followed[arm.id] ?? [];
    const estimate = kaplanMeier(people, level);
    const before = (tick: number, happened: boolean) =>
      people.filter((person) => person.event === happened && person.time < tick - SLACK).length;
    return {
      arm,
      estimate: isUnavailable(estimate) ? null : estimate,
      risk: ticks.map((tick) => ({
        atRisk: people.filter(({ time }) => time >= tick - SLACK).length,
        events: before(tick, true),
        censored: before(tick, false),
      })),
    };
  });
  const shown = (survival: number) => (rising ? 1 - survival : survival);
  const parts = curves.map(({ arm, estimate }) => {
    const last = estimate?.steps.at(-1);
    if (!estimate || !last) return ` ${arm.label}: nobody followed.`;
    const { median, steps } = estimate;
    const events = steps.reduce((sum, step) => sum + step.events, 0);
    const middle =
      median.estimate === null ? 'median not reached' : `median ${timeText(median.estimate)} ${unit}`;
    return ` ${arm.label}: ${events} of ${steps[0]!.atRisk} ${event}, ${middle}, ${percent(shown(last.survival))} at ${timeText(last.time)} ${unit}.`;
  });
  const description = `${words.title}. ${words.subtitle}.${parts.join('')}`;
  const known = curves.some(({ estimate }) => estimate !== null);
  const happened = curves.some(({ estimate }) => estimate?.steps.some((step) => step.events > 0));
  const spec =
    known && happened
      ? drawSurvival(results, curves, ticks, { ...words, description }, options)
      : emptySpec(known ? `Nobody ${event}.` : 'Nobody is followed yet.', { ...words, description }, options);
  const limit = (step: SurvivalStep, which: 'lower' | 'upper') => {
    const value = rising ? step[which === 'lower' ? 'upper' : 'lower'] : step[which];
    return value === null ? null : rounded(100 * shown(value));
  };
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'arm', label: 'Arm', numeric: false },
        { id: 'time', label: `Time, ${unit}`, numeric: true },
        { id: 'atRisk', label: 'At risk', numeric: true },
        { id: 'events', label: 'Events', numeric: true },
        { id: 'censored', label: 'Censored', numeric: true },
        { id: 'percent', label: rising ? `% ${event}` : '% without event', numeric: true },
        { id: 'lower', label: `${levelText(level)} CI from`, numeric: true },
        { id: 'upper', label: 'to', numeric: true },
      ],
      rows: curves.flatMap(({ arm, estimate }) =>
        (estimate?.steps ?? []).map((step) => ({
          arm: arm.label,
          time: rounded(step.time, 2),
          atRisk: step.atRisk,
          events: step.events,
          censored: step.censored,
          percent: rounded(100 * shown(step.survival)),
          lower: limit(step, 'lower'),
          upper: limit(step, 'upper'),
        })),
      ),
    },
  };
}
