import { type Matrix, zeros } from '../linear/matrix.ts';

/** A variable of a model: a factor with its levels in order (the first is the reference), or a number. */
export type Variable =
  | { kind: 'factor'; levels: readonly string[]; values: readonly string[] }
  | { kind: 'covariate'; values: readonly number[] };

/**
 * Model terms over variables, besides the intercept: `[['arm'], ['baseline'], ['arm', 'visit']]` is
 * arm + baseline + arm:visit. An interaction comes after its main effects.
 */
export interface Formula {
  variables: Readonly<Record<string, Variable>>;
  terms: readonly (readonly string[])[];
}

/** Values for one row of a design, one for each variable. */
export type Setting = Record<string, string | number>;

export interface Design {
  formula: Formula;
  matrix: Matrix;
  /** Names of the columns, as R has them: `(Intercept)`, `armCBT`, `armCBT:visit12`. */
  names: string[];
  /** Columns of each term, in the formula's order; the intercept is column 0. */
  terms: { name: string; columns: number[] }[];
}

/** How a factor with levels 1…k is turned into k−1 columns. */
export type Coding = 'treatment' | 'sum';

function columnsOf(name: string, variable: Variable): string[] {
  return variable.kind === 'covariate' ? [name] : variable.levels.slice(1).map((level) => name + level);
}

function code(variable: Variable, value: string | number, coding: Coding, name: string): number[] {
  if (variable.kind === 'covariate') {
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new RangeError(`The covariate ${name} needs finite numbers; got ${value}.`);
    return [value];
  }
  const at = variable.levels.indexOf(String(value));
  if (at < 0) throw new RangeError(`The factor ${name} has no level ${value}.`);
  // Treatment: level i against the first. Sum: level i against the mean of all, the last level being −1 throughout.
  return variable.levels.slice(1).map((_, i) => {
    if (coding === 'treatment') return i === at - 1 ? 1 : 0;
    return at === variable.levels.length - 1 ? -1 : i === at ? 1 : 0;
  });
}

/** The design row for one setting of the variables. */
export function designRow(formula: Formula, setting: Setting, coding: Coding = 'treatment'): Float64Array {
  const cells: number[] = [1];
  for (const term of formula.terms) {
    let products = [1];
    for (const name of term) {
      const variable = formula.variables[name];
      if (!variable) throw new RangeError(`The model has no variable ${name}.`);
      const codes = code(variable, setting[name]!, coding, name);
      // R's order: the first variable of a term runs fastest.
      products = codes.flatMap((c) => products.map((p) => p * c));
    }
    cells.push(...products);
  }
  return Float64Array.from(cells);
}

/** The columns of one variable, one entry for each row. */
function codedColumns(name: string, variable: Variable, coding: Coding): Float64Array[] {
  if (variable.kind === 'covariate') {
    for (const value of variable.values) code(variable, value, coding, name);
    return [Float64Array.from(variable.values)];
  }
  const codes = new Map(variable.levels.map((level) => [level, code(variable, level, coding, name)]));
  const columns = variable.levels.slice(1).map(() => new Float64Array(variable.values.length));
  variable.values.forEach((value, i) => {
    const own = codes.get(value) ?? code(variable, value, coding, name);
    own.forEach((v, k) => {
      columns[k]![i] = v;
    });
  });
  return columns;
}

/**
 * The design matrix of a formula, one row for each observation.
 *
 * @throws RangeError for unequal lengths, unknown levels, or numbers that aren't finite
 */
export function buildDesign(formula: Formula, coding: Coding = 'treatment'): Design {
  const names = ['(Intercept)'];
  const terms: Design['terms'] = [];
  for (const term of formula.terms) {
    let labels = [''];
    for (const name of term) {
      const variable = formula.variables[name];
      if (!variable) throw new RangeError(`The model has no variable ${name}.`);
      labels = columnsOf(name, variable).flatMap((c) => labels.map((l) => (l === '' ? c : `${l}:${c}`)));
    }
    terms.push({ name: term.join(':'), columns: labels.map((_, i) => names.length + i) });
    names.push(...labels);
  }
  const used = [...new Set(formula.terms.flat())];
  const lengths = new Set(used.map((name) => formula.variables[name]!.values.length));
  if (lengths.size > 1) throw new RangeError('All variables of a model have as many values.');
  const rows = lengths.size === 0 ? 0 : [...lengths][0]!;
  const matrix = zeros(rows, names.length);
  const columns = new Map(used.map((name) => [name, codedColumns(name, formula.variables[name]!, coding)]));
  const width = names.length;
  for (let i = 0; i < rows; i++) matrix.data[i * width] = 1;
  formula.terms.forEach((term, t) => {
    let products: Float64Array[] = [];
    term.forEach((name, place) => {
      const own = columns.get(name)!;
      products = place === 0 ? own : own.flatMap((c) => products.map((p) => p.map((v, i) => v * c[i]!)));
    });
    products.forEach((column, k) => {
      const j = terms[t]!.columns[k]!;
      for (let i = 0; i < rows; i++) matrix.data[i * width + j] = column[i]!;
    });
  });
  return { formula, matrix, names, terms };
}

/** The formula with the given rows only (the levels of factors stay). */
export function selectRows(formula: Formula, keep: readonly number[]): Formula {
  const variables: Record<string, Variable> = {};
  for (const [name, variable] of Object.entries(formula.variables))
    variables[name] =
      variable.kind === 'factor'
        ? { ...variable, values: keep.map((i) => variable.values[i]!) }
        : { ...variable, values: keep.map((i) => variable.values[i]!) };
  return { ...formula, variables };
}
