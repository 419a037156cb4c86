import type { Flow } from '../flow.ts';
import { countText, HIDDEN } from '../hidden.ts';
import type { ChartTable } from './chart.ts';
import { awaitedAt } from './consort-lines.ts';

const cell = (count: number): number | string => (count < 0 ? countText(count) : count);

/** The counts of the flow, a row for each stage and a column for each arm. */
export function flowTable(flow: Flow): ChartTable {
  const arms = flow.arms.map((arm, index) => ({ id: `arm${index}`, arm }));
  const single = arms.length === 1;
  const perArm = (stage: string, count: (index: number) => number) => {
    const counts = arms.map((_, index) => count(index));
    return {
      stage,
      all: counts.some((value) => value < 0)
        ? cell(single ? counts[0]! : HIDDEN)
        : counts.reduce((sum, value) => sum + value, 0),
      ...(single ? {} : Object.fromEntries(arms.map(({ id }, index) => [id, cell(counts[index]!)]))),
    };
  };
  const alone = (stage: string, all: number | string) => ({
    stage,
    all,
    ...(single ? {} : Object.fromEntries(arms.map(({ id }) => [id, null]))),
  });
  const first = flow.arms[0];
  return {
    columns: [
      { id: 'stage', label: 'Stage', numeric: false },
      { id: 'all', label: 'All', numeric: true },
      ...(single ? [] : arms.map(({ id, arm }) => ({ id, label: arm.label, numeric: true }))),
    ],
    rows: [
      alone('Assessed for eligibility', cell(flow.assessed)),
      alone('Excluded', cell(flow.excluded)),
      ...flow.excludedReasons.map(({ label, count }) => alone(`Excluded: ${label}`, cell(count))),
      ...(flow.awaiting > 0 ? [alone('Still in screening', flow.awaiting)] : []),
      {
        ...perArm('Randomised', (index) => flow.arms[index]!.allocated),
        all: cell(flow.randomised),
      },
      perArm('Received treatment', (index) => flow.arms[index]!.received),
      perArm('Never started', (index) => flow.arms[index]!.neverStarted),
      ...(first?.visits ?? []).flatMap((visit, at) => [
        perArm(`${visit.label}: assessed`, (index) => flow.arms[index]!.visits[at]!.assessed),
        ...(awaitedAt(flow, at)
          ? [perArm(`${visit.label}: still to come`, (index) => flow.arms[index]!.visits[at]!.awaited)]
          : []),
        perArm(`${visit.label}: not assessed`, (index) => flow.arms[index]!.visits[at]!.lost),
        ...visit.reasons.map(({ label }, reason) =>
          perArm(`${visit.label}: ${label}`, (index) => flow.arms[index]!.visits[at]!.reasons[reason]!.count),
        ),
      ]),
      perArm('Analysed, primary', (index) => flow.arms[index]!.analysed),
      perArm('Complete cases', (index) => flow.arms[index]!.complete),
      perArm('Not in the analysis', (index) => flow.arms[index]!.notAnalysed),
    ],
  };
}
