import { comparisons, type FurtherCharts } from '../../analysis/charts/index.ts';
import type { Connection } from '../db/database.ts';
import type { Caller, Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import { answersOf, askedAnswers } from './answers.ts';
import { covariatesOf, measuresOf, subgroupsOf } from './baseline.ts';
import { type ChartId, type ChartQuery, type FurtherId, furtherId } from './contract.ts';
import { imputedRates } from './imputedRates.ts';
import type { Material } from './material.ts';
import { queryAgesOf, siteCountsOf, visitTimesOf } from './running.ts';
import { comparison, tippingOf } from './tipping.ts';

/** The charts beyond the dashboard that the study has for the caller; none that compares arms under a mask. */
export function furtherFor(study: Study, material: Material): FurtherId[] {
  const { masked, plan } = material;
  const { document } = study;
  const absent = (id: FurtherId): boolean => {
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
  services: Services,
  db: Connection,
  caller: Caller,
  id: ChartId,
  material: Material,
  query: ChartQuery,
): Promise<Drawable> {
  const further = furtherId.safeParse(id);
  if (!further.success) return material;
  const { waiting, ...parts } = await partOf(services, db, caller, further.data, material, query);
  return { ...material, further: parts, ...(waiting && { waiting }) };
}

/** What one chart is drawn from; `waiting` settles when a part that isn’t in it yet has been computed. */
export interface Drawable extends Material {
  waiting?: Promise<unknown>;
}

async function partOf(
  services: Services,
  db: Connection,
  caller: Caller,
  id: FurtherId,
  material: Material,
  query: ChartQuery,
): Promise<FurtherCharts & { waiting?: Promise<unknown> }> {
  const { study } = caller;
  switch (id) {
    case 'missing-rules': {
      const { rates, waiting } = imputedRates(services.db, caller, material);
      return { imputed: rates, ...(waiting && { waiting }) };
    }
    case 'tipping':
      return tippingOf(services.db, caller, material, query);
    case 'items':
      return { items: (await answersOf(db, caller, material, query)) ?? undefined };
    case 'balance':
      return { covariates: covariatesOf(study) };
    case 'subgroups':
      return { measures: measuresOf(study), subgroups: subgroupsOf(study.document) };
    case 'sites':
      return { sites: await siteCountsOf(db, caller, material) };
    case 'timeliness':
      return { timeliness: await visitTimesOf(services, db, caller, material.query.site) };
    case 'query-ageing':
      return { queries: await queryAgesOf(services, db, caller, material.query.site) };
    default:
      return { measures: measuresOf(study) };
  }
}
