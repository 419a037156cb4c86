import { analyse, type ResultRow } from '../../analysis/index.ts';
import type { Caller, Services } from '../services.ts';
import { datasetOf } from './dataset.ts';
import { planOf } from './plan.ts';
import { reach } from './reach.ts';

/** Every estimate behind the dashboard; pooled over the arms for a blinded caller. */
export async function resultRows(
  services: Services,
  caller: Caller,
  query: { site?: string; population: 'all-randomised' | 'started-treatment' },
): Promise<{ asOf: string; masked: boolean; rows: ResultRow[] }> {
  const { study, blinded } = caller;
  return services.db.snapshot(async (db) => {
    const dataset = await datasetOf(services, db, study, {
      sites: reach(caller, query.site),
      pooled: blinded,
    });
    const plan = planOf(study, query.population);
    return {
      asOf: study.changedAt,
      masked: blinded,
      rows: analyse(dataset, blinded ? { ...plan, contrasts: [] } : plan),
    };
  });
}
