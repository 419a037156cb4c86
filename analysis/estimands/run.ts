import { seededUniform } from '../resampling/generator.ts';
import { drive, type Steps } from '../tasks/task.ts';
import { adjustRisks } from './adjusted-binary.ts';
import { adjustRows } from './adjustment.ts';
import { analyseAncova } from './ancova.ts';
import { testAssociation } from './association.ts';
import { analyseBalance } from './balance.ts';
import type { Context } from './context.ts';
import { describe } from './described.ts';
import { analyseImputed } from './imputed.ts';
import { methodText, referencesOf, summarise } from './methods.ts';
import { analyseRepeated } from './mixed.ts';
import { analyseNested } from './nested.ts';
import type { AnalysisDefinition, AnalysisPlan } from './plan.ts';
import { compareProportions } from './proportions.ts';
import { type Person, readPeople } from './records.ts';
import { testRerandomised } from './rerandomised.ts';
import type { EngineFacts, EstimateRow, PlanResults } from './results.ts';
import type { Table } from './table.ts';
import { markConclusions, tippingText } from './tipping.ts';
import { compareValues } from './two-groups.ts';

/**
 * Runs every analysis of a plan on a table: the same table, plan and seed give the same rows on every machine, in
 * whatever order the table's rows come, and each analysis draws from a stream of its own, so that adding one doesn't
 * move the others.
 *
 * A number that can't be had (an empty arm, separation, a singular covariance) is null with a reason in its row; the
 * other rows stand.
 *
 * Long computations are cut into tasks, which `drive` works on here and `driveWith` hands to threads; the numbers are
 * the same either way.
 *
 * @param plan one that the plan's checks have passed
 * @param seed whole number from 0
 * @throws TableError for a table that contradicts itself or the plan
 */
export const runPlan = (table: Table, plan: AnalysisPlan, options: RunOptions): PlanResults =>
  drive(planSteps(table, plan, options));

export interface RunOptions {
  seed: number;
  facts: EngineFacts;
  /** Told after each analysis how many are done. */
  onAnalysis?: ((done: number) => void) | undefined;
}

/** The same in steps. */
export function* planSteps(
  table: Table,
  plan: AnalysisPlan,
  { seed, facts, onAnalysis }: RunOptions,
): Steps<PlanResults> {
  const people = peopleOf(table, plan);
  const contexts = plan.analyses.map((analysis) => contextOf(plan, analysis, people, seed));
  const rows: EstimateRow[] = [];
  const tipping = new Map<Context, string[]>();
  for (const [index, context] of contexts.entries()) {
    const own = markConclusions(context, adjustRows(yield* runOne(context), context.analysis));
    tipping.set(context, tippingText(context, own));
    rows.push(...own);
    onAnalysis?.(index + 1);
  }
  return {
    format: 'equipoise-results/1',
    ...(plan.synthetic !== undefined && { synthetic: plan.synthetic }),
    plan: {
      id: plan.id,
      title: plan.title,
      file: facts.planFile,
      sha256: facts.planSha256,
      level: plan.level,
    },
    data: {
      file: facts.dataFile,
      sha256: facts.dataSha256,
      rows: table.rows.length,
      participants: people.length,
    },
    engine: { name: 'equipoise', version: facts.version, node: facts.node, ranAt: facts.ranAt, seed },
    arms: plan.arms.map(({ id, label, reference }) => ({
      id,
      label,
      reference,
      participants: people.filter((person) => person.arm === id).length,
    })),
    visits: plan.data.visits.map(({ id, label, day, baseline }) => ({ id, label, day, baseline })),
    measures: plan.data.measures.map(({ id, label, better }) => ({ id, label, better })),
    analyses: contexts.map((context) => {
      const { analysis, notes } = context;
      return {
        id: analysis.id,
        label: analysis.label,
        role: analysis.role,
        perPlan: analysis.prespecified,
        estimand: summarise(plan, analysis),
        variable: analysis.estimand.variable,
        missing: analysis.missing.method,
        method: [methodText(plan, analysis), ...tipping.get(context)!].join(' '),
        references: referencesOf(analysis),
        notes: [...tipping.get(context)!, ...notes],
      };
    }),
    rows,
    described: describe(plan, people),
  };
}

/** Everyone in the table, in an order of their own: what is drawn at random doesn't depend on the order of the rows. */
export const peopleOf = (table: Table, plan: AnalysisPlan): Person[] =>
  readPeople(table, plan).toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** What one analysis works on; its stream of random numbers is its own. */
export function contextOf(
  plan: AnalysisPlan,
  analysis: AnalysisDefinition,
  people: Person[],
  seed: number,
): Context {
  return {
    plan,
    analysis,
    people: people.filter((person) => person.populations.has(analysis.estimand.population)),
    everyone: people,
    uniform: seededUniform(streamOf(seed, analysis.id)),
    notes: new Set(),
  };
}

function* runOne(context: Context): Steps<EstimateRow[]> {
  const { estimator, missing } = context.analysis;
  if (missing.method === 'multiple-imputation' || missing.method === 'reference-based') {
    if (estimator.method === 'ancova' || estimator.method === 'risk-difference')
      return analyseImputed(context, estimator, missing);
    throw new RangeError(`The estimator ${estimator.method} doesn't take imputed data.`);
  }
  switch (estimator.method) {
    case 'risk-difference':
    case 'risk-ratio':
    case 'odds-ratio':
    case 'number-needed':
      return compareProportions(context, estimator);
    case 'chi-square':
    case 'fisher':
    case 'cochran-mantel-haenszel':
      return testAssociation(context, estimator);
    case 'logistic':
    case 'standardisation':
    case 'modified-poisson':
      return yield* adjustRisks(context, estimator);
    case 'rerandomisation':
      return yield* testRerandomised(context, estimator);
    case 'welch':
    case 'mann-whitney':
    case 'kruskal-wallis':
    case 'hedges-g':
    case 'bootstrap':
      return compareValues(context, estimator);
    case 'balance':
      return analyseBalance(context, estimator);
    case 'ancova':
      return analyseAncova(context, estimator);
    case 'mmrm':
    case 'random-intercept':
    case 'random-slope':
      return analyseRepeated(context, estimator);
    case 'partially-nested':
      return analyseNested(context, estimator);
  }
}

/** The seed of one analysis: FNV-1a over its identifier, started from the run's seed. */
function streamOf(seed: number, id: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
