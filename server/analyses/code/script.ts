import type { PlanDocument } from '../plan.ts';
import { countScript } from './counts.ts';
import { oneLine, readData } from './data.ts';
import { modelScript } from './models.ts';
import { vector } from './quote.ts';

/**
 * An R script that makes the comparisons of one analysis from the run’s CSV, without Equipoise: base R, for repeated
 * measures nlme (or mmrm), for Dunnett’s limits multcomp. It prints a CSV: visit, arm, versus, estimate, limits, p.
 */
export function scriptOf(
  plan: PlanDocument,
  analysis: PlanDocument['analyses'][number],
): { code: string } | { reason: string } {
  const { estimand, estimator, missing, label, adjust } = analysis;
  if (missing.method === 'multiple-imputation' || missing.method === 'reference-based')
    return {
      reason:
        'Imputed values are drawn at random, and R draws others. The plan and the CSV give the same rows with equipoise analyse.',
    };
  const body = adjust === 'tukey' ? null : (countScript(estimator) ?? modelScript(plan, analysis));
  if (body === null)
    return {
      reason: `No R script is written for this way of estimating (${estimator.method}). The plan and the CSV give the same rows with equipoise analyse.`,
    };
  return {
    code: `# ${oneLine(plan.title)}: ${oneLine(label)}
# Run it beside the data: Rscript code.R data.csv

${readData(plan, analysis)}
${body.replaceAll('VISITS', vector(estimand.visits))}
write.csv(format(out, digits = 12, trim = TRUE), row.names = FALSE, quote = FALSE)
`,
  };
}
