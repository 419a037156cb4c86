import type { DatasetArm, DatasetVisit } from '../dataset.ts';
import { lowerFirst } from '../lower-first.ts';
import type { Trajectories } from '../trajectories.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { decimal, list, plural, rounded } from './numbers.ts';
import { byArm } from './outcome.ts';
import { drawTrajectories } from './trajectories-picture.ts';

export interface TrajectoryResults extends Trajectories {
  arms: readonly DatasetArm[];
  visits: readonly DatasetVisit[];
  /** Of the score, such as “HAM-D17”. */
  label: string;
  /** Scores that mean something of their own, such as remission; shaded. */
  band?: { label: string; atLeast?: number; atMost?: number };
}

/** With more people than this, every second, third … one is drawn; the means are of all. */
export const MOST_LINES = 200;

/** One panel for each arm: a thin line for each participant and the mean of those observed. */
export function trajectoriesChart(results: TrajectoryResults, options: ChartOptions): Chart {
  const { courses, means, arms, visits, band } = results;
  const each = Math.ceil(courses.length / MOST_LINES);
  const words = {
    title: byArm(`${results.label}, individual trajectories`, arms, options.masked),
    subtitle: `Each thin line is one participant${each > 1 ? ` (every ${ordinal(each)} is drawn)` : ''}; the thick one is the mean of those observed${band ? `. Shaded: ${lowerFirst(band.label)}` : ''}`,
  };
  const parts = arms.map((arm) => {
    const own = means.filter((one) => one.arm === arm.id);
    const at = own.map(
      ({ visit, mean, n }) => `${visits.find(({ id }) => id === visit)!.label} ${decimal(mean)} (n ${n})`,
    );
    return ` ${arm.label} mean: ${at.length > 0 ? list(at) : 'no scores'}.`;
  });
  const description = `${words.title}: ${plural(courses.length, 'participant')}.${parts.join('')}`;
  const spec =
    courses.length > 0
      ? drawTrajectories(results, each, { ...words, description }, options)
      : emptySpec('No scores yet.', { ...words, description }, options);
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'arm', label: 'Arm', numeric: false },
        { id: 'visit', label: 'Visit', numeric: false },
        { id: 'n', label: 'Observed', numeric: true },
        { id: 'mean', label: 'Mean', numeric: true },
        { id: 'least', label: 'Lowest', numeric: true },
        { id: 'most', label: 'Highest', numeric: true },
      ],
      rows: means.map(({ arm, visit, mean, n }) => {
        const values = courses.flatMap((course) =>
          course.arm === arm ? course.points.filter((point) => point.visit === visit) : [],
        );
        return {
          arm: arms.find(({ id }) => id === arm)!.label,
          visit: visits.find(({ id }) => id === visit)!.label,
          n,
          mean: rounded(mean, 2),
          least: Math.min(...values.map(({ value }) => value)),
          most: Math.max(...values.map(({ value }) => value)),
        };
      }),
    },
  };
}

function ordinal(number: number): string {
  const words = ['second', 'third', 'fourth', 'fifth'];
  return words[number - 2] ?? `${number}th`;
}
