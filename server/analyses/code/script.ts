import type { PlanDocument } from '../plan.ts';
import { balanceScript } from './balance.ts';
import { countScript, RESTRICTED } from './counts.ts';
import { oneLine, readData } from './data.ts';
import { imputedScript } from './imputed.ts';
import { modelScript } from './models.ts';
import { vector } from './quote.ts';
import { ratioScript } from './ratios.ts';
import { rerandomisedScript } from './rerandomised.ts';
import { sampleScript } from './samples.ts';
import { stratifiedScript } from './strata.ts';

/**
 * An R script that makes the comparisons of one analysis from the run’s CSV, without Equipoise: base R, for repeated
 * measures and random effects nlme (or mmrm), for Dunnett’s limits multcomp. It prints a CSV: visit, arm, versus,
 * estimate, limits, p; and `mcse`, the Monte Carlo error, where something is drawn at random.
 */
export function scriptOf(
  plan: PlanDocument,
  analysis: PlanDocument['analyses'][number],
): { code: string } | { reason: string } {
  const { estimand, label } = analysis;
  const body = bodyOf(plan, analysis);
  if (body === null)
    return {
      reason: `${whyNot(plan, analysis)} The plan and the CSV give the same rows with equipoise analyse.`,
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

function bodyOf(plan: PlanDocument, analysis: PlanDocument['analyses'][number]): string | null {
  const { estimator, missing } = analysis;
  if (missing.method === 'multiple-imputation' || missing.method === 'reference-based')
    return imputedScript(plan, analysis);
  if (estimator.method === 'rerandomisation') return rerandomisedScript(plan, analysis, estimator);
  if (estimator.method === 'balance') return balanceScript(plan, analysis, estimator);
  return (
    stratifiedScript(plan, estimator, RESTRICTED) ??
    countScript(estimator) ??
    ratioScript(estimator) ??
    sampleScript(estimator) ??
    modelScript(plan, analysis)
  );
}

function whyNot({ data }: PlanDocument, { estimator }: PlanDocument['analyses'][number]): string {
  if (estimator.method === 'rerandomisation')
    return (
      data.unreplayable ??
      'The replay of several designs, or of people who keep their arm, isn’t written in R.'
    );
  if (estimator.method === 'mmrm')
    return `No R package here has the ${estimator.structure} structure in each arm.`;
  return `No R script is written for this way of estimating (${estimator.method}).`;
}
