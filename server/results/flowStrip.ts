import type { Flow } from '../../analysis/index.ts';
import type { Dashboard } from './contract.ts';

/** The flow as the dashboard's strip shows it: a row for each arm, a column for each step. */
export function flowStrip(flow: Flow, sites: number, pooled: boolean): Dashboard['flow'] {
  const visits = flow.arms[0]?.visits ?? [];
  return {
    assessed: flow.assessed,
    excluded: flow.excluded,
    excludedReasons: flow.excludedReasons,
    randomised: flow.randomised,
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
        { count: arm.allocated, of: arm.allocated, note: '' },
        { count: arm.received, of: arm.allocated, note: `${arm.neverStarted} never started` },
        ...arm.visits.map((visit) => ({
          count: visit.assessed,
          of: arm.allocated,
          note: [`${visit.lost} lost`, visit.awaited > 0 ? `${visit.awaited} awaited` : '']
            .filter(Boolean)
            .join(', '),
        })),
        { count: arm.analysed, of: arm.allocated, note: `${arm.notAnalysed} excluded` },
      ],
    })),
  };
}
