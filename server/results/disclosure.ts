import { HIDDEN, lessThan } from '../../analysis/hidden.ts';
import type { Flow, FlowArm, FlowVisit, ResultRow } from '../../analysis/index.ts';

/** All counts of one view of the data: one site or all, one population. */
export interface Slice {
  flows: readonly Flow[];
  rows: readonly ResultRow[];
  /** Arm → people in the population. */
  people: Readonly<Record<string, number>>;
  /** Measure → arm → people with a score at baseline. */
  atBaseline: Readonly<Record<string, Record<string, number>>>;
  /** Scores that are there among those due. */
  complete: readonly { label: string; count: number; of: number }[];
}

type Cells = ReadonlyMap<string, readonly number[]>;

export const isSmall = (count: number, smallest: number): boolean => count > 0 && count < smallest;
export const rowBlock = ({ outcome, visit }: Pick<ResultRow, 'outcome' | 'visit'>): string =>
  `row ${outcome} ${visit}`;
const visitBlock = (visit: string): string => `visit ${visit}`;
export const completeBlock = (label: string): string => `complete ${label}`;
export const baselineBlock = (measure: string): string => `baseline ${measure}`;

/**
 * The counts that are shown together, block by block over all arms, and what follows from them by subtraction from a
 * total that is shown elsewhere.
 */
function cellsOf({ flows, rows, people, atBaseline, complete }: Slice): Cells {
  const cells = new Map<string, number[]>();
  const add = (block: string, ...counts: number[]) =>
    void cells.set(block, [...(cells.get(block) ?? []), ...counts]);
  for (const flow of flows) {
    const { excluded, awaiting, randomised } = flow;
    add('screening', excluded, awaiting, excluded + awaiting, randomised);
    add('excluded', ...flow.excludedReasons.map(({ count }) => count));
    for (const arm of flow.arms) {
      add('allocated', arm.allocated);
      add('received', arm.received, arm.neverStarted);
      add('analysed', arm.analysed, arm.notAnalysed, arm.complete, arm.allocated - arm.complete);
      for (const { visit, assessed, lost, awaited, reasons } of arm.visits)
        add(visitBlock(visit), assessed, lost, awaited, lost + awaited, ...reasons.map(({ count }) => count));
    }
  }
  for (const row of rows) {
    if (row.arm === null || row.denominator === null) continue;
    if (row.measure === 'risk-difference') continue;
    const of = row.denominator;
    add(rowBlock(row), of, people[row.arm]! - of);
    if (row.numerator !== null) add(rowBlock(row), row.numerator, of - row.numerator);
  }
  for (const [measure, arms] of Object.entries(atBaseline))
    for (const [arm, count] of Object.entries(arms)) add(baselineBlock(measure), count, people[arm]! - count);
  const all = flows[0]?.randomised ?? 0;
  for (const { label, count, of } of complete) add(completeBlock(label), count, of - count, of, all - of);
  return cells;
}

/**
 * The blocks that may not be shown. A block is shown whole or not at all, so that nothing in it can be had by
 * subtracting its neighbours; where figures by site are asked for, a block is shown only if it may be for every site, so
 * that no site is all the others from the total; and of a part of the population only if what lies between it and the
 * whole may be shown too.
 *
 * @param own the view that is asked for
 * @param siblings views of the same kind that can be asked for and subtracted: all sites one by one
 * @param whole the same views of everybody, where `own` is of a part of the population: own first, then siblings
 */
export function hiddenBlocks(
  smallest: number,
  own: Slice,
  siblings: readonly Slice[],
  whole: readonly Slice[] | null,
): Set<string> {
  const hidden = new Set<string>();
  const views = [own, ...siblings].map(cellsOf);
  for (const cells of [...views, ...(whole ?? []).map(cellsOf)])
    for (const [block, counts] of cells)
      if (counts.some((count) => isSmall(count, smallest))) hidden.add(block);
  for (const [index, one] of (whole ?? []).map(cellsOf).entries())
    for (const [block, counts] of one) {
      const part = views[index]!.get(block) ?? [];
      if (counts.some((count, at) => isSmall(Math.abs(count - (part[at] ?? 0)), smallest))) hidden.add(block);
    }
  // Of arms whose size is hidden nothing is shown.
  if (hidden.has('allocated'))
    for (const block of [own, ...siblings].flatMap((slice) => [...cellsOf(slice).keys()])) hidden.add(block);
  return hidden;
}

