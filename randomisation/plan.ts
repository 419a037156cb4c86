import { checkDesign } from './check.ts';
import { type Design, type Factors, stratumKey } from './design.ts';
import { RandomisationError } from './errors.ts';
import { type MinimisationPlan, planMinimisation } from './schemes/minimisationPlan.ts';

/**
 * A design made ready for use: names turned into positions, fractions into whole numbers. A *column* is an arm, or
 * with pseudo-arms one of the r_k equal parts that arm k is split into.
 */
export interface Plan {
  design: Design;
  ratios: number[];
  ratioSum: number;
  armIndex: Map<string, number>;
  /** The arm of each column. */
  columnArm: number[];
  /** First column of each arm. */
  firstColumn: number[];
  /** Names of the columns: the arm's, or `arm#1`, `arm#2`… for pseudo-arms. */
  columnNames: string[];
  /** For each factor, level → position. */
  levelIndex: Map<string, number>[];
  minimisation: MinimisationPlan | undefined;
  /** The uploaded list's arms for each stratum. */
  list: Map<string, number[]>;
}

const plans = new WeakMap<Design, Plan>();

/**
 * The plan of a design, made once for each design object; so a design must not be changed once it is in use.
 * @throws RandomisationError when `checkDesign` finds problems
 */
export function planOf(design: Design): Plan {
  let plan = plans.get(design);
  if (!plan) {
    plan = makePlan(design);
    plans.set(design, plan);
  }
  return plan;
}

function makePlan(design: Design): Plan {
  const problems = checkDesign(design);
  if (problems.length > 0) throw new RandomisationError('design', problems.join(' '));
  const { arms, factors, scheme } = design;
  const pseudo = scheme.kind === 'minimisation' && scheme.unequal === 'pseudo-arms';
  const split = arms.map(({ ratio }) => (pseudo ? ratio : 1));
  const columnArm = arms.flatMap((_, k) => new Array<number>(split[k]!).fill(k));
  const firstColumn = arms.map((_, k) => columnArm.indexOf(k));
  const list = new Map<string, number[]>();
  const armIndex = new Map(arms.map(({ id }, k) => [id, k]));
  if (scheme.kind === 'list') {
    for (const { stratum, arm } of scheme.entries) {
      const slots = list.get(stratum);
      if (slots) slots.push(armIndex.get(arm)!);
      else list.set(stratum, [armIndex.get(arm)!]);
    }
  }
  return {
    design,
    ratios: arms.map((arm) => arm.ratio),
    ratioSum: arms.reduce((sum, arm) => sum + arm.ratio, 0),
    armIndex,
    columnArm,
    firstColumn,
    columnNames: columnArm.map((k, j) =>
      split[k]! > 1 ? `${arms[k]!.id}#${j - firstColumn[k]! + 1}` : arms[k]!.id,
    ),
    levelIndex: factors.map(({ levels }) => new Map(levels.map((level, l) => [level, l]))),
    minimisation:
      scheme.kind === 'minimisation'
        ? planMinimisation(
            design,
            scheme,
            columnArm.map((k) => (pseudo ? 1 : arms[k]!.ratio)),
          )
        : undefined,
    list,
  };
}

/**
 * Positions of a participant's levels, one for each factor.
 * @throws RandomisationError when a factor is missing or its level is not in the design
 */
export function levelsOf({ design, levelIndex }: Plan, factors: Factors): number[] {
  return design.factors.map(({ id }, i) => {
    const level = factors[id];
    const position = level === undefined ? undefined : levelIndex[i]!.get(level);
    if (position === undefined) throw unknownLevel(id, level);
    return position;
  });
}

/** The error for a factor whose level is missing or not in the design. */
export function unknownLevel(factor: string, level: string | undefined): RandomisationError {
  return new RandomisationError(
    'factors',
    level === undefined
      ? `The factor ${factor} is not known for this participant. Nothing was changed; enter it first.`
      : `“${level}” is not a level of the factor ${factor} in this design. Nothing was changed.`,
  );
}

/** The stratum that a stratified scheme uses for these factors. */
export function stratumOf(plan: Plan, factors: Factors): string {
  return stratumKey(plan.design, factors);
}
