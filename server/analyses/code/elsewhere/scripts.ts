import type { PlanDocument } from '../../plan.ts';
import { sasScript } from './sas.ts';
import { type Analysis, type Script, shapeOf } from './shape.ts';
import { spssScript } from './spss.ts';
import { stataScript } from './stata.ts';

export const PROGRAMMES = ['SAS', 'Stata', 'SPSS'] as const;
export type Programme = (typeof PROGRAMMES)[number];

const WRITE = { SAS: sasScript, Stata: stataScript, SPSS: spssScript };

/**
 * The comparisons of an analysis in a programme that isn’t here to be tested: short, of the programme’s own
 * procedures, over the estimand’s variable as `valuesOf` gives it. Where the programme has no procedure of the same
 * definition there is a reason and no script that would give other numbers.
 */
export const scriptElsewhere = (programme: Programme, plan: PlanDocument, analysis: Analysis): Script =>
  WRITE[programme](shapeOf(plan, analysis), analysis);
