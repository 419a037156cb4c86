import { countText } from '../../analysis/hidden.ts';
import type { Flow } from '../../analysis/index.ts';
import type { Dashboard } from './contract.ts';

/** The flow as the dashboard's strip shows it: a row for each arm, a column for each step. */
export function flowStrip(flow: Flow, sites: number, pooled: boolean): Dashboard['flow'] {
  const visits = flow.arms[0]?.visits ?? [];
  return {
    assessed: shown(flow.assessed),
    excluded: shown(flow.excluded),
    excludedReasons: flow.excludedReasons.filter(({ count }) => count >= 0),
    randomised: shown(flow.randomised),
    sites,
    columns: [
      { id: 'allocated', label: 'Allocated' },
      { id: 'received', label: 'Received treatment' },
      ...visits.map((visit) => ({ id: visit.visit, label: `${visit.label} assessed` })),
      { id: 'analysed', label: 'Analysed, primary' },
    ],
    arms: flow.arms.map((arm) => ({
      arm: pooled ? null : arm.arm,
      label: arm.label,
      cells: [
        cell(arm.allocated, arm.allocated, ''),
        cell(arm.received, arm.allocated, `${countText(arm.neverStarted)} never started`),
        ...arm.visits.map((visit) =>
          cell(
            visit.assessed,
            arm.allocated,
            [
              `${countText(visit.lost)} lost`,
              visit.awaited === 0 ? '' : `${countText(visit.awaited)} awaited`,
            ]
              .filter(Boolean)
              .join(', '),
          ),
        ),
        cell(arm.analysed, arm.allocated, `${countText(arm.notAnalysed)} excluded`),
      ],
    })),
  };
}

const shown = (count: number): number | null => (count < 0 ? null : count);

function cell(count: number, of: number, note: string) {
  return {
    count: shown(count),
    of: shown(of),
    note,
    hidden: count < 0 ? countText(count) : null,
  };
}
