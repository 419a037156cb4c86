import type { EstimateRow } from '../../analysis/estimands/results.ts';
import { contextOf, peopleOf, runPlan } from '../../analysis/estimands/run.ts';
import { TableError } from '../../analysis/estimands/table.ts';
import { type TippingCell, tippingGrid } from '../../analysis/estimands/tipping-grid.ts';
import { Refused } from '../errors.ts';
import { VERSION } from '../version.ts';
import { asPlan, type PlanDocument } from './plan.ts';
import { readTable } from './readTable.ts';

/** A plan of one analysis with multiple imputation, and the CSV that it reads. */
export interface ImputedWork {
  plan: PlanDocument;
  data: string;
  seed: number;
  /** Repeats the analysis with these points added to imputed scores of either arm. */
  penalties: { first: number[]; second: number[] } | null;
}

export type ImputedResult = { rows: EstimateRow[] } | { cells: TippingCell[] } | { reason: string };

/** Works off an analysis of imputed data; takes seconds, so that it belongs on a thread. */
export function imputeStudy({ plan: document, data, seed, penalties }: ImputedWork): ImputedResult {
  const plan = asPlan(document);
  const [analysis] = plan.analyses;
  if (!analysis) throw new RangeError('A plan of imputed data has one analysis.');
  try {
    const table = readTable(data, 'data.csv');
    if (penalties === null) {
      const facts = {
        version: VERSION,
        node: process.versions.node,
        ranAt: '',
        planFile: '',
        planSha256: '',
        dataFile: 'data.csv',
        dataSha256: '',
      };
      return { rows: runPlan(table, plan, { seed, facts }).rows };
    }
    const { estimator, missing } = analysis;
    if (missing.method !== 'multiple-imputation' || estimator.method !== 'ancova')
      throw new RangeError('A tipping point is of an ANCOVA of multiply imputed scores.');
    const context = contextOf(plan, analysis, peopleOf(table, plan), seed);
    const cells = tippingGrid(context, estimator, { imputations: missing.imputations, ...penalties });
    return 'reason' in cells ? { reason: cells.reason } : { cells };
  } catch (error) {
    if (error instanceof Refused || error instanceof TableError) return { reason: error.message };
    throw error;
  }
}
