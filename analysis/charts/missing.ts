import type { DatasetArm, DatasetVisit } from '../dataset.ts';
import type { MissingPattern } from '../missing-patterns.ts';
import { isPooled } from '../validate.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { drawMissing } from './missing-picture.ts';
import { list, plural, share } from './numbers.ts';

export interface MissingResults {
  arms: readonly DatasetArm[];
  visits: readonly DatasetVisit[];
  /** As `missingPatterns` gives them. */
  patterns: readonly MissingPattern[];
  /** Randomised in each arm. */
  randomised: Readonly<Record<string, number>>;
}

/** Which visits' scores are missing together, and how many of each arm. */
export function missingChart(results: MissingResults, options: ChartOptions): Chart {
  const { arms, visits, patterns, randomised } = results;
  const words = {
    title: `Which visits are missing${isPooled(arms) ? ', pooled' : options.masked ? ' in which masked group' : ' in which arm'}`,
    subtitle: `Filled: score present. Ring: missing.${
      patterns.some((pattern) => pattern.visits.includes('to-come')) ? ' Dot: not yet due.' : ''
    } Bars: share of those randomised`,
  };
  const parts = patterns.map((pattern) => {
    const counts = arms
      .filter((arm) => randomised[arm.id]! > 0)
      .map(
        (arm) =>
          `${isPooled(arms) ? '' : `${arm.label} `}${share(pattern.counts[arm.id]!, randomised[arm.id]!)}`,
      );
    return ` ${patternLabel(pattern, visits)}: ${list(counts)}.`;
  });
  const none = patterns.length === 0 ? ' Nobody is randomised yet.' : '';
  const description = `${words.title}. ${plural(patterns.length, 'pattern')}.${none}${parts.join('')}`;
  const spec =
    patterns.length > 0
      ? drawMissing(results, { ...words, description }, options)
      : emptySpec('Nobody is randomised yet.', { ...words, description }, options);
  const state = { present: 'present', missing: 'missing', 'to-come': 'not yet due' };
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        ...visits.map((visit, index) => ({ id: `visit${index}`, label: visit.label, numeric: false })),
        ...arms.map((arm, index) => ({ id: `arm${index}`, label: arm.label, numeric: true })),
      ],
      rows: patterns.map((pattern) => ({
        ...Object.fromEntries(visits.map((_, index) => [`visit${index}`, state[pattern.visits[index]!]])),
        ...Object.fromEntries(arms.map((arm, index) => [`arm${index}`, pattern.counts[arm.id]!])),
      })),
    },
  };
}

/** “Complete”, “12 months missing”, “3 months missing, 12 months to come”. */
export function patternLabel({ visits: states }: MissingPattern, visits: readonly DatasetVisit[]): string {
  if (states.every((state) => state === 'present')) return 'Complete';
  const of = (wanted: string) =>
    visits.filter((_, index) => states[index] === wanted).map(({ label }) => label);
  const [missing, toCome] = [of('missing'), of('to-come')];
  return [
    ...(missing.length > 0 ? [`${visitList(missing)} missing`] : []),
    ...(toCome.length > 0 ? [`${visitList(toCome)} to come`] : []),
  ].join(', ');
}

/** “3 and 12 months” of visits named in one unit, “Week 6 and 12 months” of others. */
function visitList(labels: readonly string[]): string {
  const parts = labels.map((label) => /^(\S+) ((?:day|week|month|year)s?)$/.exec(label));
  const unit = parts.at(-1)?.[2];
  const shared = unit !== undefined && parts.every((part) => part?.[2] === unit);
  return shared ? `${list(parts.map((part) => part![1]!))} ${unit}` : list(labels);
}