/** The flow with hidden counts in the place of those in hidden blocks. */
export function hideFlow(flow: Flow, hidden: ReadonlySet<string>, smallest: number): Flow {
  const all = hidden.has('allocated');
  const excluded = flow.excludedReasons.map(({ count }) => count);
  const closed = hidden.has('screening');
  const shown = closed
    ? excluded.map(() => HIDDEN)
    : hidden.has('excluded')
      ? labels(excluded, flow.excluded, smallest)
      : excluded;
  return {
    ...flow,
    ...(closed && { assessed: HIDDEN, excluded: HIDDEN, awaiting: HIDDEN }),
    randomised: isSmall(flow.randomised, smallest) ? HIDDEN : flow.randomised,
    excludedReasons: flow.excludedReasons.map((reason, index) => ({ ...reason, count: shown[index]! })),
    arms: flow.arms.map((arm) => hideArm(arm, hidden, smallest, all)),
  };
}

function hideArm(arm: FlowArm, hidden: ReadonlySet<string>, smallest: number, all: boolean): FlowArm {
  const total = all ? null : arm.allocated;
  const part = (block: string, ...counts: number[]): number[] => {
    if (!hidden.has(block)) return counts;
    return total === null ? counts.map(() => HIDDEN) : labels(counts, total, smallest);
  };
  const [received, neverStarted] = part('received', arm.received, arm.neverStarted);
  const [analysed, notAnalysed] = part('analysed', arm.analysed, arm.notAnalysed);
  return {
    ...arm,
    allocated: all ? HIDDEN : arm.allocated,
    received: received!,
    neverStarted: neverStarted!,
    analysed: analysed!,
    notAnalysed: notAnalysed!,
    complete: hidden.has('analysed') ? HIDDEN : arm.complete,
    visits: arm.visits.map((visit): FlowVisit => {
      if (!hidden.has(visitBlock(visit.visit))) return visit;
      const [assessed, lost, awaited] = part(
        visitBlock(visit.visit),
        visit.assessed,
        visit.lost,
        visit.awaited,
      );
      return { ...visit, assessed: assessed!, lost: lost!, awaited: awaited!, reasons: [] };
    }),
  };
}

/**
 * What stands for counts that add up to a total which is shown: nothing for nothing, “less than” for small ones, and
 * “hidden” for the rest. Where that, with the total, would leave a count a single value that it can have, all of them
 * are only “hidden”.
 */
export function labels(counts: readonly number[], total: number, smallest: number): number[] {
  const said = counts.map((count) => (count === 0 ? 0 : count < smallest ? lessThan(smallest) : HIDDEN));
  const low = (label: number) => (label === 0 ? 0 : label === HIDDEN ? smallest : 1);
  const high = (label: number) => (label === 0 ? 0 : label === HIDDEN ? total : smallest - 1);
  const sum = (of: (label: number) => number) => said.reduce((all, label) => all + of(label), 0);
  const isTold = said.some((label) => {
    if (label === 0 || label === HIDDEN) return false;
    const least = Math.max(low(label), total - (sum(high) - high(label)));
    const most = Math.min(high(label), total - (sum(low) - low(label)));
    return least >= most;
  });
  return isTold ? counts.map(() => HIDDEN) : said;
}

/** The rows with nothing but a word in the place of numbers of hidden blocks. */
export function hideRows(
  rows: readonly ResultRow[],
  people: Slice['people'],
  hidden: ReadonlySet<string>,
  smallest: number,
): ResultRow[] {
  return rows.map((row) => {
    if (!hidden.has(rowBlock(row))) return row;
    const of = row.denominator ?? 0;
    const own = row.arm === null || row.versus !== null ? [] : [of, people[row.arm]! - of];
    if (row.numerator !== null) own.push(row.numerator, of - row.numerator);
    const small = !hidden.has('allocated') && own.some((count) => isSmall(count, smallest));
    return {
      ...row,
      numerator: null,
      denominator: null,
      estimate: null,
      lower: null,
      upper: null,
      hidden: small ? `<${smallest}` : 'hidden',
      reason: `Counts below ${smallest}, and those that would give them away, are hidden from your role.`,
    };
  });
}
