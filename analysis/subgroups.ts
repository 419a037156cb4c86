import type { Dataset, DatasetParticipant } from './dataset.ts';
import { fUpper } from './distributions/f.ts';
import { tQuantile } from './distributions/t.ts';
import { upperProbability } from './interval.ts';
import { leastSquares } from './linear/least-squares.ts';
import { fromRows } from './linear/matrix.ts';
import type { Plan } from './plan.ts';
import { indexScores } from './scores.ts';
import { validateDataset } from './validate.ts';

/** A subgroup variable that the protocol names, such as a stratification factor. */
export interface SubgroupFactor {
  factor: string;
  label: string;
  levels: { value: string; label: string }[];
  /** Of a number: the pieces between these, a value at a cut belonging above it; one less than there are levels. */
  cuts?: readonly number[];
}

export interface SubgroupPlan {
  measure: string;
  visit: string;
  contrast: [string, string];
  factors: readonly SubgroupFactor[];
  population: Plan['population'];
  level: number;
}

export interface Effect {
  label: string;
  /** Observed in the first arm and in the second. */
  n: [number, number];
  estimate: number | null;
  lower: number | null;
  upper: number | null;
}

export interface SubgroupEffects {
  contrast: [string, string];
  overall: Effect;
  factors: { label: string; levels: Effect[] /** Of the interaction. */; p: number | null }[];
}

interface Row {
  person: DatasetParticipant;
  y: number;
  baseline: number;
  first: number;
}

/**
 * The difference between two arms at a visit, adjusted for baseline, overall and within the levels of prespecified
 * factors, with one P value for each factor: of the interaction.
 *
 *     score = β·baseline + αₖ[level k] + δₖ[level k, first arm] + ε
 *
 * δₖ are the differences by level, with the residual variance of the whole model. The interaction is the F test of
 * δ₁ = … = δ_K: the residual sum of squares against that of the model with one δ. No P value is given within a level:
 * a small P in one and a large one in another say nothing about their difference.
 *
 * Levels with fewer than two observed in either arm are left out of the fit.
 *
 * Source: Wang R et al. Statistics in medicine: reporting of subgroup analyses in clinical trials. N Engl J Med
 * 2007;357:2189–2194.
 *
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function subgroupEffects(dataset: Dataset, plan: SubgroupPlan): SubgroupEffects {
  validateDataset(dataset);
  const scores = indexScores(dataset);
  const [one, two] = plan.contrast;
  const rows = dataset.participants.flatMap((person): Row[] => {
    const y = scores.at(person.id, plan.visit, plan.measure);
    const baseline = scores.baseline(person.id, plan.measure);
    const member = plan.population === 'all-randomised' || person.startedTreatment;
    const known =
      member && (person.arm === one || person.arm === two) && y !== undefined && baseline !== undefined;
    return known ? [{ person, y, baseline, first: Number(person.arm === one) }] : [];
  });
  const overall = fitLevels(rows, [() => true], plan.level);
  return {
    contrast: plan.contrast,
    overall: { label: 'Overall', n: countOf(rows), ...overall.effects[0]! },
    factors: plan.factors.map((factor) => {
      const members = factor.levels.map(({ value }) =>
        rows.filter(({ person }) => levelOf(person, factor) === value),
      );
      const kept = factor.levels.filter((_, index) => Math.min(...countOf(members[index]!)) >= 2);
      const within = rows.filter(({ person }) => kept.some(({ value }) => value === levelOf(person, factor)));
      const fitted = fitLevels(
        within,
        kept.map(
          ({ value }) =>
            ({ person }) =>
              levelOf(person, factor) === value,
        ),
        plan.level,
      );
      return {
        label: factor.label,
        p: fitted.p,
        levels: factor.levels.map((level, index) => ({
          label: level.label,
          n: countOf(members[index]!),
          ...(fitted.effects[kept.indexOf(level)] ?? NONE),
        })),
      };
    }),
  };
}

const NONE = { estimate: null, lower: null, upper: null };

function levelOf(
  { factors }: DatasetParticipant,
  { factor, cuts, levels }: SubgroupFactor,
): string | undefined {
  const value = factors[factor];
  if (cuts === undefined) return value === undefined ? undefined : String(value);
  return typeof value === 'number' ? levels[cuts.filter((cut) => value >= cut).length]?.value : undefined;
}

function countOf(rows: readonly Row[]): [number, number] {
  const first = rows.filter((row) => row.first === 1).length;
  return [first, rows.length - first];
}

function fitLevels(
  rows: readonly Row[],
  levels: readonly ((row: Row) => boolean)[],
  level: number,
): { effects: Pick<Effect, 'estimate' | 'lower' | 'upper'>[]; p: number | null } {
  const none = { effects: levels.map(() => NONE), p: null };
  const k = levels.length;
  const df = rows.length - (2 * k + 1);
  if (k === 0 || df < 1) return none;
  const y = rows.map((row) => row.y);
  const shared = rows.map((row) => [...levels.map((is) => Number(is(row))), row.baseline]);
  const own = leastSquares(
    fromRows(rows.map((row, i) => [...shared[i]!, ...levels.map((is) => Number(is(row)) * row.first)])),
    y,
  );
  if ('collinear' in own || !(own.residualSumOfSquares > 0)) return none;
  const variance = own.residualSumOfSquares / df;
  const t = tQuantile(upperProbability(level), df);
  const effects = levels.map((_, index) => {
    const column = k + 1 + index;
    const estimate = own.coefficients[column]!;
    const half = t * Math.sqrt(variance * own.inverse.data[column * (2 * k + 1) + column]!);
    return { estimate, lower: estimate - half, upper: estimate + half };
  });
  if (k === 1) return { effects, p: null };
  const common = leastSquares(fromRows(rows.map((row, i) => [...shared[i]!, row.first])), y);
  if ('collinear' in common) return { effects, p: null };
  const f = (common.residualSumOfSquares - own.residualSumOfSquares) / (k - 1) / variance;
  return { effects, p: fUpper(Math.max(0, f), k - 1, df) };
}
