import { comparisons, type FurtherCharts } from '../../analysis/charts/index.ts';
import { notFound } from '../errors.ts';
import { answersOf, askedAnswers } from './answers.ts';
import { covariatesOf, measuresOf, subgroupsOf } from './baseline.ts';
import { type ChartId, type ChartQuestion, type FurtherId, furtherId } from './contract.ts';
import { imputedRates } from './imputedRates.ts';
import type { Material } from './material.ts';
import type { Reader } from './reader.ts';
import { queryAgesOf, siteCountsOf, visitTimesOf } from './running.ts';
import { comparison, tippingOf } from './tipping.ts';

/**
 * Of how the trial is carried out. Behind letters there are no others: a mark for each person, or a step where somebody
 * left, would give a letter to whoever knows that person.
 */
const aboutTheTrial: readonly FurtherId[] = ['sites', 'timeliness', 'query-ageing'];

/** The charts beyond the dashboard that the study has for the reader; none that compares arms under a mask. */
export function furtherFor({ study, showing, smallest }: Reader, material: Material): FurtherId[] {
  const { masked, plan } = material;
  const { document } = study;
  const absent = (id: FurtherId): boolean => {
    // Charts that count or mark people in ways of their own have no version without small counts.
    if (smallest !== null && id !== 'query-ageing') return true;
    if (showing === 'masked' && !aboutTheTrial.includes(id)) return true;
    if (id === 'missing-rules') return material.outcome === undefined;
    if (id === 'tipping') return comparison(study, material, {}) === null;
    if (id === 'items') return askedAnswers(study, {}) === null;
    if (id === 'survival') return !document.events.some(({ kind }) => kind === 'withdrawal');
    if (comparisons.includes(id) && masked) return true;
    if (id === 'subgroups') return subgroupsOf(document).length === 0 || !points(plan);
    return ['cumulative', 'raincloud', 'waterfall'].includes(id) && !points(plan);
  };
  return furtherId.options.filter((id) => !absent(id));
}

/** Whether an outcome tells which way a score gets better. */
function points(plan: Material['plan']): boolean {
  return plan.outcomes.some(({ kind }) => kind !== 'threshold');
}

/** The material with what this one chart is made of. */
export async function drawable(
  reader: Reader,
  id: ChartId,
  material: Material,
  query: ChartQuestion,
): Promise<Drawable> {
  const further = furtherId.safeParse(id);
  if (!further.success) return material;
  if (!furtherFor(reader, material).includes(further.data)) throw notFound('This chart of the study');
  const { waiting, ...parts } = await partOf(reader, further.data, material, query);
  return { ...material, further: parts, ...(waiting && { waiting }) };
}

/** What one chart is drawn from; `waiting` settles when a part that isn’t in it yet has been computed. */
export interface Drawable extends Material {
  waiting?: Promise<unknown>;
}

async function partOf(
  reader: Reader,
  id: FurtherId,
  material: Material,
  query: ChartQuestion,
): Promise<FurtherCharts & { waiting?: Promise<unknown> }> {
  const { study } = reader;
  switch (id) {
    case 'missing-rules': {
      const { rates, waiting } = imputedRates(reader, material);
      return { imputed: rates, ...(waiting && { waiting }) };
    }
    case 'tipping':
      return tippingOf(reader, material, query);
    case 'items':
      return { items: (await answersOf(reader, material, query)) ?? undefined };
    case 'balance':
      return { covariates: covariatesOf(study) };
    case 'subgroups':
      return { measures: measuresOf(study), subgroups: subgroupsOf(study.document) };
    case 'sites':
      return { sites: await siteCountsOf(reader, material) };
    case 'timeliness':
      return { timeliness: await visitTimesOf(reader, material.query.site) };
    case 'query-ageing':
      return { queries: await queryAgesOf(reader, material.query.site) };
    default:
      return { measures: measuresOf(study) };
  }
}
