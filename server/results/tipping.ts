import type { FurtherCharts } from '../../analysis/charts/index.ts';
import type { Dataset } from '../../analysis/index.ts';
import { indexScores } from '../../analysis/scores.ts';
import { notValid } from '../errors.ts';
import type { Study } from '../studies/study.ts';
import type { ChartCard, ChartQuestion } from './contract.ts';
import { imputed } from './imputed.ts';
import { againstReference, IMPUTATIONS, imputedWork } from './imputedWork.ts';
import type { Material } from './material.ts';
import type { Reader } from './reader.ts';

/** Penalties go up to so many steps; a step is about half a standard deviation of the score. */
const STEPS = { first: 7, second: 3 };

/**
 * What a tipping point is of: the change of the chosen outcome’s measure at the primary visit, one arm against the
 * reference. Null where arms are hidden, or no change was measured yet.
 *
 * @throws {Refused} for an arm that the study doesn’t have or that is the reference
 */
export function comparison(
  { document, instruments }: Study,
  { masked, dataset, plan, outcome, primary, visit: chosen }: Material,
  { arm }: Pick<ChartQuestion, 'arm'>,
) {
  const pairs = againstReference(dataset);
  if (masked || pairs.length === 0) return null;
  const pair = arm === undefined ? pairs[0] : pairs.find(([first]) => first === arm);
  if (!pair) throw notValid(`“${arm}” isn’t an arm that is compared with the reference.`);
  const measure = plan.outcomes.find(({ id }) => id === outcome)?.measure;
  const changes = plan.outcomes.filter((one) => one.kind === 'change');
  const change = changes.find((one) => one.measure === measure) ?? changes[0];
  if (!change) return null;
  const scores = indexScores(dataset);
  const reached = dataset.visits.filter(({ id, baseline }) => !baseline && scores.any(id, change.measure));
  const wanted = chosen ?? primary?.[0]?.visit;
  const visit = reached.find(({ id }) => id === wanted) ?? reached.at(-1);
  if (!visit) return null;
  const instrument = document.outcomes.find(({ id }) => id === change.id)!.instrument;
  return { pairs, pair, change, visit, label: `${instruments.get(instrument)!.short} at ${visit.label}` };
}

/** What the tipping point can be asked; undefined with a single comparison. */
export function tippingChoices(study: Study, material: Material, query: ChartQuestion): ChartCard['choices'] {
  const found = comparison(study, material, query);
  if (found === null || found.pairs.length < 2) return undefined;
  const label = (id: string) => material.dataset.arms.find((arm) => arm.id === id)?.label ?? id;
  const options = found.pairs.map(([first, second]) => ({
    id: first,
    label: `${label(first)} − ${label(second)}`,
  }));
  return [{ name: 'arm', label: 'Comparison', value: found.pair[0], options }];
}

/** The work of a tipping point, for a thread. */
export function tippingWork(study: Study, material: Material, query: ChartQuestion) {
  const found = comparison(study, material, query);
  if (found === null) return null;
  const { pair, change, visit } = found;
  const asked = {
    treatments: [pair],
    outcome: change.id,
    visits: [visit.id],
    summary: 'mean-difference' as const,
  };
  return {
    found,
    work: imputedWork(study, material, asked, penaltiesOf(material.dataset, change, visit.id)),
  };
}

/** The grid as the chart takes it: its cells, or that they are being computed. */
export function tippingOf(
  { place, study }: Reader,
  material: Material,
  query: ChartQuestion,
): { tipping?: NonNullable<FurtherCharts['tipping']>; waiting?: Promise<unknown> } {
  const asked = tippingWork(study, material, query);
  if (asked === null) return {};
  const { found, work } = asked;
  const { done, ended } = imputed(place, work);
  const label = (id: string) => material.dataset.arms.find((arm) => arm.id === id)?.label ?? id;
  const shown = {
    first: label(found.pair[0]),
    second: label(found.pair[1]),
    label: found.label,
    level: material.plan.level,
    how: `ANCOVA, ${IMPUTATIONS} imputations`,
    worse: found.change.better === 'lower' ? ('higher' as const) : ('lower' as const),
  };
  const without = (reason: string) => ({ tipping: { ...shown, cells: [], without: reason } });
  if (done === null) return { ...without('Multiple imputation is being computed.'), waiting: ended };
  if ('cells' in done) return { tipping: { ...shown, cells: done.cells } };
  return without('reason' in done ? done.reason : 'Nothing is imputed.');
}

/** Ever worse in the first arm, and both ways in the second. */
function penaltiesOf(
  dataset: Dataset,
  { measure, better }: { measure: string; better: 'lower' | 'higher' },
  visit: string,
) {
  const values = dataset.scores
    .filter((score) => score.visit === visit && score.measure === measure)
    .map(({ value }) => value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1),
  );
  const step = roundStep(sd / 2) * (better === 'lower' ? 1 : -1);
  const times = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * step).toPrecision(12)) + 0);
  return { first: times(0, STEPS.first), second: times(-STEPS.second, STEPS.second) };
}

/** The nearest of 1, 2, 3, 4, 5 and 10 times a power of ten. */
function roundStep(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 4, 5, 10]
    .map((times) => times * power)
    .reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best));
}
