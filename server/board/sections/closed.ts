import { meanChangeChart, responseChart } from '../../../analysis/charts/index.ts';
import type { OutcomeResults } from '../../../analysis/charts/outcome.ts';
import type { OutcomePlan } from '../../../analysis/index.ts';
import { baselineText } from '../../reports/baseline.ts';
import { numberText, rangeText, shareText } from '../../reports/numbers.ts';
import { numeric, type ReportSection, type ReportTable, words } from '../../reports/section.ts';
import type { ClosedPart, SnapshotHead } from '../document.ts';
import { countTable } from './counts.ts';

/** The closed report: outcomes, harms, withdrawals and intercurrent events, each arm behind its letter. */
export function closedSections(head: SnapshotHead, closed: ClosedPart): ReportSection[] {
  const letters = closed.arms.map(({ letter }) => letter);
  const headings = closed.arms.map(({ letter, participants }) => `${letter} (n = ${participants})`);
  return [
    {
      id: 'arms',
      title: 'Arms behind letters',
      text: [
        `${closed.arms.map(({ letter, participants }) => `${letter}: ${participants}`).join(', ')} randomised. Letters were drawn by chance for this study and stay the same in every report.`,
        'Arms are described, not compared: whether a difference crosses a boundary is for the stopping rules of the charter. Intervals are of one arm each, and unadjusted for looking more than once.',
        'Who started treatment and who attended sessions is left out, because an arm without treatment would be known by it.',
      ],
      charts: [],
      tables: [],
    },
    {
      id: 'follow-up',
      title: 'Follow-up',
      text: [],
      charts: [],
      tables: [followUpTable(closed, letters)],
    },
    {
      id: 'baseline',
      title: 'Baseline',
      text: [],
      charts: [],
      tables: [
        baselineText(closed.baseline, [
          ...closed.arms.map(({ letter, participants }) => ({ label: letter, n: participants })),
          { label: 'All', n: head.participants },
        ]),
      ],
    },
    ...closed.outcomes.map((outcome) => outcomeSection(closed, outcome as OutcomePlan)),
    {
      id: 'harms',
      title: 'Harms',
      text: ['Participants with at least one, among all randomised to the arm; then events.'],
      charts: [],
      tables: [
        countTable('Adverse events by arm', closed.harms, headings),
        ...(closed.seriousEvents.length > 0 ? [seriousTable(closed)] : []),
      ],
    },
    {
      id: 'withdrawals',
      title: 'Withdrawals',
      text: [],
      charts: [],
      tables: [countTable('What participants stopped, by arm', closed.withdrawals, headings)],
    },
    {
      id: 'intercurrent',
      title: 'Intercurrent events',
      text: [],
      charts: [],
      tables: [countTable('Intercurrent events and deaths, by arm', closed.intercurrent, headings)],
    },
  ];
}

function outcomeSection(closed: ClosedPart, outcome: OutcomePlan): ReportSection {
  const rows = closed.rows.filter((row) => row.outcome === outcome.id);
  const arms = closed.arms.map(({ letter }) => ({ id: letter, label: letter, reference: false }));
  const results = {
    outcome,
    rows,
    arms,
    visits: closed.visits,
    missing: closed.missing,
    level: closed.level,
  };
  const base = { id: `outcome-${outcome.id}`, title: outcome.label, text: [] };
  if (outcome.kind === 'change')
    return {
      ...base,
      charts: [
        (options) =>
          meanChangeChart(
            { ...(results as OutcomeResults), atBaseline: closed.atBaseline[outcome.measure] ?? {} },
            options,
          ),
      ],
      tables: [changeTable(closed, outcome.id)],
    };
  return {
    ...base,
    charts: [(options) => responseChart(results as OutcomeResults, options)],
    tables: [proportionTable(closed, outcome.id)],
  };
}

const visitLabel = ({ visits }: ClosedPart, id: string): string =>
  visits.find((visit) => visit.id === id)?.label ?? id;

/** Both rules for missing scores, so that the one of the plan hides nothing. */
function proportionTable(closed: ClosedPart, outcome: string): ReportTable {
  const rows = closed.rows.filter((row) => row.outcome === outcome && row.measure === 'proportion');
  const text = (visit: string, arm: string | null, missing: string): string[] => {
    const row = rows.find((one) => one.visit === visit && one.arm === arm && one.missing === missing);
    if (row?.numerator == null || row.denominator === null) return ['–', ''];
    return [shareText(row.numerator, row.denominator), rangeText(row.lower, row.upper)];
  };
  return {
    caption: 'By arm and visit, with Wilson’s 95% interval',
    columns: [
      words('Visit'),
      words('Arm'),
      numeric('Of those observed'),
      numeric('95% CI'),
      numeric('Missing as non-response'),
      numeric('95% CI'),
    ],
    rows: rows
      .filter(({ missing }) => missing === 'observed')
      .map(({ visit, arm }) => [
        visitLabel(closed, visit),
        arm ?? '',
        ...text(visit, arm, 'observed'),
        ...text(visit, arm, 'non-response'),
      ]),
  };
}

function changeTable(closed: ClosedPart, outcome: string): ReportTable {
  const rows = closed.rows.filter((row) => row.outcome === outcome && row.measure === 'mean-change');
  return {
    caption: 'Mean change from baseline of those with both scores, with Student’s 95% interval',
    columns: [words('Visit'), words('Arm'), numeric('n'), numeric('Mean change'), numeric('95% CI')],
    rows: rows.map((row) => [
      visitLabel(closed, row.visit),
      row.arm ?? '',
      String(row.denominator ?? 0),
      numberText(row.estimate),
      row.lower === null ? '' : `${numberText(row.lower)} to ${numberText(row.upper)}`,
    ]),
  };
}

function followUpTable({ followUp }: ClosedPart, letters: readonly string[]): ReportTable {
  return {
    caption: 'Participants at each visit',
    columns: [
      words('Visit'),
      ...letters.flatMap((letter) => [numeric(`${letter}: seen`), numeric('Lost'), numeric('To come')]),
    ],
    rows: followUp.map(({ label, cells }) => [
      label,
      ...cells.flatMap(({ assessed, lost, awaited }) => [String(assessed), String(lost), String(awaited)]),
    ]),
  };
}

function seriousTable({ seriousEvents }: ClosedPart): ReportTable {
  return {
    caption: 'Serious adverse events one by one, in the words of the site',
    asWritten: [1],
    columns: [
      words('Arm'),
      words('Event'),
      numeric('Grade'),
      words('Related'),
      words('Outcome'),
      numeric('Day'),
    ],
    rows: seriousEvents.map(({ letter, term, severity, related, outcome, day }) => [
      letter,
      term,
      String(severity),
      related ? 'yes' : 'no',
      outcome,
      day === null ? '–' : String(day),
    ]),
  };
}
