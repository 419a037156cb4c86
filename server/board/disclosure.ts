import { HIDDEN } from '../../analysis/hidden.ts';
import { type Cumulative, type Recruitment, recruitment } from '../../analysis/recruitment.ts';
import { hiddenBlocks, hideFlow, isSmall } from '../results/disclosure.ts';
import { inSteps } from '../results/recruited.ts';
import type { CountRow, OpenPart } from './document.ts';

/**
 * The open part as it is shown to whoever isn’t shown counts below `smallest`: rows with one, or that leave so few out,
 * are hidden whole, and where the rows of a table add up to what is shown elsewhere, all of them. The baseline table is
 * left to whoever writes it. The snapshot itself stays as it is.
 */
export function withoutSmall(open: OpenPart, smallest: number): OpenPart {
  const few = (...counts: number[]): boolean => counts.some((count) => isSmall(count, smallest));
  const slice = { flows: [open.flow], rows: [], people: {}, atBaseline: {}, complete: [] };
  // Events of all, less those of a row that is shown, would be those of a hidden one.
  const row = (one: CountRow): CountRow => {
    const hidden = one.cells.some(({ count, of }) => few(count, of - count, of));
    const none = { count: HIDDEN, events: null, lower: null, upper: null };
    return {
      ...one,
      cells: one.cells.map((cell) => ({ ...cell, events: null, ...(hidden && none) })),
    };
  };
  const share = (count: number, of: number): boolean => few(count, of - count, of, open.flow.randomised - of);
  const sites = few(...open.sites.map(({ randomised }) => randomised));
  const losses = few(...open.lossReasons.map(({ count }) => count));
  return {
    ...open,
    recruitment: stepwise(open.recruitment, smallest),
    sites: sites ? open.sites.map((site) => ({ ...site, randomised: HIDDEN })) : open.sites,
    flow: hideFlow(open.flow, hiddenBlocks(smallest, slice, [], null), smallest),
    completeness: open.completeness.map((one) =>
      share(one.count, one.of) ? { ...one, count: HIDDEN } : one,
    ),
    timeliness: open.timeliness.map((one) =>
      share(one.inside, one.of) ? { ...one, inside: HIDDEN, median: null } : one,
    ),
    safety: open.safety.map(row),
    deviations: open.deviations.map((one) =>
      few(one.minor, one.major) ? { ...one, minor: HIDDEN, major: HIDDEN } : one,
    ),
    withdrawals: open.withdrawals.map(row),
    lossReasons: losses ? open.lossReasons.map((one) => ({ ...one, count: HIDDEN })) : open.lossReasons,
  };
}

/** Recruitment in steps of no fewer than `smallest`, with its forecast made from these. */
function stepwise({ target, asOf, series, planned }: Recruitment, smallest: number): Recruitment {
  const rises = series
    .map(({ on, count }, index) => ({
      randomisedOn: on,
      site: '',
      count: count - (series[index - 1]?.count ?? 0),
    }))
    .filter(({ count }) => count > 0);
  const endOf = inSteps(rises, smallest);
  const days = endOf
    ? rises.flatMap(({ randomisedOn, count }) => Array.from({ length: count }, () => endOf(randomisedOn)))
    : [];
  const [from, to] = (planned ?? []).map(({ on }: Cumulative) => on);
  return recruitment(days, { target, asOf, ...(from && { from }), ...(to && { to }) });
}
