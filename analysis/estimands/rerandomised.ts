import { armsOfStages, type Placed, type Stage } from '../../randomisation/index.ts';
import { leastSquares } from '../linear/least-squares.ts';
import { buildDesign } from '../models/design.ts';
import { meanDifference, slackOf } from '../tasks/rerandomise.ts';
import { pieces, type Steps } from '../tasks/task.ts';
import type { Unavailable } from '../unavailable.ts';
import { type Context, type Numbers, nobodyIn, rowOf } from './context.ts';
import { BASELINE, covariateVariables, isConstantFactor, type ModelRow, modelRows } from './model-rows.ts';
import { type Estimator, isBinary, type PlanAllocation } from './plan.ts';
import { designAt, type Person } from './records.ts';
import type { EstimateRow } from './results.ts';

type Rerandomised = Extract<Estimator, { method: 'rerandomisation' }>;

/**
 * Re-randomisation test: everyone ever allocated is allocated anew, in their order and with their factors, by the
 * trial's own procedure, and the difference of means (or of proportions) is computed each time among those who are
 * analysed. With S of m differences at least as large in size as the observed one, p = (S + 1)/(m + 1): valid whatever
 * the procedure, minimisation included (Simon R, Simon NR. Stat Probab Lett 2011;81:767–772; Phipson & Smyth 2010).
 *
 * With covariates the outcome is first regressed on them, without the arm, and the residuals take its place (Gail MH,
 * Tan WY, Piantadosi S. Biometrika 1988;75:57–64).
 */
export function* testRerandomised(context: Context, estimator: Rerandomised): Steps<EstimateRow[]> {
  const { plan, analysis } = context;
  const { allocation } = plan.data;
  const { covariates, baseline, replicates } = estimator;
  const result: EstimateRow[] = [];
  const everyone = context.everyone
    .filter((person) => person.allocation !== null)
    .toSorted((a, b) => a.allocation!.order - b.allocation!.order);
  const unordered = context.everyone.length - everyone.length;
  if (unordered > 0)
    context.notes.add(`${unordered} without a place in the order of allocation were left out of the test.`);
  const measure = isBinary(analysis.estimand.variable) ? 'risk-difference' : 'mean-difference';
  for (const visit of analysis.estimand.visits) {
    const rows = modelRows(context, visit, covariates, baseline);
    const outcome = outcomesOf(context, rows, [...(baseline ? [BASELINE] : []), ...covariates], everyone);
    for (const [arm, versus] of analysis.estimand.treatments) {
      const size = (id: string) => rows.filter(({ person }) => person.arm === id).length;
      const base: Numbers = {
        arm,
        versus,
        n: size(arm),
        nVersus: size(versus),
        method: `re-randomisation, ${replicates} replays of the allocation`,
      };
      const empty = base.n === 0 ? arm : base.nVersus === 0 ? versus : null;
      if (!allocation || empty !== null || 'reason' in outcome) {
        const reason =
          empty !== null
            ? nobodyIn(context, empty, visit)
            : 'reason' in outcome
              ? outcome.reason
              : (plan.data.unreplayable ?? 'The plan doesn’t say how participants were allocated.');
        result.push(rowOf(context, visit, measure, { ...base, reason }));
        continue;
      }
      const stages = stagesOf(allocation, everyone);
      const kept = stages.flatMap(({ participants }) => participants).filter(({ fixed }) => fixed).length;
      if (kept === everyone.length) {
        const reason =
          'Nobody was placed by chance that could be played again: lists, envelopes and imports are fixed.';
        result.push(rowOf(context, visit, measure, { ...base, reason }));
        continue;
      }
      if (kept > 0)
        context.notes.add(
          `${kept} of ${everyone.length} kept their arm in every replay: they came from a list, an envelope or an import, where there is no chance to play again. The test is conditional on them.`,
        );
      const ids = armsOfStages(stages);
      const [first, second] = [ids.indexOf(arm), ids.indexOf(versus)];
      const positions = everyone.map((person) => ids.indexOf(person.arm));
      const observed = meanDifference(positions, outcome, first, second);
      const drawn = yield pieces(replicates).map((count) => ({
        kind: 'rerandomisation',
        stages,
        outcome,
        first,
        second,
        replicates: count,
        seed: Math.floor(context.uniform() * 2 ** 32),
      }));
      if (observed === null) {
        const reason = 'Nobody who is analysed has a place in the order of allocation.';
        result.push(rowOf(context, visit, measure, { ...base, reason }));
        continue;
      }
      const atLeast = Math.abs(observed) - slackOf(outcome);
      let [extreme, total] = [0, 0];
      for (const differences of drawn)
        for (const difference of differences) {
          total++;
          if (Math.abs(difference) >= atLeast) extreme++;
        }
      const p = (extreme + 1) / (total + 1);
      result.push(rowOf(context, visit, measure, { ...base, estimate: observed, p }));
    }
  }
  return result;
}

/** Everyone under the design that was in force for them; fixed are those from a list, and those whom no design placed. */
function stagesOf(allocation: PlanAllocation, everyone: readonly Person[]): Stage[] {
  const designs = [...new Set(everyone.map((person) => designAt(allocation, person.allocation!.order)))];
  return designs.map((design) => ({
    design,
    participants: everyone.flatMap(({ arm, allocation: own }): Placed[] => {
      if (designAt(allocation, own!.order) !== design) return [];
      const isFixed = own!.fixed || design.scheme.kind === 'list';
      return [{ factors: own!.factors, ...(isFixed && { fixed: arm }) }];
    }),
  }));
}

/** The outcome of everyone in the order of allocation, NaN for those who aren't analysed. */
function outcomesOf(
  context: Context,
  rows: readonly ModelRow[],
  names: readonly string[],
  everyone: readonly Person[],
): Float64Array | Unavailable {
  const left =
    names.length === 0 ? { values: rows.map(({ value }) => value) } : residuals(context, rows, names);
  if ('reason' in left) return left;
  const { values } = left;
  const of = new Map(rows.map(({ person }, i) => [person.id, values[i]!]));
  return Float64Array.from(everyone, ({ id }) => of.get(id) ?? Number.NaN);
}

function residuals(
  context: Context,
  rows: readonly ModelRow[],
  names: readonly string[],
): { values: ArrayLike<number> } | Unavailable {
  const y = rows.map(({ value }) => value);
  const variables = covariateVariables(context, rows, names);
  const terms = names.filter((name) => !isConstantFactor(variables[name]!)).map((name) => [name]);
  if (terms.length === 0 || rows.length === 0) return { values: y };
  const design = buildDesign({ variables, terms });
  const fit = leastSquares(design.matrix, y);
  if ('collinear' in fit)
    return {
      reason: `The covariates can’t be told apart: ${design.names[fit.collinear]} follows from the others.`,
    };
  return { values: fit.residuals };
}
