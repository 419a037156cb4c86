import { consortChart, recruitmentChart } from '../../../analysis/charts/index.ts';
import { countText } from '../../../analysis/hidden.ts';
import { POOLED } from '../../../analysis/validate.ts';
import { baselineText } from '../../reports/baseline.ts';
import { numberText, shareText } from '../../reports/numbers.ts';
import { numeric, type ReportSection, words } from '../../reports/section.ts';
import type { OpenPart, SnapshotHead } from '../document.ts';
import { countTable } from './counts.ts';

const pooled = [{ id: POOLED, reference: false }];

/**
 * The open report: how the trial runs, pooled over the arms.
 *
 * @param open with small counts hidden already
 * @param smallest the smallest count that is shown; null: any
 */
export function openSections(head: SnapshotHead, open: OpenPart, smallest: number | null): ReportSection[] {
  const { recruitment, sites, flow } = open;
  const major = open.deviations.reduce((sum, one) => sum + one.major, 0);
  const minor = open.deviations.reduce((sum, one) => sum + one.minor, 0);
  return [
    {
      id: 'recruitment',
      title: 'Recruitment',
      text: [`${recruitment.count} of ${recruitment.target} randomised.`],
      charts: [(options) => recruitmentChart(recruitment, options)],
      tables: [
        {
          caption: 'By site',
          columns: [words('Site'), numeric('Target'), numeric('Randomised')],
          rows: sites.map(({ label, target, randomised }) => [
            label,
            target === null ? '–' : String(target),
            countText(randomised),
          ]),
        },
      ],
    },
    {
      id: 'flow',
      title: 'Participant flow',
      text: [],
      charts: [(options) => consortChart({ flow, arms: pooled }, options)],
      tables: [],
    },
    {
      id: 'data',
      title: 'Completeness and timeliness',
      text: ['Scores that are there among those that are due. Visits whose window is still open aren’t due.'],
      charts: [],
      tables: [
        {
          caption: 'Completeness of scores',
          columns: [words('Score'), numeric('There, of those due')],
          rows: open.completeness.map(({ label, count, of }) => [label, shareText(count, of)]),
        },
        {
          caption: 'Visits after baseline, when they took place',
          columns: [words('Visit'), numeric('Within the window'), numeric('Median days from target')],
          rows: open.timeliness.map(({ label, inside, of, median }) => [
            label,
            shareText(inside, of),
            median === null ? '–' : numberText(median, Number.isInteger(median) ? 0 : 1),
          ]),
        },
      ],
    },
    {
      id: 'baseline',
      title: 'Baseline',
      text: [],
      charts: [],
      tables: [baselineText(open.baseline, [{ label: 'All', n: head.participants }], smallest)],
    },
    {
      id: 'safety',
      title: 'Safety',
      text: ['Of everybody randomised, all arms together.'],
      charts: [],
      tables: [countTable('Adverse events', open.safety, ['All'])],
    },
    {
      id: 'deviations',
      title: 'Protocol deviations',
      text: open.deviations.some((one) => one.major < 0 || one.minor < 0)
        ? ['Recorded by people or following from the data.']
        : [`${major} major and ${minor} minor, recorded by people or following from the data.`],
      charts: [],
      tables: [
        {
          caption: 'Deviations by category',
          columns: [words('Category'), numeric('Major'), numeric('Minor')],
          rows: open.deviations.map((one) => [one.label, countText(one.major), countText(one.minor)]),
        },
      ],
    },
    {
      id: 'withdrawals',
      title: 'Withdrawals',
      text: [],
      charts: [],
      tables: [
        countTable('What participants stopped', open.withdrawals, ['All']),
        {
          caption: 'Why participants left, one reason for each',
          columns: [words('Reason'), numeric('Participants')],
          rows: open.lossReasons.map(({ label, count }) => [label, countText(count)]),
        },
      ],
    },
  ];
}
