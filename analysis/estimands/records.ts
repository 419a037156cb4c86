import type { Design } from '../../randomisation/index.ts';
import { dayNumber } from '../day.ts';
import { cellReader } from './cells.ts';
import type { AnalysisPlan, PlanAllocation, PlanEvent } from './plan.ts';
import { type Table, TableError, type TableIssue, type TableRow } from './table.ts';

/** A participant as the plan reads them from the table. */
export interface Person {
  id: string;
  arm: string;
  line: number;
  populations: Set<string>;
  /** Null is missing. */
  covariates: Record<string, string | number | null>;
  /** For each measure, a value for each visit of the plan; null is missing. */
  values: Record<string, (number | null)[]>;
  /** Which direction of each measure is an improvement. */
  better: Record<string, 'lower' | 'higher'>;
  /** For each event, the first visit (by its place in the plan) that it affects; null: it didn't happen. */
  eventAt: Record<string, number | null>;
  /** Place in the order of allocation and levels of the design's factors; null where the table doesn't say. */
  allocation: { order: number; factors: Record<string, string>; fixed: boolean } | null;
}

/** Problems listed at most; a wrong column gives as many as there are rows. */
const LISTED = 20;

/**
 * Sizes between which a number is read, but for 0. Whole numbers above the one aren't told apart by a double, and the
 * fourth powers of both are far from a double's own limits, so that no sum of squares overflows or vanishes.
 */
const [SMALLEST, LARGEST] = [1e-30, 1e15];

/**
 * Reads participants from a table, wide or long, as the plan says.
 *
 * Refused, each with line and column: a participant twice (wide) or twice at one visit (long), an arm the plan doesn't
 * have, a long file's participant whose arm or covariates change from row to row, a visit it doesn't have, and a value
 * that isn't a finite number (`NaN`, `Inf`, words) or is too large or too small to be computed with.
 *
 * @throws TableError with all problems, at most twenty
 */
