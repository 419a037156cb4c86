import { dayLabel } from '../day.ts';
import type { Flow } from '../flow.ts';
import { countText } from '../hidden.ts';
import { boxLayers, RAIL } from './boxes.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { GAP, inColumns, stacked } from './consort-layout.ts';
import { flowTable } from './consort-table.ts';
import { emptySpec, frameSpec, plotWidth } from './frame.ts';
import { list, plural } from './numbers.ts';
import { armStyles } from './palette.ts';

/** Columns narrower than this would break too many lines; wider than the second there is room for the stages. */
const NARROWEST = 160;
const WITH_RAIL = 180;
const EDGES = { left: 1, right: 1, top: 1, bottom: 1 };

export interface FlowResults {
  flow: Flow;
  /** In the same order as the flow's arms. */
  arms: readonly { id: string; reference: boolean }[];
}

/**
 * Participant flow in CONSORT's layout: assessed, excluded with reasons, randomised; then a column for each arm with
 * those allocated, treated, assessed and lost at each visit, and analysed. Zero counts are shown. Where columns would
 * be too narrow to read, each arm becomes one box of its own, one under the other.
 */
export function consortChart({ flow, arms }: FlowResults, options: ChartOptions): Chart {
  const words = {
    title: 'Participant flow',
    subtitle: `CONSORT 2025 layout. Counts as of ${dayLabel(flow.asOf)}`,
  };
  const description = describe(flow);
  const table = flowTable(flow);
  if (flow.assessed === 0 && flow.randomised === 0) {
    const spec = emptySpec('Nobody is assessed for eligibility yet.', { ...words, description }, options);
    return { ...words, description, spec, table };
  }
  const width = plotWidth(options, EDGES);
  const styles = armStyles(arms, options);
  const columns = (room: number) => (room - GAP * (arms.length - 1)) / arms.length;
  const rail = columns(width - RAIL - 12) >= WITH_RAIL ? RAIL + 12 : 0;
  const column = columns(width - rail);
  const drawing =
    column >= NARROWEST ? inColumns(flow, styles, width, rail, column) : stacked(flow, styles, width);
  const spec = frameSpec(
    { ...EDGES, height: drawing.height },
    boxLayers(drawing.boxes, drawing.arrows, drawing.stages, options),
    { ...words, description },
    options,
  );
  return { ...words, description, spec, table };
}

function describe(flow: Flow): string {
  const reasons = flow.excludedReasons.map(({ label, count }) => `${label} ${countText(count)}`);
  const excluded = `${countText(flow.excluded)} excluded${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`;
  const assessed = flow.assessed < 0 ? 'hidden' : plural(flow.assessed, 'person', 'people');
  const awaiting = flow.awaiting > 0 ? `, ${flow.awaiting} still in screening` : '';
  const arms = flow.arms.map((arm) => {
    const visits = arm.visits.map((visit) => {
      const lost = visit.reasons
        .filter(({ count }) => count !== 0)
        .map(({ label, count }) => `${label} ${countText(count)}`);
      const why = lost.length > 0 ? ` (${lost.join(', ')})` : '';
      const awaited = visit.awaited !== 0 ? `, ${countText(visit.awaited)} still to come` : '';
      return `${countText(visit.assessed)} assessed at ${visit.label}, ${countText(visit.lost)} not assessed${why}${awaited}`;
    });
    const parts = [
      `${countText(arm.allocated)} allocated`,
      `${countText(arm.received)} received treatment`,
      `${countText(arm.neverStarted)} never started`,
      ...visits,
      `${countText(arm.analysed)} analysed`,
      `${countText(arm.complete)} complete`,
      `${countText(arm.notAnalysed)} not in the analysis`,
    ];
    return ` ${arm.label}: ${parts.join('; ')}.`;
  });
  const names = flow.arms.length > 1 ? ` to ${list(flow.arms.map((arm) => arm.label))}` : '';
  return (
    `Participant flow: ${assessed} assessed for eligibility, ${excluded}${awaiting}; ` +
    `${countText(flow.randomised)} randomised${names}.${arms.join('')}`
  );
}