export function readPeople(table: Table, plan: AnalysisPlan): Person[] {
  const { data } = plan;
  const cells = cellReader(table, data);
  const issues: TableIssue[] = [];
  const report = (row: TableRow, column: string, message: string) =>
    issues.push({ line: row.line, column, message });
  const armOf = new Map(plan.arms.map((arm) => [arm.cell ?? arm.id, arm.id]));
  const visitAt = new Map(data.visits.map((visit, index) => [visit.id, index]));
  const people = new Map<string, Person>();
  const seen = new Set<string>();

  const number = (row: TableRow, column: string): number | null => {
    const text = cells.text(row, column);
    if (text === null) return null;
    const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    const size = Math.abs(value);
    if (value === 0 || (size >= SMALLEST && size <= LARGEST)) return value;
    if (Number.isFinite(value)) {
      report(row, column, `${text} is too ${size > LARGEST ? 'large' : 'small'} to be computed with.`);
      return null;
    }
    report(
      row,
      column,
      `“${text}” isn’t a finite number. Mark missing values as ${missingWords(data.missing)}.`,
    );
    return null;
  };

  const isBinary = new Set(
    plan.analyses
      .filter(({ estimand }) => estimand.variable.kind === 'binary')
      .map(({ estimand }) => estimand.variable.measure),
  );
  const score = (row: TableRow, column: string, measure: string): number | null => {
    const value = number(row, column);
    if (value !== null && isBinary.has(measure) && value !== 0 && value !== 1)
      report(row, column, `A binary measure is 0 or 1; got ${value}.`);
    return value;
  };

  const eventAt = (row: TableRow, event: PlanEvent): number | null => {
    const text = cells.text(row, event.column);
    if (text === null) return null;
    const first = data.visits.findIndex((visit) => !visit.baseline);
    if (event.kind === 'flag') return /^(0|no|false)$/i.test(text) ? null : first;
    if (event.kind === 'visit') {
      const at = visitAt.get(text);
      if (at === undefined) report(row, event.column, `The plan has no visit “${text}”.`);
      return at ?? null;
    }
    const start = data.randomised === undefined ? null : cells.text(row, data.randomised);
    try {
      if (start === null) throw new RangeError('A dated event needs the day of randomisation.');
      const day = dayNumber(text) - dayNumber(start);
      const at = data.visits.findIndex((visit) => !visit.baseline && visit.day >= day);
      return at < 0 ? null : at;
    } catch (error) {
      report(row, event.column, (error as Error).message);
      return null;
    }
  };

  const allocationOf = (row: TableRow): Person['allocation'] => {
    if (!data.allocation) return null;
    const order = number(row, data.allocation.order);
    if (order === null) return null;
    const factors: Record<string, string> = {};
    for (const { id, levels } of designAt(data.allocation, order).factors) {
      const column = data.allocation.factors[id]!;
      const level = cells.text(row, column);
      if (level === null || !levels.includes(level))
        report(row, column, `The levels of ${id} are ${levels.join(', ')}; got “${level ?? ''}”.`);
      else factors[id] = level;
    }
    const { fixed } = data.allocation;
    return { order, factors, fixed: fixed !== undefined && cells.text(row, fixed) !== null };
  };

  const subjectOf = (row: TableRow): Person | null => {
    const id = cells.text(row, data.subject);
    if (id === null) {
      report(row, data.subject, 'The row has no participant.');
      return null;
    }
    const text = cells.text(row, data.arm);
    const arm = text === null ? undefined : armOf.get(text);
    if (arm === undefined) {
      report(
        row,
        data.arm,
        `${text === null ? 'The arm is empty' : `“${text}” is no arm of the plan`}; the arms are ${[...armOf.keys()].join(', ')}.`,
      );
      return null;
    }
    const covariates: Person['covariates'] = {};
    for (const { id: name, column, kind } of data.covariates)
      covariates[name] = kind === 'number' ? number(row, column) : cells.text(row, column);
    const known = people.get(id);
    if (known) {
      if (data.format === 'wide') {
        report(row, data.subject, `Participant ${id} is in row ${known.line} already.`);
        return null;
      }
      if (known.arm !== arm)
        report(row, data.arm, `Participant ${id} is in arm ${known.arm} in row ${known.line}.`);
      for (const { id: name, column } of data.covariates)
        if (known.covariates[name] !== covariates[name])
          report(row, column, `Participant ${id} has another ${name} in row ${known.line}.`);
      return known;
    }
    const person: Person = {
      id,
      arm,
      line: row.line,
      populations: new Set(
        plan.populations
          .filter(
            ({ filled, empty }) =>
              filled.every((column) => cells.text(row, column) !== null) &&
              empty.every((column) => cells.text(row, column) === null),
          )
          .map((population) => population.id),
      ),
      covariates,
      values: Object.fromEntries(data.measures.map(({ id: m }) => [m, data.visits.map(() => null)])),
      better: Object.fromEntries(data.measures.map(({ id: m, better }) => [m, better])),
      eventAt: Object.fromEntries(data.events.map((event) => [event.id, eventAt(row, event)])),
      allocation: allocationOf(row),
    };
    people.set(id, person);
    return person;
  };

  for (const row of table.rows) {
    if (issues.length >= LISTED) break;
    if (!cells.kept(row)) continue;
    const person = subjectOf(row);
    if (!person) continue;
    if (data.format === 'wide') {
      for (const { id, columns } of data.measures)
        for (const [visit, column] of Object.entries(columns))
          person.values[id]![visitAt.get(visit)!] = score(row, column, id);
      continue;
    }
    const own = data.measures.filter(({ where }) =>
      Object.entries(where).every(([column, value]) => cells.text(row, column) === value),
    );
    if (own.length === 0) continue;
    const visit = cells.text(row, data.visit!);
    const at = visit === null ? undefined : visitAt.get(visit);
    if (at === undefined) {
      report(row, data.visit!, `The plan has no visit “${visit ?? ''}”.`);
      continue;
    }
    for (const { id, value } of own) {
      const key = JSON.stringify([person.id, visit, id]);
      if (seen.has(key)) report(row, data.visit!, `Participant ${person.id} has ${id} at ${visit} twice.`);
      seen.add(key);
      person.values[id]![at] = score(row, value!, id);
    }
  }
  if (issues.length > 0) throw new TableError(issues.slice(0, LISTED));
  return [...people.values()];
}

const missingWords = (missing: readonly string[]) =>
  ['an empty cell', ...missing.filter((m) => m !== '').map((m) => `“${m}”`)].join(' or ');

/** The design in force at a place in the order of allocation. */
export const designAt = ({ design, later }: PlanAllocation, order: number): Design =>
  later.findLast(({ from }) => from <= order)?.design ?? design;
